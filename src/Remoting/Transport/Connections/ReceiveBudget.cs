namespace ActorCompute.Remoting.Transport;

/// <summary>Bounds what all peers together have sent of large frames that are not complete yet.</summary>
internal sealed class ReceiveBudget(long total)
{
    private long _used;

    /// <summary>What is taken now, in bytes.</summary>
    public long Used => Volatile.Read(ref _used);

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= total) return true;
        Return(bytes);
        return false;
    }

    public void Return(long bytes) => Interlocked.Add(ref _used, -bytes);
}
