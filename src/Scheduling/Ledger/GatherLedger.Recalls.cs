namespace ActorCompute.Scheduling;

/// <content>
/// Chunks that wait behind others on one worker while another is idle: they are asked back, one at a time, and go there. A worker
/// gives back only what no slot has, so nothing runs twice by it.
/// </content>
internal sealed partial class GatherLedger
{
    /// <summary>A chunk of this job may be waiting behind others of it. All there is to know while no other job has chunks on its workers.</summary>
    public bool QueuesItself => _placement.Queueing > 0;

    /// <summary>Looks at all workers for a chunk that may be waiting behind others, of this job or another: an idle worker is of interest then.</summary>
    public bool FindsQueued()
    {
        var found = false;
        foreach (var worker in _workers.Values)
        {
            // Other jobs may have made it idle meanwhile.
            worker.Place?.Changed();
            found |= QueuedOn(worker) is not null;
        }

        return found;
    }

    // Who has the fewest chunks for its slots is idle, or nobody is; but where another job's chunk must be alone.
    private bool HasIdleSlot => _placement.Best() is { } first
        && (first.HasIdleSlot || (first.Load.PerSlot < 1 && _workers.Values.Any(worker => worker is { IsLeaving: false, IsIsolating: false, HasIdleSlot: true })));

    /// <summary>A chunk to ask back, if nothing waits to be sent, some worker is idle, and one of this job's may be queued elsewhere.</summary>
    public LedgerInstruction.RecallChunk? Recall()
    {
        if (_waiting.First is not null || !HasIdleSlot) return null;
        // From where most waits for each slot. Each is looked at once: other jobs change the loads meanwhile.
        var (most, found) = (0.0, (LedgerChunk?)null);
        foreach (var worker in _workers.Values)
        {
            // What is known of it may be out of date: its last chunk was begun.
            worker.Place?.Changed();
            var load = worker.Load.PerSlot;
            if (load > most && QueuedOn(worker) is { } queued) (most, found) = (load, queued);
        }

        if (found is null) return null;
        found.IsRecalled = true;
        found.Worker.Place?.Changed();
        foreach (var entry in found.Open) log.Add(SchedulingEventKind.Recalled, entry.Batch, entry.Attempt, found.Worker.Facts.Name);
        return new(found.Worker.Life, found.Sequence);
    }

    /// <summary>The chunk of this job that a worker comes to last, if no slot can be known to have it.</summary>
    private static LedgerChunk? QueuedOn(LedgerWorker worker) =>
        !worker.IsLeaving && worker.IsOverfull && worker.Chunks.Count > 0 && worker.Chunks.Last is { MayBeRecalled: true } last ? last : null;
}
