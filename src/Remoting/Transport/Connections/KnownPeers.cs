namespace ActorCompute.Remoting.Transport;

/// <summary>Which peers this process speaks to, and since when it no longer does: what is kept for one that is gone must end some time.</summary>
/// <param name="keepMilliseconds">How long a peer without a connection, or an attempt at one, is remembered.</param>
internal sealed class KnownPeers(int keepMilliseconds)
{
    private readonly Dictionary<PeerAddress, Known> _peers = [];

    /// <summary>Peers that have no connection and are not forgotten yet.</summary>
    public int Gone { get; private set; }

    /// <summary>A connection, or an attempt at one, begins.</summary>
    public void Begin(PeerAddress peer)
    {
        if (_peers.TryGetValue(peer, out var known) && known.Connections == 0) Gone--;
        _peers[peer] = new(known.Connections + 1, 0);
    }

    /// <summary>It has ended.</summary>
    public void End(PeerAddress peer, long now)
    {
        if (!_peers.TryGetValue(peer, out var known) || known.Connections == 0) return;
        if (known.Connections == 1) Gone++;
        _peers[peer] = new(known.Connections - 1, now);
    }

    /// <summary>Forgets who has had no connection for long enough.</summary>
    /// <returns>Those.</returns>
    public IReadOnlyList<PeerAddress> Forget(long now)
    {
        var forgotten = _peers.Where(pair => pair.Value.Connections == 0 && now - pair.Value.GoneSince >= keepMilliseconds).Select(pair => pair.Key).ToList();
        foreach (var peer in forgotten) _peers.Remove(peer);
        Gone -= forgotten.Count;
        return forgotten;
    }

    private readonly record struct Known(int Connections, long GoneSince);
}
