namespace ActorCompute;

/// <summary>
/// The cluster of a host for those who ask before it is up: the constructor of a hosted service takes this one instead of a
/// <see cref="ComputeCluster"/>, and awaits <see cref="GetAsync"/> when it needs the cluster. Once the host has started, both serve.
/// </summary>
public sealed class ComputeClusterAccessor
{
    private readonly ComputeClusterHost _host;

    internal ComputeClusterAccessor(ComputeClusterHost host) => _host = host;

    /// <summary>The cluster, when it is up. Who asks before the host has begun to start it, starts it.</summary>
    /// <param name="cancellation">Ends the waiting, not the start.</param>
    /// <exception cref="ClusterUnavailableException">It did not start; the message says what was seen.</exception>
    /// <exception cref="InputException">Its TLS certificate or secret cannot be used.</exception>
    public Task<ComputeCluster> GetAsync(CancellationToken cancellation = default) => _host.GetAsync().WaitAsync(cancellation);
}
