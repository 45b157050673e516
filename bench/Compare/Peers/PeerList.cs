namespace ActorCompute.Compare.Peers;

/// <summary>Peers that run as long as a row is measured.</summary>
internal sealed class PeerList : List<IDisposable>, IDisposable
{
    public void Dispose()
    {
        foreach (var peer in this) peer.Dispose();
    }
}
