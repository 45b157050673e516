namespace ActorCompute.Scheduling.Tests.Node;

/// <summary>What a node does with jobs and chunks.</summary>
public sealed class NodeCoreTests
{
    private const string Client = NodeCoreHarness.Client;
    private static readonly JobId Job = NodeCoreHarness.Job;
    private static readonly TimeSpan Second = NodeCoreHarness.Second;
    private readonly NodeCoreHarness _node = new();

    [Theory]
    [InlineData(false, 1, 2)]
    [InlineData(true, 3, 6)]
    public void WorkOpened_Wanted_ClientLearnsItsWindow(bool isIo, int slots, int window)
    {
        var opening = _node.Begin();
        Assert.Equal([new NodeInstruction.TellOpened<string>(Client, Job, slots, slots, window, isIo)], _node.Handle(new NodeEvent.WorkOpened(opening, isIo)));
    }

    [Fact]
    public void OpenAsked_GraceOutOfRange_IsBounded()
    {
        Assert.Equal(TimeSpan.FromMinutes(10), Assert.IsType<NodeInstruction.BeginOpening<string>>(Assert.Single(_node.Ask(grace: TimeSpan.FromDays(1)))).Terms.Grace);
        Assert.Equal(TimeSpan.Zero, Assert.IsType<NodeInstruction.BeginOpening<string>>(Assert.Single(_node.Ask(new("job-2"), grace: TimeSpan.FromTicks(-1)))).Terms.Grace);
    }

    [Fact]
    public void OpenAsked_Again_OpensOnceAndIsAnsweredWhenOpen()
    {
        var opening = _node.Begin();
        Assert.Empty(_node.Ask());
        _node.Handle(new NodeEvent.WorkOpened(opening, IsIo: false));
        Assert.IsType<NodeInstruction.TellOpened<string>>(Assert.Single(_node.Ask()));
        Assert.Empty(_node.Ask(client: "stranger"));
    }

