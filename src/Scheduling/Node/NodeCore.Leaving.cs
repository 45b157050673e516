namespace ActorCompute.Scheduling;

/// <content>How a node leaves, in order or at once.</content>
internal sealed partial class NodeCore<TClient>
{
    private TimeSpan? _drainUntil;

    // Set when it takes no more and ends as soon as what runs has.
    private NodeInstruction.End? _leaving;
    private bool _hasEnded;

    private void Drain(string reason, TimeSpan now, List<NodeInstruction> instructions)
    {
        if (_leaving is not null) return;
        _drainUntil = now + _limits.DrainTimeout;
        StartWatch(instructions);
        Leave(new(reason, PlannedEnd.Drained), instructions);
    }

    private void OnMemory(MemoryExcess over, List<NodeInstruction> instructions)
    {
        var end = new NodeInstruction.End(over.Reason, PlannedEnd.Replaced);
        Leave(end, instructions);
        if (!over.MustEnd || _hasEnded) return;
        instructions.Add(new NodeInstruction.AnswerOutOfMemory(over.Reason));
        EndNow(end, instructions);
    }

    private void ReplaceStuck(IReadOnlyList<StuckRun> stuck, List<NodeInstruction> instructions)
    {
        foreach (var task in stuck.Where(task => task.HasTimedOut)) instructions.Add(new NodeInstruction.AnswerTimedOut(task));
        EndNow(new(string.Join("; ", stuck.Select(task => $"task {task.Number} did not stop when told to")) + "; the process is replaced.", PlannedEnd.Replaced), instructions);
    }

    /// <summary>Takes no more, gives back what waits, and ends when what runs has.</summary>
    private void Leave(NodeInstruction.End end, List<NodeInstruction> instructions)
    {
        if (_leaving is not null) return;
        SayThatItLeaves(end, instructions);
        EndWhenIdle(instructions);
    }

    /// <summary>Ends without what runs: that is run elsewhere, and counts as nobody's death.</summary>
    private void EndNow(NodeInstruction.End end, List<NodeInstruction> instructions)
    {
        if (_hasEnded) return;
        SayThatItLeaves(end with { IsHurried = true }, instructions);
        End(instructions);
    }

    private void SayThatItLeaves(NodeInstruction.End end, List<NodeInstruction> instructions)
    {
        _leaving = end;
        _alone.Clear();
        (_isAsked, _mayBegin) = (false, false);
        foreach (var job in _jobs.Values)
        {
            // The client sends what waits elsewhere as soon as it hears that it is not among what runs.
            if (job.Seat is { } seat) SlotsOf(job).Close(seat);
            instructions.Add(new NodeInstruction.TellLeaving<TClient>(job.Client, job, end.IsHurried ? [] : [.. job.Running], end.Reason));
        }
    }

    private void EndWhenIdle(List<NodeInstruction> instructions)
    {
        if (_leaving is not null && Running == 0) End(instructions);
    }

    private void End(List<NodeInstruction> instructions)
    {
        if (_hasEnded) return;
        _hasEnded = true;
        instructions.Add(_leaving!);
    }
}
