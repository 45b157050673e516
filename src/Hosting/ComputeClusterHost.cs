using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorCompute;

/// <summary>
/// Keeps a cluster for a host: up before the first hosted service starts, left after the last has stopped, so that all of them, a web
/// server with requests under way too, have it from beginning to end.
/// </summary>
internal sealed class ComputeClusterHost(string name, IOptionsMonitor<ComputeClusterHostOptions> options, ILoggerFactory? loggers) : IHostedLifecycleService, IAsyncDisposable
{
    private readonly ILogger? _log = loggers?.CreateLogger("ActorCompute");
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _lock = new();
    private Task<ComputeCluster>? _start;
    private volatile bool _isLeft;

    /// <summary>The cluster, which is up.</summary>
    /// <exception cref="InvalidOperationException">It is not up yet.</exception>
    public ComputeCluster Cluster => Started switch
    {
        { IsCompletedSuccessfully: true, Result: var cluster } => cluster,
        // Throws what the start threw.
        { IsCompleted: true } failed => failed.GetAwaiter().GetResult(),
        _ => throw new InvalidOperationException(
            "The compute cluster is not up yet: it starts with the host, after the constructors of hosted services. There, take a ComputeClusterAccessor and await its GetAsync where the cluster is needed."),
    };

    private Task<ComputeCluster>? Started
    {
        get
        {
            lock (_lock) return _start;
        }
    }

    /// <summary>Started by whoever asks first: the host, or a service that starts before this one.</summary>
    public Task<ComputeCluster> GetAsync()
    {
        lock (_lock) return _start ??= Task.Run(StartClusterAsync);
    }

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        // A start that is given up ends its processes before it throws.
        await using var registration = cancellationToken.UnsafeRegister(ending => ((CancellationTokenSource)ending!).Cancel(), _ending).ConfigureAwait(false);
        await GetAsync().ConfigureAwait(false);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        _isLeft = true;
        if (Started is not { IsCompletedSuccessfully: true, Result: var cluster }) return;
        try
        {
            await cluster.ShutdownAsync(PendingCalls.Finish).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (_log is not null) HostingLog.CallsCancelled(_log);
        }
        finally
        {
            await cluster.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>What is seen of it now, for its health check.</summary>
    public async Task<ClusterSeen> LookAsync(CancellationToken cancellation)
    {
        if (_isLeft) return ClusterSeen.Nothing("the cluster was left, the host stops.");
        if (Started is not { IsCompleted: true } start) return ClusterSeen.Nothing("the cluster has not started yet.");
        var cluster = await start.ConfigureAwait(false);
        if (cluster.Fault is { } fault) return ClusterSeen.Nothing($"this client cannot go on: {fault}.");
        return new() { Report = await cluster.Admin.StatusAsync(cancellation).ConfigureAwait(false), WorkersToBe = cluster.Workers.Count };
    }

    /// <summary>For a host that did not start, or is disposed without being stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        _isLeft = true;
        await _ending.CancelAsync().ConfigureAwait(false);
        if (Started is not { } start) return;
        await ((Task)start).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (start.IsCompletedSuccessfully) await start.Result.DisposeAsync().ConfigureAwait(false);
    }

    private Task<ComputeCluster> StartClusterAsync()
    {
        var chosen = options.Get(name);
        return chosen.Seed is { } seed
            ? ComputeCluster.ConnectAsync(seed, chosen.ToConnect(_log), _ending.Token)
            : ComputeCluster.StartLocalAsync(chosen.ToLocal(_log), cancellation: _ending.Token);
    }
}
