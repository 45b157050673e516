namespace ActorCompute.Scheduling;

/// <summary>What a worker has beside its slots, and what of it is free. Shared by its schedulers of CPU and I/O slots. Pure.</summary>
/// <remarks>
/// A chunk takes all that its job needs, or nothing and waits; others may pass it. One that needs much would wait for ever while small
/// ones take whatever comes free: once <see cref="Patience"/> of them have passed it, what comes free is kept for it.
/// </remarks>
internal sealed class ResourcePool(Resources has)
{
    /// <summary>How many chunks may pass one that waits for the same resource.</summary>
    public const int Patience = 4;

    private readonly long[] _free = has.IsEmpty ? [] : [.. has.Amounts.Select(amount => amount.Value)];

    // Of open jobs, in the order in which they came.
    private readonly List<ResourceClaim> _claims = [];
    private long _clock;

    /// <summary>Changes whenever a chunk that had to wait may be able to begin.</summary>
    public long Version { get; private set; }

    /// <summary>What is held by running chunks.</summary>
    public Resources Reserved => has.IsEmpty ? Resources.None : Resources.Of(has.Amounts.Select((amount, i) => KeyValuePair.Create(amount.Key, amount.Value - _free[i])).Where(amount => amount.Value > 0));

    /// <summary>The claim of a job that is opened; null for one that needs nothing.</summary>
    /// <param name="needs">What each of its chunks needs while it runs; not more than the worker has.</param>
    /// <param name="priority">Of the job.</param>
    /// <param name="depth">How many tasks wait for the job, each for the next.</param>
    public ResourceClaim? Enter(Resources needs, int priority, int depth)
    {
        if (needs.IsEmpty) return null;
        if (!has.Covers(needs)) throw new ArgumentException($"{needs} is more than {has}.", nameof(needs));
        var claim = new ResourceClaim([.. has.Amounts.Select(amount => needs[amount.Key])], priority, depth, ++_clock);
        _claims.Add(claim);
        return claim;
    }

    /// <summary>The job is closed: it waits no more. What its running chunks hold comes back as they end.</summary>
    public void Leave(ResourceClaim? claim)
    {
        if (claim is null || !_claims.Remove(claim)) return;
        Version++;
    }

    /// <summary>Whether chunks of the job wait.</summary>
    public void SetWaiting(ResourceClaim? claim, bool waits)
    {
        if (claim is null || claim.IsWaiting == waits) return;
        claim.IsWaiting = waits;
        if (waits) return;
        claim.Overtaken = 0;
        // What was kept for it is free for others.
        Version++;
    }

    /// <summary>Whether a chunk may begin: what it needs is free, and not kept for another.</summary>
    public bool MayTake(ResourceClaim? claim)
    {
        if (claim is null) return true;
        if (!IsFree(claim)) return false;
        foreach (var other in _claims)
        {
            if (other.Overtaken >= Patience && other.IsWaiting && other != claim && other.ComesBefore(claim) && Delays(claim, other)) return false;
        }

        return true;
    }

    /// <summary>A chunk begins.</summary>
    public void Take(ResourceClaim? claim)
    {
        if (claim is null) return;
        var wasKept = claim.Overtaken >= Patience;
        foreach (var other in _claims)
        {
            // One of those that were passed at a time: or many large jobs of one client would keep the small ones of another out.
            if (wasKept) other.Overtaken = 0;
            else if (other != claim && other.IsWaiting && Passes(claim, other)) other.Overtaken++;
        }

        (claim.Overtaken, claim.Since) = (0, ++_clock);
        claim.Holders++;
        for (var i = 0; i < _free.Length; i++) _free[i] -= claim.Amounts[i];
    }

    /// <summary>A chunk has ended.</summary>
    public void GiveBack(ResourceClaim? claim)
    {
        if (claim is null) return;
        claim.Holders--;
        for (var i = 0; i < _free.Length; i++) _free[i] += claim.Amounts[i];
        Version++;
    }

    /// <summary>For tests and simulations: whether what is held is what these claims hold, and no more than there is.</summary>
    public bool AddsUp(IEnumerable<ResourceClaim> claims)
    {
        var held = new long[_free.Length];
        foreach (var claim in claims)
        {
            for (var i = 0; i < held.Length; i++) held[i] += claim.Holders * claim.Amounts[i];
        }

        return held.Select((amount, i) => amount + _free[i] == has.Amounts[i].Value && _free[i] >= 0).All(adds => adds);
    }

    private bool IsFree(ResourceClaim claim)
    {
        for (var i = 0; i < _free.Length; i++)
        {
            if (claim.Amounts[i] > _free[i]) return false;
        }

        return true;
    }

    /// <summary>A chunk takes of what another has too little of. Where there is enough for either, whose turn it is was decided by fair share.</summary>
    private bool Passes(ResourceClaim taker, ResourceClaim waiter)
    {
        for (var i = 0; i < _free.Length; i++)
        {
            if (taker.Amounts[i] > 0 && waiter.Amounts[i] > _free[i]) return true;
        }

        return false;
    }

    /// <summary>A chunk would take what another that waits needs, and leave too little for it.</summary>
    private bool Delays(ResourceClaim taker, ResourceClaim waiter)
    {
        for (var i = 0; i < _free.Length; i++)
        {
            if (taker.Amounts[i] > 0 && waiter.Amounts[i] > _free[i] - taker.Amounts[i]) return true;
        }

        return false;
    }
}
