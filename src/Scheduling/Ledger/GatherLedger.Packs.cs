namespace ActorCompute.Scheduling;

/// <content>Packs: as one entry they cost a job of tiny tasks next to nothing, but only while all goes well.</content>
internal sealed partial class GatherLedger
{
    /// <summary>Reports what has its answer. The rest, which was left undone or failed as a whole, goes on task by task.</summary>
    private void SettlePack(LedgerEntry entry, in AttemptReply reply, OpenedWorker? facts, List<JobInstruction> instructions)
    {
        var answered = reply.Error is null ? reply.Answered : 0;
        Failed += Math.Min(reply.Failed, answered);
        if (answered > 0) Report(entry, reply.Result, null, reply.Attempt, facts, reply.Elapsed, instructions, answered);
        else Withdraw(entry);
        if (answered == entry.Batch.Count) return;
        log.Add(SchedulingEventKind.Returned, entry.Batch with { First = entry.Batch.First + answered, Count = entry.Batch.Count - answered }, entry.Attempt, facts?.Name ?? "", reason: reply.Error?.Message ?? "took too long for a pack");
        WaitSingly(entry, answered);
    }

    /// <summary>Its worker died while it may have run: which of its tasks is to blame shows when each travels alone.</summary>
    private void Undo(LedgerEntry pack)
    {
        Withdraw(pack);
        WaitSingly(pack, 0);
    }

    /// <summary>Puts what was a pack first among those that wait, in plan order.</summary>
    private void WaitSingly(LedgerEntry pack, int from)
    {
        foreach (var task in ((PackedTasks)pack.Batch.State!).Unpack(from).Reverse())
        {
            var entry = NewEntry(task);
            // They go on counting attempts: late word of the pack's is not taken for theirs.
            (entry.IsSuspect, entry.Attempt, entry.Sent) = (pack.IsSuspect, pack.Attempt, pack.Sent);
            _waiting.AddFirst(entry);
        }
    }
}
