using ActorCompute.Hosting;
using ActorCompute.Messages;

namespace ActorCompute.Client.Local;

/// <summary>
/// A seed and workers as children of this process, all started at once; a worker that dies is started again. This
/// process is their keeper.
/// </summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private const int MostWorkers = 1024;
    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(3);

    private readonly LocalClusterOptions _options;
    private readonly ClusterSecret _secret;
    private readonly TaskCompletionSource<HostEndpoint> _seedStarted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ChildProcess _seed;
    private readonly Lock _lock = new();
    private readonly List<LocalWorker> _workers = [];
    private int _started;
    private bool _stopping;

    private LocalCluster(LocalClusterOptions options, ClusterSecret secret)
    {
        (_options, _secret) = (options, secret);
        // The workers' runtimes start beside the seed's; their orders follow when its port is known.
        _seed = ChildProcess.Start(ProgramFinder.Find("Seed", "actorcompute-seed", "--parent-pipe"), new() { Secret = secret.Text }, OnSeedOutput, line => Notice($"seed: {line}"));
        Add(options.Workers);
        _ = WatchSeedAsync();
    }

    /// <summary>Ends with the seed's address.</summary>
    public Task<HostEndpoint> SeedStarted => _seedStarted.Task;

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
            var seed = _seed.DescribeEnd() is { } text && text.Contains("said", StringComparison.Ordinal) ? text : null;
            var words = Workers.Select(worker => worker.LastWords).Prepend(seed).Where(said => said is not null).Distinct().ToList();
            return words.Count == 0 ? "." : ": " + string.Join("; ", words);
        }
    }

    public static LocalCluster Start(LocalClusterOptions options, ClusterSecret secret)
    {
        options.Check();
        // A missing program or folder is said here, once, and not by each worker.
        ProgramFinder.Find("Worker", "actorcompute-worker");
        return new(options, secret);
    }

    /// <summary>Starts more workers; they have not registered yet when this returns.</summary>
    public IReadOnlyList<LocalWorker> Add(int count)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            if (count < 1 || _workers.Count + count > MostWorkers) throw new InputException($"{count} workers more: a local cluster has 1 to {MostWorkers}.");
            var added = Enumerable.Range(0, count).Select(_ => new LocalWorker(++_started, _options, _secret, _seedStarted.Task, Notice)).ToList();
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

        _seedStarted.TrySetCanceled();
        await Task.WhenAll(workers.Select(worker => worker.StopAsync(leave: false))).ConfigureAwait(false);
        await _seed.StopAsync(StopBound, leave: false).ConfigureAwait(false);
        _seed.Dispose();
    }

    private void OnSeedOutput(string line)
    {
        const string prefix = "listening ";
        if (line.StartsWith(prefix, StringComparison.Ordinal)) _seedStarted.TrySetResult(HostEndpoint.Parse(line[prefix.Length..]));
    }

    private async Task WatchSeedAsync()
    {
        await _seed.Exited.ConfigureAwait(false);
        _seedStarted.TrySetException(new ClusterUnavailableException($"the seed {_seed.DescribeEnd()}"));
        Notice($"the seed {_seed.DescribeEnd()}; running jobs go on");
    }

    private void Notice(string text)
    {
        if (!_stopping) _options.OnNotice?.Invoke(text);
    }
}
