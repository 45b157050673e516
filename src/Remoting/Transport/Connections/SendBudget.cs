namespace ActorCompute.Remoting.Transport;

/// <summary>Bounds what waits to be sent: for each peer, and for all together.</summary>
/// <param name="perPeer">The most for one; a single frame may always wait, however large.</param>
/// <param name="total">The most for all. Peers that let it fill up must not silence the others: a small share is always granted.</param>
internal sealed class SendBudget(long perPeer, long total)
{
    /// <summary>What each peer has for certain: heartbeats and control messages go through.</summary>
    public const long GrantedShare = 64 * 1024;

    private long _used;

    /// <summary>What waits now, in bytes, for all peers.</summary>
    public long Used => Volatile.Read(ref _used);

    /// <param name="waiting">What waits for this peer already.</param>
    public bool TryTake(long waiting, int cost)
    {
        if (waiting > 0 && waiting + cost > perPeer) return false;
        if (Interlocked.Add(ref _used, cost) <= total || waiting + cost <= GrantedShare) return true;
        Return(cost);
        return false;
    }

    public void Return(long cost) => Interlocked.Add(ref _used, -cost);
}