    [Fact]
    public void OpeningFailed_Wanted_IsRefusedAndForgotten()
    {
        var opening = _node.Begin();
        Assert.Equal(
            [new NodeInstruction.TellRefused<string>(Client, Job, "no such file"), new NodeInstruction.CancelWork(opening), new NodeInstruction.ReleaseWork(opening)],
            _node.Handle(new NodeEvent.OpeningFailed(opening, "no such file")));
        Assert.NotSame(opening, _node.Begin());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CloseAsked_WhileItOpens_WorkIsReleasedWhenTheOpeningEnds(bool opens)
    {
        var opening = _node.Begin();
        Assert.Equal([new NodeInstruction.CancelWork(opening), new NodeInstruction.StartWatch()], _node.Close());
        Assert.Equal([new NodeInstruction.ReleaseWork(opening)], _node.Handle(opens ? new NodeEvent.WorkOpened(opening, IsIo: true) : new NodeEvent.OpeningFailed(opening, "nobody asks")));
    }

    [Fact]
    public void CloseAsked_ChunkRuns_WorkIsReleasedAfterItAndWhatWaitsIsNeverRun()
    {
        var opening = _node.Open();
        _node.Chunk(1);
        _node.Chunk(2);
        Assert.Equal([new NodeInstruction.CancelWork(opening), new NodeInstruction.StartWatch()], _node.Close());
        Assert.Equal([new NodeInstruction.ReleaseWork(opening)], _node.Done(opening, 1));
        Assert.Equal([new NodeInstruction.StopWatch()], _node.Watch());
    }

    [Fact]
    public void CloseAsked_FromAnother_ClosesNothing()
    {
        _node.Open();
        Assert.Empty(_node.Close("stranger"));
        Assert.NotEmpty(_node.Chunk(1));
    }

    [Fact]
    public void ChunkDone_OfAnOpeningBefore_LeavesTheNewOneAlone()
    {
        var first = _node.Open();
        _node.Chunk(1);
        _node.Close();
        var second = _node.Open();
        Assert.Equal([new NodeInstruction.KeepChunk(second, 2)], _node.Chunk(2));
        Assert.Equal([new NodeInstruction.ReleaseWork(first), new NodeInstruction.RunChunk(second, 2, IsIo: false)], _node.Done(first, 1));
        Assert.Empty(_node.Done(second, 2));
        Assert.Equal((0, 2L), (_node.Core.Busy, _node.Core.TasksDone));
    }

    [Fact]
    public void ChunkCame_SlotFree_IsRunElseItWaitsForOne()
    {
        var opening = _node.Open();
        Assert.Equal([new NodeInstruction.KeepChunk(opening, 1), new NodeInstruction.RunChunk(opening, 1, IsIo: false)], _node.Chunk(1));
        Assert.Equal([new NodeInstruction.KeepChunk(opening, 2)], _node.Chunk(2));
        Assert.Equal((1, 0, 1), (_node.Core.Busy, _node.Core.BusyIo, _node.Core.Running));
        Assert.Equal([new NodeInstruction.RunChunk(opening, 2, IsIo: false)], _node.Done(opening, 1));
    }

    [Fact]
    public void ChunkCame_OfIoWork_RunsInAnIoSlot()
    {
        _node.Open();
        _node.Chunk(1);
        var io = _node.Open(new("job-2"), isIo: true);
        Assert.Equal(new NodeInstruction.RunChunk(io, 1, IsIo: true), _node.Chunk(1, new("job-2"))[^1]);
        Assert.Equal((1, 1), (_node.Core.Busy, _node.Core.BusyIo));
    }

    [Fact]
    public void ChunkCame_RepeatedStrangerOrNotOpen_IsIgnored()
    {
        var opening = _node.Open();
        _node.Chunk(2);
        Assert.Empty(_node.Chunk(2));
        Assert.Empty(_node.Chunk(1));
        Assert.Empty(_node.Chunk(3, client: "stranger"));
        Assert.Empty(_node.Chunk(3, new("job-9")));
        _node.Begin(new("job-2"));
        Assert.Empty(_node.Chunk(1, new("job-2")));
        _node.Done(opening, 2);
        Assert.Empty(_node.Chunk(2));
    }

    [Fact]
    public void TakeAndDone_ChunkAfterChunk_AllocateNothing()
    {
        _node.Open();
        var instructions = new List<NodeInstruction>();
        Run(1, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(101, 1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run(long from, int count)
        {
            for (var sequence = from; sequence < from + count; sequence++)
            {
                _node.Core.Take(Job, Client, sequence, TimeSpan.Zero, out _);
                _node.Core.TryStart(instructions, out var start);
                _node.Core.Done(start.Opening, start.Sequence, Second, 1, false, instructions);
            }
        }
    }

    [Fact]
    public void ChunkDone_Repeated_IsIgnored()
    {
        var opening = _node.Open();
        _node.Chunk(1);
        _node.Done(opening, 1);
        Assert.Empty(_node.Done(opening, 1));
        Assert.Equal((0, 1L), (_node.Core.Running, _node.Core.TasksDone));
    }

    [Fact]
    public void ChunkRecalled_Waiting_ComesBackAndIsNeverRun()
    {
        var opening = _node.Open();
        _node.Chunk(1);
        _node.Chunk(2);
        Assert.Empty(_node.Recall(1));
        Assert.Empty(_node.Recall(2, "stranger"));
        Assert.Empty(_node.Recall(9));
        Assert.Equal([new NodeInstruction.GiveBack<string>(Client, Job, 2, opening)], _node.Recall(2));
        Assert.Empty(_node.Recall(2));
        Assert.Empty(_node.Done(opening, 1));
    }

    [Fact]
    public void TasksCancelled_ByTheClientAlone_AreAndWhatRunsIsWatched()
    {
        var opening = _node.Open();
        _node.Chunk(1);
        Assert.Empty(_node.Cancel("stranger"));
        var instructions = _node.Cancel();
        Assert.Equal((opening, 7L), (((NodeInstruction.CancelTasks)instructions[0]).Opening, ((NodeInstruction.CancelTasks)instructions[0]).Numbers.Single()));
        Assert.Equal(new NodeInstruction.StartWatch(), instructions[1]);
    }

    [Fact]
    public void SlotLent_ChunkWaits_RunsMeanwhile()
    {
        var outer = _node.Open();
        var inner = _node.Open(new("job-2"), depth: 1);
        _node.Chunk(1);
        Assert.Equal([new NodeInstruction.KeepChunk(inner, 1)], _node.Chunk(1, new("job-2")));
        Assert.Equal([new NodeInstruction.RunChunk(inner, 1, IsIo: false)], _node.Handle(new NodeEvent.SlotLent(outer)));
        Assert.Empty(_node.Handle(new NodeEvent.SlotTakenBack(outer)));
        Assert.Equal(2, _node.Core.Busy);
    }

    [Fact]
    public void ReportDue_OpenJob_NamesWhatWaitsAndRuns()
    {
        var opening = _node.Open();
        _node.Chunk(1);
        _node.Chunk(4);
        var report = Assert.IsType<NodeInstruction.TellReport<string>>(Assert.Single(_node.PassReporting(1)));
        Assert.Equal((Client, opening, 4L), (report.Client, report.Opening, report.LastSequence));
        Assert.Equal([1L, 4L], report.Held.Order());
    }

    [Fact]
    public void ReportDue_LeaseExpired_ClosesTheJob()
    {
        var opening = _node.Open();
        Assert.DoesNotContain(new NodeInstruction.CancelWork(opening), _node.PassReporting(6));
        Assert.Equal([new NodeInstruction.CancelWork(opening), new NodeInstruction.ReleaseWork(opening)], _node.PassReporting(1));
    }

    [Theory]
    [InlineData("renewed", true)]
    [InlineData("asked", true)]
    [InlineData("chunk", true)]
    [InlineData("stranger", false)]
    public void Lease_SomethingCame_IsRenewedByTheClientAlone(string what, bool isRenewed)
    {
        var opening = _node.Open();
        _node.PassReporting(5);
        switch (what)
        {
            case "renewed": _node.Handle(new NodeEvent.LeaseRenewed<string>(Job, Client)); break;
            case "asked": _node.Ask(); break;
            case "chunk": _node.Chunk(1); break;
            default: _node.Handle(new NodeEvent.LeaseRenewed<string>(Job, what)); break;
        }

        Assert.NotEqual(isRenewed, _node.PassReporting(3).Contains(new NodeInstruction.CancelWork(opening)));
    }

    [Fact]
    public void Disconnected_NotHeardSince_ClosesThoseJobsSooner()
    {
        var opening = _node.Open();
        var other = _node.Open(new("job-2"), "other");
        _node.Handle(new NodeEvent.Disconnected<string>(client => client == Client));
        Assert.Empty(_node.PassReporting(3).OfType<NodeInstruction.CancelWork>());
        Assert.Equal([new NodeInstruction.CancelWork(opening)], _node.PassReporting(1).OfType<NodeInstruction.CancelWork>());
        Assert.Equal([new NodeInstruction.CancelWork(other)], _node.PassReporting(3).OfType<NodeInstruction.CancelWork>());
    }

    [Fact]
    public void ReportDue_ThisProcessStoodStill_RenewsLeases()
    {
        _node.Open();
        _node.Pass(TimeSpan.FromMinutes(1));
        Assert.IsType<NodeInstruction.TellReport<string>>(Assert.Single(_node.Handle(new NodeEvent.ReportDue())));
        Assert.Empty(_node.PassReporting(6).OfType<NodeInstruction.CancelWork>());
        Assert.Single(_node.PassReporting(1).OfType<NodeInstruction.CancelWork>());
    }

    [Fact]
    public void Stopped_OpenJobs_AreClosed()
    {
        var opening = _node.Open();
        var instructions = new List<NodeInstruction>();
        _node.Core.Handle(new NodeEvent.Stopped(), TimeSpan.Zero, instructions);
        Assert.Equal([new NodeInstruction.CancelWork(opening), new NodeInstruction.ReleaseWork(opening)], instructions);
    }

    [Fact]
    public void SplitAsked_JobThatSplits_IsPassedOnForItsClientAlone()
    {
        var opening = _node.Begin();
        Assert.True(_node.Handle(new NodeEvent.WorkOpened(opening, IsIo: false, Splits: true)).OfType<NodeInstruction.TellOpened<string>>().Single().Splits);
        Assert.Equal([new NodeInstruction.SplitTask(opening, 7, 2, 4)], _node.Handle(new NodeEvent.SplitAsked<string>(Job, Client, 7, 2, 4)));
        Assert.Empty(_node.Handle(new NodeEvent.SplitAsked<string>(Job, "stranger", 7, 2, 4)));
    }

    [Fact]
    public void SplitAsked_JobThatDoesNotSplit_IsIgnored()
    {
        _node.Open();
        Assert.Empty(_node.Handle(new NodeEvent.SplitAsked<string>(Job, Client, 7, 2, 4)));
    }

    [Fact]
    public void WatchDue_OpeningTakesTooLong_IsRefusedAndThenTheProcessReplaced()
    {
        var opening = _node.Begin(timeout: Second, grace: 2 * Second);
        _node.Pass(Second);
        Assert.Empty(_node.Watch());
        _node.Pass(TimeSpan.FromTicks(1));
        Assert.Equal(
            [new NodeInstruction.TellRefused<string>(Client, Job, "the initializer, or the opening of the work, did not end within 1 s."), new NodeInstruction.CancelWork(opening)],
            _node.Watch());
        _node.Pass(2 * Second);
        Assert.Empty(_node.Watch());
        _node.Pass(TimeSpan.FromTicks(1));
        var end = Assert.IsType<NodeInstruction.End>(Assert.Single(_node.Watch()));
        Assert.Equal((PlannedEnd.Replaced, true), (end.Kind, end.IsHurried));
    }
}
