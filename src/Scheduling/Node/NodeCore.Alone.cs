namespace ActorCompute.Scheduling;

/// <content>
/// Chunks that run alone in the process. A task that may be what killed its worker's processes is tried so: whatever ends the
/// process meanwhile was this task and nobody else's. The client is asked before it begins, so that it knows that it had begun.
/// </content>
internal sealed partial class NodeCore<TClient>
{
    // In the order in which they came. Nothing else begins while one waits, so that it comes to its turn.
    private readonly List<AloneChunk> _alone = [];

    // The first of them: its client was asked whether it may begin, and has said yes.
    private bool _isAsked;
    private bool _mayBegin;
    private AloneChunk? _runsAlone;

    private int Lent => _cpuSlots.Lent + _ioSlots.Lent;

    /// <summary>Nothing else may begin. What a running task waits for may: it would never end.</summary>
    private bool IsHeldForOne => (_runsAlone is not null || _alone.Count > 0) && Lent == 0;

    private bool TryStartAlone(List<NodeInstruction> instructions, out ChunkStart start)
    {
        start = default;
        if (_runsAlone is not null || Running > 0) return false;
        var first = _alone[0];
        if (!_isAsked)
        {
            _isAsked = true;
            instructions.Add(new NodeInstruction.AskToBegin<TClient>(first.Job.Client, first.Job.Job, first.Sequence));
        }

        if (!_mayBegin) return false;
        RemoveAlone(first);
        _runsAlone = first;
        SlotsOf(first.Job).Begin(first.Job.Seat!);
        start = Started(first.Job, first.Sequence, instructions);
        return true;
    }

    private void OnMayBegin(NodeEvent.MayBegin<TClient> may)
    {
        if (_alone.Count > 0 && _isAsked && _alone[0] is var first && first.Sequence == may.Sequence && JobOf(may.Job, may.Client) == first.Job) _mayBegin = true;
    }

    /// <summary>The question, or its answer, may have been lost.</summary>
    private void AskAgain(List<NodeInstruction> instructions)
    {
        if (_isAsked && !_mayBegin) instructions.Add(new NodeInstruction.AskToBegin<TClient>(_alone[0].Job.Client, _alone[0].Job.Job, _alone[0].Sequence));
    }

    private bool RemoveAlone(AloneChunk chunk)
    {
        var index = _alone.IndexOf(chunk);
        if (index < 0) return false;
        _alone.RemoveAt(index);
        if (index == 0) (_isAsked, _mayBegin) = (false, false);
        return true;
    }

    private void RemoveAllAlone(NodeJob<TClient> job)
    {
        foreach (var chunk in _alone.Where(chunk => chunk.Job == job).ToList()) RemoveAlone(chunk);
    }

    private sealed record AloneChunk(NodeJob<TClient> Job, long Sequence);
}
