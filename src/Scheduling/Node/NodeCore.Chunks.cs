namespace ActorCompute.Scheduling;

/// <content>
/// Chunks: taken, started, done, given back. The actor calls <see cref="Take"/>, <see cref="TryStart"/> and <see cref="Done"/>
/// itself instead of handing in an event: they are called for every chunk, and so allocate nothing.
/// </content>
internal sealed partial class NodeCore<TClient>
{
    /// <summary>A chunk came. To be followed by <see cref="TryStart"/> once a chunk that is to be kept is.</summary>
    /// <param name="id">Its job.</param>
    /// <param name="client">Who sent it.</param>
    /// <param name="sequence">Its number.</param>
    /// <param name="now">The time.</param>
    /// <param name="opening">Where to keep it.</param>
    /// <param name="isAlone">Nothing else may run in the process meanwhile.</param>
    public ChunkVerdict Take(JobId id, TClient client, long sequence, TimeSpan now, out JobOpening? opening, bool isAlone = false)
    {
        opening = null;
        // Only from the client that opened it. A chunk of a job that is not open is answered by no report: the client sends it elsewhere.
        if (JobOf(id, client) is not { IsOpen: true } job) return ChunkVerdict.Ignore;
        job.Lease.Renew(now);
        if (sequence <= job.LastSequence) return ChunkVerdict.Ignore;
        // Sent before the client knew: it goes elsewhere at once.
        if (_leaving is not null) return ChunkVerdict.GiveBack;
        opening = job;
        job.LastSequence = sequence;
        if (isAlone) _alone.Add(new(job, sequence));
        else SlotsOf(job).Add(job.Seat!, sequence);
        return ChunkVerdict.Keep;
    }

    /// <summary>The next chunk that a slot takes. To be called after each chunk that came or is done, until there is none.</summary>
    /// <param name="instructions">Gets the start of the watch, when this is the first chunk that needs it.</param>
    /// <param name="start">The chunk.</param>
    /// <returns>False when no slot is free or nothing waits.</returns>
    public bool TryStart(List<NodeInstruction> instructions, out ChunkStart start)
    {
        start = default;
        if (_leaving is not null) return false;
        if (IsHeldForOne) return TryStartAlone(instructions, out start);
        if ((_cpuSlots.Next() ?? _ioSlots.Next()) is not { } turn) return false;
        start = Started(_jobs[turn.Job], turn.Sequence, instructions);
        return true;
    }

    private ChunkStart Started(NodeJob<TClient> job, long sequence, List<NodeInstruction> instructions)
    {
        job.Running.Add(sequence);
        Running++;
        if (job.Terms.Timeout is not null || _limits.HasMemoryLimit) StartWatch(instructions);
        return new(job, sequence, job.IsIo);
    }

    /// <summary>A slot is through with a chunk. To be followed by <see cref="TryStart"/>.</summary>
    /// <param name="opening">Its job.</param>
    /// <param name="sequence">The chunk.</param>
    /// <param name="elapsed">Time in the slot.</param>
    /// <param name="tasks">Tasks that were answered.</param>
    /// <param name="isBudgetSpent">The process has begun as many tasks as it may.</param>
    /// <param name="instructions">What to do.</param>
    public void Done(JobOpening opening, long sequence, TimeSpan elapsed, int tasks, bool isBudgetSpent, List<NodeInstruction> instructions)
    {
        var job = JobOf(opening);
        if (!job.Finish(sequence)) return;
        Running--;
        TasksDone += tasks;
        if (_runsAlone is { } alone && alone.Job == job && alone.Sequence == sequence) _runsAlone = null;
        SlotsOf(job).Done(job.Seat!, elapsed);
        ReleaseIfIdle(job, instructions);
        if (isBudgetSpent) Leave(new($"it has begun its {_limits.MaxTasks} tasks.", PlannedEnd.Replaced), instructions);
        EndWhenIdle(instructions);
    }

    private void OnChunk(NodeEvent.ChunkCame<TClient> chunk, TimeSpan now, List<NodeInstruction> instructions)
    {
        switch (Take(chunk.Job, chunk.Client, chunk.Sequence, now, out var opening, chunk.IsAlone))
        {
            case ChunkVerdict.Keep: instructions.Add(new NodeInstruction.KeepChunk(opening!, chunk.Sequence)); break;
            case ChunkVerdict.GiveBack: instructions.Add(new NodeInstruction.GiveBack<TClient>(chunk.Client, chunk.Job, chunk.Sequence, null)); break;
        }
    }

    private void OnRecall(NodeEvent.ChunkRecalled<TClient> recall, List<NodeInstruction> instructions)
    {
        if (JobOf(recall.Job, recall.Client) is not { IsOpen: true, Seat: { } seat } job || !(SlotsOf(job).Remove(seat, recall.Sequence) || RemoveAlone(new(job, recall.Sequence)))) return;
        instructions.Add(new NodeInstruction.GiveBack<TClient>(job.Client, job.Job, recall.Sequence, job));
    }

    private void Cancel(NodeJob<TClient> job, IReadOnlyCollection<long> numbers, List<NodeInstruction> instructions)
    {
        instructions.Add(new NodeInstruction.CancelTasks(job, numbers));
        // A task that does not stop when told to is found by the watch.
        WatchWhatRuns(instructions);
    }

    private void Lend(NodeJob<TClient> job)
    {
        job.Lent++;
        SlotsOf(job).Lend();
    }

    private void TakeBack(NodeJob<TClient> job)
    {
        job.Lent--;
        SlotsOf(job).TakeBack();
    }

    /// <summary>Chunks that wait or run.</summary>
    private List<long> HeldOf(NodeJob<TClient> job) => [.. job.Seat?.Waiting ?? [], .. _alone.Where(chunk => chunk.Job == job).Select(chunk => chunk.Sequence), .. job.Running];
}
