namespace ActorCompute.Scheduling.Tests.Node;

/// <summary>What can happen in a <see cref="NodeWorld"/>.</summary>
internal enum NodeMove
{
    AskToOpen,
    OpeningEnds,
    OpeningFails,
    SendChunk,
    RepeatChunk,
    ChunkIsDone,
    ChunkIsDoneAndBudgetSpent,
    SlotIsLent,
    SlotIsTakenBack,
    RecallChunk,
    CancelTasks,
    RenewLease,
    CloseJob,
    Disconnect,
    TimePasses,
    StandStill,
    Watch,
    FindStuckTask,
    RunOutOfMemory,
    Leave,
}

/// <summary>A move that concerns one of a few jobs, or one of what there is. Each means something in every state.</summary>
internal readonly record struct NodeStep(NodeMove Move, int Which);

/// <summary>
/// A node's core between two clients and slots that do what it says. Checks what everybody may rely on: a chunk that is kept runs
/// once, goes back once, or is dropped with its job; work is released once, when nothing of it runs; there is one end.
/// </summary>
internal sealed class NodeWorld
{
    public const int JobCount = 4;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly NodeCoreHarness _node = new(new(Slots: 2, IoSlots: 2, DrainTimeout: 5 * Second) { MaxTasks = 100, Has = Resources.Of(("gpu", 2)) });
    // The third waits for what the second and the fourth have, and that one runs in other slots; more than there is, now and then.
    private static readonly int[] Gpus = [0, 1, 2, 1];
    private readonly List<JobOpening> _opening = [];
    private readonly HashSet<JobOpening> _released = [];
    private readonly HashSet<JobOpening> _cancelled = [];
    private readonly HashSet<(JobOpening, long)> _kept = [];
    private readonly HashSet<(JobOpening, long)> _notRun = [];
    private readonly List<(JobOpening Opening, long Sequence)> _running = [];
    private readonly List<(JobOpening Opening, long Sequence)> _lent = [];
    private readonly long[] _sequences = new long[JobCount];
    private bool _isWatched;
    private NodeInstruction.End? _end;

    public void Take(NodeStep step)
    {
        var which = step.Which;
        var index = which % JobCount;
        var (job, client) = (new JobId($"job-{index}"), $"client-{index % 2}");
        switch (step.Move)
        {
            case NodeMove.AskToOpen:
                Handle(new NodeEvent.OpenAsked<string>(job, client, new(index == 0 ? 2 * Second : null, Second, Depth: index % 2)
                {
                    Client = client,
                    Priority = index / 2,
                    Needs = Gpus[index] == 0 ? Resources.None : Resources.Of(("gpu", which == 11 ? 3 : Gpus[index])),
                })); break;
            case NodeMove.OpeningEnds when Pick(_opening, which) is { } opening: Handle(new NodeEvent.WorkOpened(opening, IsIo: opening.Job.Value == "job-3")); break;
            case NodeMove.OpeningFails when Pick(_opening, which) is { } opening: Handle(new NodeEvent.OpeningFailed(opening, "no work")); break;
            case NodeMove.SendChunk: Handle(new NodeEvent.ChunkCame<string>(job, client, ++_sequences[index])); break;
            case NodeMove.RepeatChunk: Handle(new NodeEvent.ChunkCame<string>(job, client, _sequences[index])); break;
            case NodeMove.ChunkIsDone: Finish(which, isBudgetSpent: false); break;
            case NodeMove.ChunkIsDoneAndBudgetSpent: Finish(which, isBudgetSpent: true); break;
            case NodeMove.SlotIsLent: Lend(which); break;
            case NodeMove.SlotIsTakenBack when _lent.Count > 0: TakeBack(_lent[which % _lent.Count]); break;
            case NodeMove.RecallChunk: Handle(new NodeEvent.ChunkRecalled<string>(job, client, _sequences[index])); break;
            case NodeMove.CancelTasks: Handle(new NodeEvent.TasksCancelled<string>(job, client, [1])); break;
            case NodeMove.RenewLease: Handle(new NodeEvent.LeaseRenewed<string>(job, client)); break;
            case NodeMove.CloseJob: Handle(new NodeEvent.CloseAsked<string>(job, client)); break;
            case NodeMove.Disconnect: Handle(new NodeEvent.Disconnected<string>(other => other == client)); break;
            case NodeMove.TimePasses: Pass(Second); break;
            case NodeMove.StandStill: Pass(60 * Second); break;
            case NodeMove.Watch: Watch(); break;
            case NodeMove.FindStuckTask when _running.Count > 0: Watch(_running[which % _running.Count]); break;
            case NodeMove.RunOutOfMemory: Handle(new NodeEvent.WatchDue([], new MemoryExcess("too large", MustEnd: index == 0))); break;
            case NodeMove.Leave: Handle(new NodeEvent.LeaveAsked("told to")); break;
        }
    }

