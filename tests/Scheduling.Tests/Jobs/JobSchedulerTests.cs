namespace ActorCompute.Scheduling.Tests.Jobs;

/// <summary>What the scheduler of a job says to do about what happened.</summary>
public sealed class JobSchedulerTests
{
    private static readonly SeenWorker A = new(new(new("a"), 1), "a", "host", 1);
    private static readonly SeenWorker B = new(new(new("b"), 1), "b", "host", 2);
    private readonly ListedPlan _plan = new();
    private TimeSpan _now;

    [Fact]
    public void WorkersSeen_New_AreAskedToOpenUntilTheyAnswer()
    {
        var job = NewJob(2);
        Assert.Equal([new JobInstruction.Open(A), new JobInstruction.Open(B)], Handle(job, new JobEvent.WorkersSeen([A, B])));
        Handle(job, new JobEvent.Refused(A.Life, "no such kind"));
        Assert.Equal([new JobInstruction.Open(B)], Handle(job, JobEvent.Tick.Instance));
    }

    [Fact]
    public void Opened_SlotsFree_AreSentOneTaskEachUntilItIsKnownHowLongTheyTake()
    {
        var job = NewJob(10);
        Handle(job, new JobEvent.WorkersSeen([A]));
        var sent = Handle(job, Opened(A, slots: 2)).Cast<LedgerInstruction.Send>().ToList();
        Assert.Equal([0, 1], sent.Select(send => Assert.Single(send.Batches).First));
    }

    [Fact]
    public void Opened_ResourcesForOneOfFourSlots_IsSentOneChunkAndAnotherBehindItWhenTasksAreShort()
    {
        var job = NewJob(1000, new() { Needs = Resources.Of(("gpu", 1)) });
        Handle(job, new JobEvent.WorkersSeen([A with { Has = Resources.Of(("gpu", 1)) }]));
        var send = Assert.Single(Handle(job, Opened(A, slots: 4, usable: 1)).OfType<LedgerInstruction.Send>());
        Handle(job, Answer(send, TimeSpan.FromMilliseconds(1)));
        Assert.Equal(2, job.Ledger.Workers.Single().Chunks.Count);
    }

    [Fact]
    public void WorkersSeen_NoneHasWhatTasksNeed_EndsAtOnceAndNamesTheMost()
    {
        var job = NewJob(1, new() { Needs = Resources.Of(("gpu", 4)) });
        Assert.Equal([new JobInstruction.End(null, "it needs gpu=4, and the most there is is gpu=2 (a on host)")], Handle(job, new JobEvent.WorkersSeen([A with { Has = Resources.Of(("gpu", 2)) }, B])));
    }

    [Fact]
    public void WorkerFreed_ChunkWaitsForAResourceBesideFreeSlots_IsAskedBackForAWorkerThatHasIt()
    {
        var needs = Resources.Of(("gpu", 1));
        var job = NewJob(3, new() { Needs = needs, ChunkSize = 1 });
        Handle(job, new JobEvent.WorkersSeen([A with { Has = needs }, B with { Has = needs }]));
        var first = Assert.Single(Handle(job, Opened(A, slots: 4, usable: 1)).OfType<LedgerInstruction.Send>());
        // Short tasks: the worker is sent one to run and one behind it.
        var next = Handle(job, Answer(first, TimeSpan.FromMilliseconds(1))).OfType<LedgerInstruction.Send>().ToList();
        Assert.Equal(2, next.Count);
        Assert.Equal(new LedgerInstruction.RecallChunk(A.Life, next[1].Sequence), Assert.Single(Handle(job, Opened(B, slots: 4, usable: 1))));
    }

    [Fact]
    public void Opened_ByAStranger_ChangesNothing() => Assert.Empty(Handle(NewJob(1), Opened(A)));

    [Fact]
    public void Refused_ByAll_EndsWithTheirReasons()
    {
        var job = NewJob(1);
        Handle(job, new JobEvent.WorkersSeen([A, B]));
        Handle(job, new JobEvent.Refused(A.Life, "no such kind"));
        Assert.Contains(new JobInstruction.End(null, "no such kind; another version"), Handle(job, new JobEvent.Refused(B.Life, "another version")));
        Assert.Empty(Handle(job, new JobEvent.WorkersSeen([A, B])));
    }

    [Fact]
    public void RepliesArrived_OfTheLastTask_EndsTheJob()
    {
        var job = NewJob(1);
        Handle(job, new JobEvent.WorkersSeen([A]));
        var send = Handle(job, Opened(A)).OfType<LedgerInstruction.Send>().Single();
        var said = Handle(job, Answer(send));
        Assert.Equal(0, Assert.IsType<LedgerInstruction.Report>(said[0]).Settled.First);
        Assert.Equal(new JobInstruction.End(null), said[^1]);
        Assert.True(job.HasEnded);
    }

