namespace ActorCompute.Scheduling;

/// <content>
/// Chunks that wait behind others on one worker while another is idle: they are asked back, one at a time, and go there. A worker
/// gives back only what no slot has, so nothing runs twice by it.
/// </content>
internal sealed partial class GatherLedger
{
    /// <summary>A chunk may be waiting behind others, of this job or another: an idle worker is of interest.</summary>
    public bool HasQueued
    {
        get
        {
            foreach (var worker in _workers.Values)
            {
                if (QueuedOn(worker) is not null) return true;
            }

            return false;
        }
    }

    /// <summary>A chunk to ask back, if nothing waits to be sent, some worker is idle, and one of this job's may be queued elsewhere.</summary>
    public LedgerInstruction.RecallChunk? Recall()
    {
        if (_waiting.First is not null || !_workers.Values.Any(worker => worker is { IsLeaving: false, IsIsolating: false, HasIdleSlot: true })) return null;
        // From where most waits for each slot. Each is looked at once: other jobs change the loads meanwhile.
        var (most, found) = (0.0, (LedgerChunk?)null);
        foreach (var worker in _workers.Values)
        {
            var load = worker.Load.PerSlot;
            if (load > most && QueuedOn(worker) is { } queued) (most, found) = (load, queued);
        }

        if (found is null) return null;
        found.IsRecalled = true;
        foreach (var entry in found.Open) log.Add(SchedulingEventKind.Recalled, entry.Batch, entry.Attempt, found.Worker.Facts.Name);
        return new(found.Worker.Life, found.Sequence);
    }

    /// <summary>The chunk of this job that a worker comes to last, if no slot can be known to have it.</summary>
    private static LedgerChunk? QueuedOn(LedgerWorker worker) =>
        !worker.IsLeaving && worker.IsOverfull && worker.Chunks.Count > 0 && worker.Chunks.Values.Last() is { IsBegun: false, IsRecalled: false, IsIsolated: false, OpenCount: > 0 } last ? last : null;
}
