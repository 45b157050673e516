using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Registry;

namespace ActorCompute.Client.Local;

/// <summary>The seed of a local cluster within this process: one actor system for it and the client, which ends with the cluster.</summary>
internal sealed class SeedInside : ILocalSeed
{
    private readonly TaskCompletionSource _toldToStop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<SeedNode> _node;

    public SeedInside(int port, ClusterSecret secret, TlsCertificate? tls)
    {
        // The workers' processes start meanwhile.
        _node = Task.Run(() => SeedNode.StartLocal(new(HostEndpoint.Loopback.Host, port), secret, tls, _ => _toldToStop.TrySetResult()));
        Started = StartedAsync();
    }

    public Task<HostEndpoint> Started { get; }

    public Task<SeedNode>? Inside => _node;

    public Task ToldToStop => _toldToStop.Task;

    public string? LastWords => null;

    /// <summary>Nothing is left to be said to anybody, so its end is not waited for; nor is one that has not begun yet.</summary>
    public Task StopAsync()
    {
        _node.ContinueWith(node => node.Result.System.Terminate(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        return Task.CompletedTask;
    }

    private async Task<HostEndpoint> StartedAsync() => (await _node.ConfigureAwait(false)).Endpoint;
}
