using ActorCompute.Hosting;
using ActorCompute.Messages;

namespace ActorCompute.Client.Local;

/// <summary>
/// A seed and workers as children of this process, all started at once; a worker that dies is started again. This
/// process is their keeper.
/// </summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(3);

    private readonly LocalClusterOptions _options;
    private readonly ClusterSecret _secret;
    private readonly TlsCertificate? _tls;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<HostEndpoint> _seedStarted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ChildProcess _seed;
    private readonly ChildProcess?[] _workers;
    private readonly List<Task> _keepers = [];
    private int _disposed;

    private LocalCluster(LocalClusterOptions options, ClusterSecret secret, TlsCertificate? tls)
    {
        (_options, _secret, _tls) = (options, secret, tls);
        _workers = new ChildProcess?[options.Workers];
        // The workers' runtimes start beside the seed's; their orders follow when its port is known.
        _seed = ChildProcess.Start(ProgramFinder.Find("Seed", "actorcompute-seed", "--parent-pipe"), new() { Secret = secret.Text, Tls = tls }, OnSeedOutput, line => Notice($"seed: {line}"));
        for (var i = 0; i < options.Workers; i++)
        {
            var index = i;
            _keepers.Add(Task.Run(() => KeepAsync(index)));
        }

        _ = WatchSeedAsync();
    }

    /// <summary>Ends with the seed's address.</summary>
    public Task<HostEndpoint> SeedStarted => _seedStarted.Task;

    public IReadOnlyList<LocalWorker> Workers =>
        [.. _workers.Select((child, index) => (child, index)).Where(pair => pair.child is not null).Select(pair => new LocalWorker(NameOf(pair.index), pair.child!.Id))];

    /// <summary>What the processes said last, for the message of a start that failed.</summary>
    public string LastWords
    {
        get
        {
            var words = _workers.Prepend(_seed).Where(child => child is not null).Select(child => child!.DescribeEnd()).Where(text => text.Contains("said", StringComparison.Ordinal)).Distinct().ToList();
            return words.Count == 0 ? "." : ": " + string.Join("; ", words);
        }
    }

    public static LocalCluster Start(LocalClusterOptions options, ClusterSecret secret, TlsCertificate? tls)
    {
        if (options.Workers is < 1 or > 1024) throw new InputException($"{options.Workers} workers: a local cluster has 1 to 1024.");
        if (options.Slots is < 1 or > 1024) throw new InputException($"{options.Slots} slots: a worker has 1 to 1024.");
        // A missing program is said here, once, and not by each keeper.
        ProgramFinder.Find("Worker", "actorcompute-worker");
        return new(options, secret, tls);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _stopping.CancelAsync().ConfigureAwait(false);
        _seedStarted.TrySetCanceled();
        await Task.WhenAll(_keepers).ConfigureAwait(false);
        await _seed.StopAsync(StopBound, leave: false).ConfigureAwait(false);
        _seed.Dispose();
    }

    private static string NameOf(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{index + 1}");

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

    /// <summary>Tells a person, but not of what processes say while they stop.</summary>
    private void Notice(string text)
    {
        if (!_stopping.IsCancellationRequested) _options.OnNotice?.Invoke(text);
    }

    /// <summary>Keeps one worker alive until the cluster stops.</summary>
    private async Task KeepAsync(int index)
    {
        var name = NameOf(index);
        var id = new WorkerId($"local-{Environment.ProcessId}-{name}");
        var backOff = new RestartBackOff();
        string? previousEnd = null;
        for (var incarnation = 1L; !_stopping.IsCancellationRequested; incarnation++)
        {
            var startedAt = TimeProvider.System.GetTimestamp();
            var child = ChildProcess.Start(
                ProgramFinder.Find("Worker", "actorcompute-worker", "node", "--parent-pipe", "--name", name, "--slots", _options.Slots.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                null,
                onError: line => Notice($"worker {name}: {line}"));
            _workers[index] = child;
            try
            {
                var seed = await _seedStarted.Task.ConfigureAwait(false);
                child.Send(new() { Secret = _secret.Text, Tls = _tls, Seed = seed.ToString(), WorkerId = id.Value, Incarnation = incarnation, PreviousEnd = previousEnd });
                await child.Exited.WaitAsync(_stopping.Token).ConfigureAwait(false);
                previousEnd = child.DescribeEnd();
                child.Dispose();
                Notice($"worker {name} {previousEnd}; it is started again");
                await Task.Delay(backOff.Next(TimeProvider.System.GetElapsedTime(startedAt)), _stopping.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ClusterUnavailableException)
            {
                await child.StopAsync(StopBound, leave: false).ConfigureAwait(false);
                child.Dispose();
                return;
            }
        }
    }
}