    [Fact]
    public void RepliesArrived_InPlanOrder_GivesWhatIsDue()
    {
        var job = NewJob(2, new() { Ordered = true });
        Handle(job, new JobEvent.WorkersSeen([A]));
        var sent = Handle(job, Opened(A, slots: 2)).OfType<LedgerInstruction.Send>().ToList();
        Assert.DoesNotContain(Handle(job, Answer(sent[1])), said => said is JobInstruction.Give);
        Assert.Equal([0L, 1L], Handle(job, Answer(sent[0])).OfType<JobInstruction.Give>().Select(give => give.Settled.First));
    }

    [Fact]
    public void RepliesArrived_FailureOfAJobThatFailsFast_CancelsTheRest()
    {
        var job = NewJob(3, new() { FailFast = true });
        Handle(job, new JobEvent.WorkersSeen([A]));
        var send = Handle(job, Opened(A)).OfType<LedgerInstruction.Send>().First();
        var said = Handle(job, new LedgerEvent.RepliesArrived(A.Life, send.Sequence, true, [new(send.Batches[0].First, send.Batches[0].Attempt, default, default, new(FailureCause.BadInput, "", "bad"))], _now));
        Assert.Contains(new JobInstruction.Limited("a task failed: bad"), said);
        Assert.IsType<JobInstruction.End>(said[^1]);
        Assert.DoesNotContain(said, instruction => instruction is LedgerInstruction.Send);
    }

    [Fact]
    public void Began_PlanIsSlow_WaitsOnceAndGoesOnWhenItIsReady()
    {
        _plan.Hold = true;
        var job = NewJob(1);
        Assert.Equal([JobInstruction.WaitForPlan.Instance], Handle(job, new JobEvent.Began()));
        Assert.Empty(Handle(job, JobEvent.RoomMade.Instance));
        Handle(job, new JobEvent.WorkersSeen([A]));
        Assert.Empty(Handle(job, Opened(A)));
        _plan.Hold = false;
        Assert.IsType<LedgerInstruction.Send>(Assert.Single(Handle(job, JobEvent.PlanReady.Instance)));
    }

    [Fact]
    public void PlanReady_NothingCameAfterAll_WaitsAgain()
    {
        _plan.Hold = true;
        var job = NewJob(1);
        Handle(job, new JobEvent.Began());
        Assert.Equal([JobInstruction.WaitForPlan.Instance], Handle(job, JobEvent.PlanReady.Instance));
    }

    [Fact]
    public void Opened_OutcomesAreNotTaken_NoMoreIsDrawnUntilThereIsRoom()
    {
        _plan.IsNotRead = true;
        var job = NewJob(10, new() { MaxOutstanding = 3 });
        Handle(job, new JobEvent.WorkersSeen([A]));
        Assert.Equal(3, Handle(job, Opened(A, slots: 8)).OfType<LedgerInstruction.Send>().Count());
        Assert.Equal(1, _plan.Starved);
        _plan.IsNotRead = false;
        Assert.NotEmpty(Handle(job, JobEvent.RoomMade.Instance).OfType<LedgerInstruction.Send>());
    }

    [Fact]
    public void RoomMade_Little_MoreIsWaitedForWhileTasksAreInFlight()
    {
        _plan.IsNotRead = true;
        var job = NewJob(100_000, new() { MaxOutstanding = 640, ChunkSize = 30 });
        Handle(job, new JobEvent.WorkersSeen([A]));
        var sent = Handle(job, Opened(A, slots: 640)).OfType<LedgerInstruction.Send>().ToList();
        Assert.Equal(640, sent.Sum(send => send.Batches.Count));
        Assert.Empty(Handle(job, Answer(sent[0])).OfType<LedgerInstruction.Send>());

        // Not longer than for a 64th of all room.
        _plan.Read = 9;
        Assert.Empty(Handle(job, JobEvent.RoomMade.Instance).OfType<LedgerInstruction.Send>());
        _plan.Read = 10;
        var next = Assert.Single(Handle(job, JobEvent.RoomMade.Instance).OfType<LedgerInstruction.Send>());
        Assert.Equal(10, next.Batches.Count);

        // Nor when nobody has anything to do.
        foreach (var send in sent.Skip(1).Append(next)) Assert.Empty(Handle(job, Answer(send)).OfType<LedgerInstruction.Send>());
        _plan.Read = 11;
        Assert.Single(Assert.Single(Handle(job, JobEvent.RoomMade.Instance).OfType<LedgerInstruction.Send>()).Batches);
    }

