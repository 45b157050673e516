namespace ActorCompute.Scheduling.Tests.Jobs;

/// <summary>The stream of events of a job tells what happened to each task, and why nothing is sent.</summary>
public sealed class JobEventStreamTests
{
    private static readonly SeenWorker A = new(new(new("a"), 1), "a", "host", 1);
    private readonly ListedPlan _plan = new();
    private long _position;

    [Fact]
    public void Log_TaskWhoseWorkerIsLost_TellsItsWay()
    {
        var job = NewJob(1);
        job.Handle(new JobEvent.WorkersSeen([A]));
        job.Handle(Opened(A));
        var next = A with { Life = A.Life with { Incarnation = 2 }, PreviousEnd = "exited with status 139" };
        job.Handle(new JobEvent.WorkersSeen([next]));
        job.Handle(Opened(next));
        job.Handle(new LedgerEvent.RepliesArrived(next.Life, 1, true, [new(0, 2, TimeSpan.FromSeconds(3), default, null)], job.Now));

        Assert.Equal(
            [
                (SchedulingEventKind.WorkerJoined, -1, 0, ""), (SchedulingEventKind.Sent, 0, 1, ""),
                (SchedulingEventKind.WorkerLost, -1, 0, "it was started again"), (SchedulingEventKind.Returned, 0, 1, "its worker is gone"),
                (SchedulingEventKind.WorkerJoined, -1, 0, ""), (SchedulingEventKind.Sent, 0, 2, ""), (SchedulingEventKind.Succeeded, 0, 2, ""),
            ],
            Read(job).Select(what => (what.Kind, what.Number, what.Attempt, what.Reason)));
    }

    [Fact]
    public void Log_TaskThatThrows_TellsThePauseAndTheFailure()
    {
        var job = NewJob(1, new() { Ledger = new() { Retry = new() { MaxRetries = 1, Delay = TimeSpan.FromSeconds(4) } } });
        job.Handle(new JobEvent.WorkersSeen([A]));
        job.Handle(Opened(A));
        Fail(job, 1);
        job.Now += TimeSpan.FromSeconds(5);
        job.Handle(JobEvent.RetryDue.Instance);
        Fail(job, 2);

        var told = Read(job);
        Assert.Contains(new SchedulingEvent(TimeSpan.Zero, SchedulingEventKind.Delayed, 0, 1, 1, Elapsed: TimeSpan.FromSeconds(4), Reason: "broken"), told);
        Assert.Equal(new SchedulingEvent(TimeSpan.FromSeconds(5), SchedulingEventKind.Failed, 0, 1, 2, "a", TimeSpan.FromSeconds(1), "broken"), told[^1]);
    }

    [Fact]
    public void WaitsFor_EachReasonThatNothingIsSent_IsToldWhenItBeginsAndWhenItEnds()
    {
        _plan.Hold = true;
        var job = NewJob(9, new() { MaxOutstanding = 2 });
        Look(job, "the plan has no task ready");
        _plan.Hold = false;
        _plan.IsNotRead = true;
        job.Handle(JobEvent.PlanReady.Instance);
        Look(job, "there is no worker");
        job.Handle(new JobEvent.WorkersSeen([A]));
        Look(job, "no worker has opened the job yet");
        job.Handle(Opened(A));
        Look(job, "every worker has as much as it takes");
        job.Handle(new LedgerEvent.RepliesArrived(A.Life, 1, true, [new(0, 1, TimeSpan.FromSeconds(9), default, null)], job.Now));
        Look(job, "outcomes wait to be taken; no more tasks are drawn until some are");
        _plan.IsNotRead = false;
        job.Handle(JobEvent.RoomMade.Instance);
        Look(job, "every worker has as much as it takes");

        var told = Read(job).Where(what => what.Kind == SchedulingEventKind.Waiting).Select(what => what.Reason).ToList();
        Assert.Equal(6, told.Count);
        Assert.DoesNotContain(told.Zip(told.Skip(1)), pair => pair.First == pair.Second);
    }

    [Fact]
    public void WaitsFor_NothingLeftToSend_IsNothing()
    {
        var job = NewJob(1);
        job.Handle(new JobEvent.WorkersSeen([A]));
        job.Handle(Opened(A));
        Look(job, null);
    }

    private static void Look(HandledJob job, string? reason)
    {
        job.Handle(JobEvent.Tick.Instance);
        Assert.Equal(reason, job.Scheduler.WaitsFor);
    }

    private static void Fail(HandledJob job, int attempt) => job.Handle(new LedgerEvent.RepliesArrived(A.Life, attempt, true, [new(0, attempt, TimeSpan.FromSeconds(1), default, new(FailureCause.Exception, "", "broken"))], job.Now));

    private List<SchedulingEvent> Read(HandledJob job)
    {
        var read = new List<SchedulingEvent>();
        Assert.Equal(0, job.Scheduler.Log.Read(ref _position, read));
        return read;
    }

    private HandledJob NewJob(int tasks, JobRules? rules = null)
    {
        _plan.Tasks = tasks;
        return new(new(rules ?? new(), _plan, _plan, new(), () => { }, default));
    }

    private static JobEvent.Opened Opened(SeenWorker worker) => new(worker.Life, 1, 1, 2, Packs: false, Waits: false);

    private sealed class HandledJob(JobScheduler scheduler)
    {
        public JobScheduler Scheduler { get; } = scheduler;

        public TimeSpan Now { get; set; }

        public void Handle(JobEvent what) => Scheduler.Handle(what, Now, []);
    }
}
