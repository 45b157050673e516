namespace ActorCompute.Scheduling;

/// <content>
/// Stragglers: a task that runs much longer than the others gets a copy on an idle worker. The first result is the task's; the other
/// try is told to stop. A copy that fails or is lost counts for nothing, so that to have one never makes it worse.
/// </content>
internal sealed partial class GatherLedger
{
    /// <summary>
    /// Sends a copy of the task that has run longest beyond <paramref name="limit"/> to a worker that does nothing, of another host if
    /// there is one: a task that ignores its token takes its process along when it is stopped.
    /// </summary>
    /// <returns>The copy and how long its task has run, or null when no task has run so long or no worker is idle.</returns>
    public (LedgerInstruction.Send Send, TimeSpan Elapsed)? Copy(TimeSpan limit, TimeSpan at)
    {
        if (_waiting.First is not null || _isolated.First is not null) return null;
        LedgerEntry? slowest = null;
        foreach (var worker in _workers.Values)
        {
            // Where more is sent than there are slots it cannot be known what runs.
            if (worker.IsLeaving || worker.IsOverfull) continue;
            foreach (var chunk in worker.Chunks)
            {
                if (chunk is not { IsIsolated: false, OpenCount: 1 } || at - chunk.SentAt <= limit || at - chunk.SentAt <= at - slowest?.Chunk!.SentAt) continue;
                if (chunk.Only is { Copy: null, Batch.IsPack: false, NeedsIsolation: false } entry && !IsBeingSplit(entry, at)) slowest = entry;
            }
        }

        if (slowest?.Chunk is not { } first) return null;
        var idle = _workers.Values
            .Where(worker => worker != first.Worker && worker is { IsLeaving: false, Load.Chunks: 0 })
            .MinBy(worker => worker.Facts.Host == first.Worker.Facts.Host);
        if (idle is null) return null;
        var copy = new LedgerChunk(idle, ++idle.LastSequence, at);
        slowest.Copy = new(copy, ++slowest.Sent);
        copy.AddCopy(slowest);
        idle.Add(copy);
        Resent++;
        log.Add(SchedulingEventKind.Copied, slowest.Batch, slowest.Copy.Attempt, idle.Facts.Name, at - first.SentAt);
        return (new(idle.Life, copy.Sequence, [slowest.Batch with { Attempt = slowest.Copy.Attempt }]), at - first.SentAt);
    }

    /// <summary>A chunk is gone: a task of it that also runs elsewhere goes on there.</summary>
    /// <returns>True when it does.</returns>
    private static bool LeaveToCopy(LedgerEntry entry, LedgerChunk gone)
    {
        if (entry.Copy is not { } copy) return false;
        if (copy.Chunk == gone) DropCopy(entry);
        else BecomeCopy(entry, copy);
        return true;
    }

    private static void DropCopy(LedgerEntry entry)
    {
        if (entry.Copy is not { } copy) return;
        copy.Chunk.RemoveCopy();
        entry.Copy = null;
    }

    private static void BecomeCopy(LedgerEntry entry, TaskCopy copy)
    {
        entry.Chunk!.Remove(entry);
        copy.Chunk.RemoveCopy();
        copy.Chunk.Add(entry);
        (entry.Attempt, entry.Copy, entry.SplitAsks) = (copy.Attempt, null, 0);
    }

    /// <summary>Nobody waits for a task's tries any more, but for that of the worker who brought the result.</summary>
    private static void StopOthers(LedgerEntry entry, WorkerLife? done, List<JobInstruction> instructions)
    {
        foreach (var chunk in new[] { entry.Chunk, entry.Copy?.Chunk })
        {
            if (chunk is not null && chunk.Worker.Life != done) instructions.Add(new LedgerInstruction.CancelTask(chunk.Worker.Life, entry.Batch.First));
        }
    }
}