    [Fact]
    public void Tick_NoWorkerForSeconds_IsToldOnceAndThatTheyAreBack()
    {
        var job = NewJob(1);
        Handle(job, JobEvent.Tick.Instance);
        _now += WorkerAbsence.Patience;
        Assert.Contains(new JobInstruction.WaitsForWorkers(true, 0), Handle(job, JobEvent.Tick.Instance));
        Assert.True(job.IsWaitingForWorkers);
        Handle(job, new JobEvent.WorkersSeen([A]));
        Handle(job, Opened(A));
        Assert.Contains(new JobInstruction.WaitsForWorkers(false, 1), Handle(job, JobEvent.Tick.Instance));
    }

    [Fact]
    public void WorkersSeen_LaterIncarnation_TheOneBeforeIsLostAndItsTaskSentAgain()
    {
        var job = NewJob(1);
        Handle(job, new JobEvent.WorkersSeen([A]));
        Handle(job, Opened(A));
        var next = A with { Life = A.Life with { Incarnation = 2 }, PreviousEnd = "exited with status 139" };
        Assert.Contains(new JobInstruction.Lost(A, "it was started again"), Handle(job, new JobEvent.WorkersSeen([next])));
        Assert.Equal(2, Handle(job, Opened(next)).OfType<LedgerInstruction.Send>().Single().Batches[0].Attempt);
    }

    [Fact]
    public void Tick_LongTaskBesideAnIdleSlot_IsAskedToSplitAndItsPiecesAreSent()
    {
        var job = NewJob(1, new() { Splits = true });
        var send = LongTask(job);
        Assert.Equal([new LedgerInstruction.SplitTask(A.Life, 0, 1, 2)], Handle(job, JobEvent.Tick.Instance));

        var rest = new LedgerEvent.RepliesArrived(A.Life, send.Sequence, true, [new(0, 1, TimeSpan.FromSeconds(1), default, null) { Rest = [default, default] }], _now);
        var pieces = Handle(job, rest).OfType<LedgerInstruction.Send>().ToList();

        Assert.Equal([(A.Life, 0L), (B.Life, 0L)], pieces.Select(piece => (piece.Life, piece.Batches[0].PartOf!.Value)).OrderBy(piece => piece.Life.Worker.Value));
        Handle(job, Answer(pieces[0]));
        Assert.Equal(3, Assert.Single(Handle(job, Answer(pieces[1])).OfType<LedgerInstruction.Merge>()).Results.Count);
        Assert.False(job.HasEnded);
        Assert.Equal(0, job.Done);
        Assert.Contains(new JobInstruction.End(null), Handle(job, new LedgerEvent.Merged(0, default, null)));
        Assert.Equal(1, job.Done);
    }

    [Fact]
    public void Tick_KindThatDoesNotSplit_AsksNothing()
    {
        var job = NewJob(1);
        LongTask(job);
        Assert.DoesNotContain(Handle(job, JobEvent.Tick.Instance), said => said is LedgerInstruction.SplitTask);
    }

    [Fact]
    public void Tick_TheReaderHasNoRoomForTheNextTask_AsksNothing()
    {
        _plan.IsNotRead = true;
        var job = NewJob(2, new() { Splits = true, MaxOutstanding = 1 });
        LongTask(job);
        Assert.DoesNotContain(Handle(job, JobEvent.Tick.Instance), said => said is LedgerInstruction.SplitTask);
    }

    /// <summary>A has run its first task for a second, and B has nothing to do.</summary>
    private LedgerInstruction.Send LongTask(JobScheduler job)
    {
        Handle(job, new JobEvent.WorkersSeen([A, B]));
        var send = Handle(job, Opened(A) with { Splits = true }).OfType<LedgerInstruction.Send>().First();
        Handle(job, Opened(B) with { Splits = true });
        _now += TimeSpan.FromSeconds(1);
        return send;
    }

    private JobScheduler NewJob(int tasks, JobRules? rules = null)
    {
        _plan.Tasks = tasks;
        return new(rules ?? new(), _plan, _plan, new(), () => { }, _now);
    }

    private List<JobInstruction> Handle(JobScheduler job, JobEvent what)
    {
        var instructions = new List<JobInstruction>();
        job.Handle(what, _now, instructions);
        job.Ledger.CheckInvariants();
        return instructions;
    }

    private static JobEvent.Opened Opened(SeenWorker worker, int slots = 1, int? usable = null) => new(worker.Life, slots, usable ?? slots, 2 * (usable ?? slots), Packs: false, Waits: false);

    private LedgerEvent.RepliesArrived Answer(LedgerInstruction.Send send, TimeSpan? elapsed = null) =>
        new(send.Life, send.Sequence, true, [.. send.Batches.Select(task => new AttemptReply(task.First, task.Attempt, elapsed ?? TimeSpan.FromSeconds(1), default, null))], _now);
}
