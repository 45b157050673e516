using ActorCompute.Hosting;
using ActorCompute.Messages;
using ActorCompute.Registry;

namespace ActorCompute.Client.Local;

/// <summary>The seed of a local cluster within this process: it ends with it, as the cluster does.</summary>
internal sealed class SeedInside : ILocalSeed
{
    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(3);

    private readonly TaskCompletionSource _toldToStop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<SeedNode> _node;

    public SeedInside(int port, ClusterSecret secret, TlsCertificate? tls)
    {
        // The workers' processes start meanwhile.
        _node = Task.Run(() => SeedNode.Start(new(HostEndpoint.Loopback.Host, port), secret, tls, _ => _toldToStop.TrySetResult()));
        Started = StartedAsync();
    }

    public Task<HostEndpoint> Started { get; }

    public Task ToldToStop => _toldToStop.Task;

    public string? LastWords => null;

    public async Task StopAsync()
    {
        SeedNode node;
        try
        {
            node = await _node.ConfigureAwait(false);
        }
        catch (Exception) when (_node.IsFaulted)
        {
            return; // It never was there; whoever waited for its address knows why.
        }

        await node.ShutDownAsync(StopBound).ConfigureAwait(false);
    }

    private async Task<HostEndpoint> StartedAsync() => (await _node.ConfigureAwait(false)).Endpoint;
}
