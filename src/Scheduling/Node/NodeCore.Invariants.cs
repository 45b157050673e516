namespace ActorCompute.Scheduling;

/// <content>What holds between two events.</content>
internal sealed partial class NodeCore<TClient>
{
    /// <summary>For tests and simulations.</summary>
    /// <exception cref="InvalidOperationException">An invariant does not hold.</exception>
    public void CheckInvariants()
    {
        var all = _jobs.Values.Concat(_closing).ToList();
        CheckSlots(_cpuSlots, _limits.Slots, [.. all.Where(job => !job.IsIo)]);
        CheckSlots(_ioSlots, _limits.IoSlots, [.. all.Where(job => job.IsIo)]);
        Require(Running == all.Sum(job => job.Running.Count), $"{Running} run, but not in jobs");
        Require(_opening.SetEquals(all.Where(job => job.IsOpening)), "the jobs being opened are others");
        Require(_jobs.All(pair => pair.Key == pair.Value.Job && !pair.Value.IsClosed), "a closed job is among the open ones");
        Require(_closing.All(job => job.IsClosed && !job.CanBeReleased), "a job is kept for nothing");
        Require(!_hasEnded || (_leaving is { } end && (end.IsHurried || Running == 0)), "it ended in order, and something runs");
        Require(_hasEnded || _leaving is null || Running > 0, "it leaves, nothing runs, and it has not ended");
        Require(_hasEnded || _drainUntil is null || _isWatched, "nobody watches the end of a drain");
        Require(!_limits.HasMemoryLimit || Running == 0 || _isWatched, "nobody watches the memory");
        Require(!all.Any(job => job.Terms.Timeout is not null && (job.IsOpening || job.Running.Count > 0)) || _isWatched, "nobody watches a time limit");
        Require(_closing.Count == 0 || _isWatched, "nobody watches what is to stop");
        Require(_alone.All(chunk => chunk.Job.IsOpen && chunk.Sequence <= chunk.Job.LastSequence), "a chunk of a job that is not open is to run alone");
        Require(_runsAlone is not { } one || one.Job.Running.Contains(one.Sequence), "what runs alone does not run");
        Require(_hasEnded || _leaving is not null || _alone.Count == 0 || Running > 0 || _isAsked, "nobody was asked whether a chunk may begin");
        Require(_resources.AddsUp(all.Select(job => job.Seat?.Claim).OfType<ResourceClaim>()), "more is reserved than there is, or what was reserved is lost");
        Require(all.All(job => (job.Seat?.Claim?.Holders ?? job.Running.Count) == job.Running.Count), "a chunk runs without what it needs, or is done and keeps it");
        foreach (var job in all) CheckJob(job);
    }

    private void CheckSlots(SlotScheduler slots, int count, List<NodeJob<TClient>> jobs)
    {
        var (running, lent, waiting) = (jobs.Sum(job => job.Running.Count), jobs.Sum(job => job.Lent), jobs.Sum(job => job.Seat?.Waiting.Count ?? 0));
        Require(slots.Busy == running - lent, $"{slots.Busy} slots are busy, {running} chunks run, {lent} lent theirs");
        Require(slots.Waiting == waiting, $"{slots.Waiting} chunks wait, {waiting} of open jobs");
        Require(_leaving is null || waiting == 0, "something waits while it leaves");
        // With slots lent, a depth may be full.
        Require(_leaving is not null || !slots.HasTurn || IsHeldForOne, $"{waiting} chunks wait, {slots.Busy} of {count} slots are busy, and one could begin");
    }

    private void CheckJob(NodeJob<TClient> job)
    {
        var held = job.IsOpen ? HeldOf(job) : job.Running;
        Require(held.Distinct().Count() == held.Count, $"{job} holds a chunk twice");
        Require(held.All(sequence => sequence <= job.LastSequence), $"{job} holds a chunk that did not come");
        Require(job.Lent >= 0 && job.Lent <= job.Running.Count, $"{job} lent {job.Lent} of {job.Running.Count} slots");
        Require(!job.IsOpening || held.Count == 0, $"{job} holds chunks before it is open");
    }

    private static void Require(bool condition, string what)
    {
        if (!condition) throw new InvalidOperationException($"The node does not add up: {what}.");
    }
}
