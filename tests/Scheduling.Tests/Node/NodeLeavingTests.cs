namespace ActorCompute.Scheduling.Tests.Node;

/// <summary>How a node leaves.</summary>
public sealed class NodeLeavingTests
{
    private const string Client = NodeCoreHarness.Client;
    private static readonly JobId Job = NodeCoreHarness.Job;
    private static readonly TimeSpan Second = NodeCoreHarness.Second;
    private readonly NodeCoreHarness _node = new(new(Slots: 1, IoSlots: 1, DrainTimeout: 30 * Second) { MaxTasks = 2 });
    private readonly JobOpening _opening;

    public NodeLeavingTests() => _opening = _node.Open();

    [Fact]
    public void LeaveAsked_NothingRuns_EndsAtOnce()
    {
        var instructions = _node.Leave();
        AssertLeaving(instructions[1], []);
        Assert.Equal(new NodeInstruction.End("told to", PlannedEnd.Drained), instructions[2]);
    }

    [Fact]
    public void LeaveAsked_ChunksRun_EndsOnlyWhenTheLastIsDone()
    {
        var other = _node.Open(new("job-2"), isIo: true);
        _node.Chunk(1);
        _node.Chunk(2);
        _node.Chunk(1, new("job-2"));

        var instructions = _node.Leave();

        Assert.Equal(3, instructions.Count);
        Assert.Equal(new NodeInstruction.StartWatch(), instructions[0]);
        AssertLeaving(instructions[1], [1]);
        Assert.Empty(_node.Done(_opening, 1));
        Assert.Equal([new NodeInstruction.End("told to", PlannedEnd.Drained)], _node.Done(other, 1));
    }

    [Fact]
    public void LeaveAsked_ClosedJobStillRuns_WaitsForIt()
    {
        _node.Chunk(1);
        _node.Close();
        Assert.Empty(_node.Leave());
        Assert.Equal([new NodeInstruction.ReleaseWork(_opening), new NodeInstruction.End("told to", PlannedEnd.Drained)], _node.Done(_opening, 1));
    }

    [Fact]
    public void WhileItLeaves_LateChunkGoesBackAndNothingIsOpened()
    {
        var late = _node.Begin(new("job-3"));
        _node.Chunk(1);
        _node.Chunk(2);
        _node.Leave();

        Assert.Equal([new NodeInstruction.GiveBack<string>(Client, Job, 3, null)], _node.Chunk(3));
        Assert.Empty(_node.Chunk(2));
        Assert.Empty(_node.Recall(2));
        Assert.Empty(_node.Ask(new("job-2")));
        Assert.Empty(_node.Ask(new("job-2"), "other"));
        Assert.Empty(_node.Handle(new NodeEvent.WorkOpened(late, IsIo: false)));
        Assert.Equal([new NodeInstruction.GiveBack<string>(Client, new("job-3"), 1, null)], _node.Chunk(1, new("job-3")));
        Assert.Empty(_node.Leave());
    }

    [Fact]
    public void WatchDue_DrainOutlasted_EndsWithoutWhatRuns()
    {
        _node.Chunk(1);
        _node.Leave();
        _node.Pass(30 * Second);
        Assert.Empty(_node.Watch());
        _node.Pass(TimeSpan.FromTicks(1));

        var instructions = _node.Watch();

        Assert.Equal(2, instructions.Count);
        AssertLeaving(instructions[0], []);
        Assert.Equal(new NodeInstruction.End("told to", PlannedEnd.Drained, IsHurried: true), instructions[1]);
        Assert.Empty(_node.Watch());
        Assert.Empty(_node.Done(_opening, 1));
    }

    [Fact]
    public void ChunkDone_BudgetSpent_LeavesAndEndsAfterWhatRuns()
    {
        var io = _node.Open(new("job-2"), isIo: true);
        _node.Chunk(1, new("job-2"));
        _node.Chunk(1);
        _node.Chunk(2);

        var instructions = _node.Done(_opening, 1, isBudgetSpent: true);

        Assert.Equal(2, instructions.Count);
        AssertLeaving(instructions[0], [], "it has begun its 2 tasks.");
        Assert.Equal([1L], ((NodeInstruction.TellLeaving<string>)instructions[1]).Running);
        Assert.Equal([new NodeInstruction.End("it has begun its 2 tasks.", PlannedEnd.Replaced)], _node.Done(io, 1, isBudgetSpent: true));
    }

    [Fact]
    public void WatchDue_OverTheMemoryLimit_LeavesInOrderAndThenAtOnce()
    {
        _node.Chunk(1);
        AssertLeaving(Assert.Single(_node.Watch(new MemoryExcess("too large", MustEnd: false))), [1], "too large");
        Assert.Empty(_node.Watch(new MemoryExcess("too large", MustEnd: false)));

        var instructions = _node.Watch(new MemoryExcess("larger", MustEnd: true));

        Assert.Equal(3, instructions.Count);
        Assert.Equal(new NodeInstruction.AnswerOutOfMemory("larger"), instructions[0]);
        AssertLeaving(instructions[1], [], "larger");
        Assert.Equal(new NodeInstruction.End("larger", PlannedEnd.Replaced, IsHurried: true), instructions[2]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WatchDue_TaskIsStuck_IsAnsweredIfItTimedOutAndTheProcessReplaced(bool hasTimedOut)
    {
        _node.Chunk(1);
        var stuck = new StuckRun(_opening, 1, 7, Second, hasTimedOut);

        var instructions = _node.Watch(null, stuck);

        Assert.Equal(hasTimedOut, instructions.Contains(new NodeInstruction.AnswerTimedOut(stuck)));
        AssertLeaving(instructions[^2], [], "task 7 did not stop when told to; the process is replaced.");
        var end = Assert.IsType<NodeInstruction.End>(instructions[^1]);
        Assert.Equal((PlannedEnd.Replaced, true), (end.Kind, end.IsHurried));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void ChunkCame_TimeOrMemoryIsLimited_IsWatchedUntilNothingRuns(bool hasTimeout, bool hasMemoryLimit)
    {
        var node = new NodeCoreHarness(new(1, 1, Second) { HasMemoryLimit = hasMemoryLimit });
        var opening = node.Open(timeout: hasTimeout ? Second : null);
        if (hasTimeout) Assert.Equal([new NodeInstruction.StopWatch()], node.Watch());

        Assert.Equal(hasTimeout || hasMemoryLimit, node.Chunk(1).Contains(new NodeInstruction.StartWatch()));
        Assert.Empty(node.Watch());
        node.Done(opening, 1);
        Assert.Equal(hasTimeout || hasMemoryLimit ? [new NodeInstruction.StopWatch()] : [], node.Watch());
    }

    private void AssertLeaving(NodeInstruction instruction, long[] running, string reason = "told to")
    {
        var leaving = Assert.IsType<NodeInstruction.TellLeaving<string>>(instruction);
        Assert.Equal((Client, _opening, reason), (leaving.Client, leaving.Opening, leaving.Reason));
        Assert.Equal(running, leaving.Running);
    }
}