    /// <summary>All tasks end, all clients go: what is left must be nothing.</summary>
    public void RunToTheEnd()
    {
        while (_lent.Count > 0) TakeBack(_lent[0]);
        while (_running.Count > 0) Finish(0, isBudgetSpent: false);
        while (_opening.Count > 0) Handle(new NodeEvent.WorkOpened(_opening[0], IsIo: false));
        for (var i = 0; i < 10; i++) Pass(Second);
        Watch();
        Assert.Equal((0, 0, 0), (_node.Core.Running, _node.Core.Busy, _node.Core.BusyIo));
        Assert.Equal(_cancelled, _released);
        Assert.False(_isWatched && _end is null, "it watches nothing");
        Assert.All(_notRun, chunk => Assert.Contains(chunk.Item1, _cancelled));
        Handle(new NodeEvent.LeaveAsked("told to"));
        Assert.NotNull(_end);
    }

    private static JobOpening? Pick(List<JobOpening> openings, int which) => openings.Count == 0 ? null : openings[which % openings.Count];

    private void Pass(TimeSpan time)
    {
        _node.Pass(time);
        Handle(new NodeEvent.ReportDue());
    }

    private void Watch(params (JobOpening Opening, long Sequence)[] stuck)
    {
        // The timer fires only while it is on.
        if (_isWatched) Handle(new NodeEvent.WatchDue([.. stuck.Select(run => new StuckRun(run.Opening, run.Sequence, 1, Second, HasTimedOut: true))]));
    }

    private void Lend(int which)
    {
        if (_running.Except(_lent).ToList() is not { Count: > 0 } own) return;
        var run = own[which % own.Count];
        _lent.Add(run);
        Handle(new NodeEvent.SlotLent(run.Opening));
    }

    private void TakeBack((JobOpening Opening, long Sequence) run)
    {
        _lent.Remove(run);
        Handle(new NodeEvent.SlotTakenBack(run.Opening));
    }

    private void Finish(int which, bool isBudgetSpent)
    {
        if (_running.Count == 0) return;
        var run = _running[which % _running.Count];
        // A task that ends takes its slot back first.
        if (_lent.Contains(run)) TakeBack(run);
        _running.Remove(run);
        Handle(new NodeEvent.ChunkDone(run.Opening, run.Sequence, Second, IsBudgetSpent: isBudgetSpent));
    }

    private void Handle(NodeEvent what)
    {
        if (what is NodeEvent.WorkOpened opened) _opening.Remove(opened.Opening);
        if (what is NodeEvent.OpeningFailed failed) _opening.Remove(failed.Opening);
        foreach (var instruction in _node.Handle(what)) Carry(instruction);
    }

    private void Carry(NodeInstruction instruction)
    {
        switch (instruction)
        {
            case NodeInstruction.BeginOpening<string> begin:
                _opening.Add(begin.Opening);
                break;
            case NodeInstruction.KeepChunk keep:
                Assert.True(_kept.Add((keep.Opening, keep.Sequence)), "a chunk is kept twice");
                _notRun.Add((keep.Opening, keep.Sequence));
                break;
            case NodeInstruction.RunChunk run:
                Assert.True(_notRun.Remove((run.Opening, run.Sequence)), "a chunk runs that does not wait");
                Assert.DoesNotContain(run.Opening, _cancelled);
                Assert.Null(_end);
                _running.Add((run.Opening, run.Sequence));
                break;
            case NodeInstruction.GiveBack<string> { Opening: { } opening } back:
                Assert.True(_notRun.Remove((opening, back.Sequence)), "a chunk goes back that does not wait");
                break;
            case NodeInstruction.TellReport<string> report:
                Assert.Equal(_running.Where(run => run.Opening == report.Opening).Select(run => run.Sequence).Order(), report.Held.Where(sequence => !_notRun.Contains((report.Opening, sequence))).Order());
                break;
            case NodeInstruction.TellLeaving<string> leaving:
                // Its client sends what waits elsewhere.
                _notRun.RemoveWhere(chunk => chunk.Item1 == leaving.Opening);
                Assert.All(leaving.Running, sequence => Assert.Contains((leaving.Opening, sequence), _running));
                break;
            case NodeInstruction.CancelWork cancel:
                Assert.True(_cancelled.Add(cancel.Opening), "a job is closed twice");
                break;
            case NodeInstruction.ReleaseWork release:
                Assert.Contains(release.Opening, _cancelled);
                Assert.True(_released.Add(release.Opening), "work is released twice");
                Assert.DoesNotContain(_running, run => run.Opening == release.Opening);
                Assert.DoesNotContain(release.Opening, _opening);
                break;
            case NodeInstruction.StartWatch or NodeInstruction.StopWatch:
                Assert.NotEqual(instruction is NodeInstruction.StartWatch, _isWatched);
                _isWatched = !_isWatched;
                break;
            case NodeInstruction.End end:
                Assert.Null(_end);
                Assert.True(end.IsHurried || _running.Count == 0, "it ends in order while something runs");
                _end = end;
                break;
        }
    }
}
