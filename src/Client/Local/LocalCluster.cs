using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Registry;
using Microsoft.Extensions.Logging;

namespace ActorCompute.Client.Local;

/// <summary>
/// A seed within this process or beside it, and workers as its children, all started at once; what dies of them is started
/// again. This process is their keeper.
/// </summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private const int MostWorkers = 1024;
    private readonly LocalClusterOptions _options;
    private readonly ClusterSecret _secret;
    private readonly TlsCertificate? _tls;
    private readonly ILocalSeed _seed;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private readonly List<LocalWorker> _workers = [];

    // Ends, with the reason, when a worker never was there and another try would end the same way.
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _started;
    private bool _stopping;
    private volatile bool _isUp;

    private LocalCluster(LocalClusterOptions options, ClusterSecret secret, TlsCertificate? tls)
    {
        (_options, _secret, _tls, _log) = (options, secret, tls, GuardedLogger.Of(options.Logger));
        // The workers' runtimes start while the seed does; their orders follow when its port is known.
        _seed = options.SeparateSeed ? new SeedProcess(options.Port, secret, tls, Notice) : new SeedInside(options.Port, secret, tls);
        Add(options.Workers);
        if (!options.BuiltInOnly && !ChildCultures.AreHere) Notice(ChildCultures.Missing);
    }

    /// <summary>Ends with the seed's address.</summary>
    public Task<HostEndpoint> SeedStarted => _seed.Started;

    /// <summary>Ends with the seed's node when that lives in this process; null when it is a process of its own.</summary>
    public Task<SeedNode>? SeedInside => _seed.Inside;

    /// <summary>Told when a process of a worker has ended. Set once, before jobs run.</summary>
    public Action<WorkerEnded>? OnWorkerEnded { get; set; }

    /// <summary>Ends when somebody told the seed to stop the cluster.</summary>
    public Task Stopped => _seed.ToldToStop;

    public IReadOnlyList<LocalWorker> Workers
    {
        get
        {
            lock (_lock) return [.. _workers];
        }
    }

    /// <summary>What the processes said last, for the message of a start that failed.</summary>
    public string LastWords
    {
        get
        {
            var words = Workers.Select(worker => worker.LastWords).Prepend(_seed.LastWords).Where(said => said is not null).Distinct().ToList();
            return words.Count == 0 ? "." : ": " + string.Join("; ", words);
        }
    }

    public static LocalCluster Start(LocalClusterOptions options, ClusterSecret secret, TlsCertificate? tls)
    {
        options.Check();
        // A missing program or folder is said here, once, and not by each worker.
        ProgramFinder.Find("Worker", "actorcompute-worker");
        return new(options, secret, tls);
    }

    /// <summary>Waits for something that workers bring about, unless they cannot.</summary>
    /// <exception cref="ProgramMissingException">Their program cannot be started.</exception>
    /// <exception cref="InputException">One refused what it was told.</exception>
    public async Task UnlessFailedAsync(Task awaited)
    {
        await (await Task.WhenAny(awaited, _failed.Task).ConfigureAwait(false)).ConfigureAwait(false);
        _isUp = true;
    }

    /// <summary>Starts more workers; they have not registered yet when this returns.</summary>
    public IReadOnlyList<LocalWorker> Add(int count)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            if (count < 1 || _workers.Count + count > MostWorkers) throw new InputException($"{count} workers more: a local cluster has 1 to {MostWorkers}.");
            var added = Enumerable.Range(0, count).Select(_ => new LocalWorker(++_started, _options, _secret, _tls, _seed.Started, Notice, Output, ended => OnWorkerEnded?.Invoke(ended), Failed)).ToList();
            _workers.AddRange(added);
            return added;
        }
    }

    /// <summary>Ends one worker for good; what it runs is run elsewhere.</summary>
    public async Task RemoveAsync(LocalWorker worker)
    {
        lock (_lock)
        {
            if (!_workers.Remove(worker)) throw new ArgumentException($"worker {worker.Name} is none of this cluster, or was removed.", nameof(worker));
        }

        await worker.StopAsync(leave: true).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        List<LocalWorker> workers;
        lock (_lock)
        {
            if (_stopping) return;
            _stopping = true;
            workers = [.. _workers];
        }

        await Task.WhenAll(workers.Select(worker => worker.StopAsync(leave: false))).ConfigureAwait(false);
        await _seed.StopAsync().ConfigureAwait(false);
    }

    /// <summary>Before the cluster is up whoever starts it says why it is not.</summary>
    private void Failed(Exception error)
    {
        if (_isUp) Notice(error.Message);
        else _failed.TrySetException(error);
    }

    private void Notice(string text)
    {
        if (_stopping) return;
        ClientLog.Notice(_log, text);
    }

    private void Output(string worker, string line)
    {
        if (_options.OnOutput is { } told) Call(nameof(LocalClusterOptions.OnOutput), () => told(worker, line));
    }

    private void Call(string name, Action callback)
    {
        try
        {
            callback();
        }
        catch (Exception e)
        {
            ClientLog.CallbackThrew(_log, e, name);
        }
    }
}
