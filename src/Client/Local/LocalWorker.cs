using System.Globalization;
using ActorCompute.Client.Local;
using ActorCompute.Hosting;
using ActorCompute.Messages;
using ActorCompute.Registry;

namespace ActorCompute.Client;

/// <summary>A worker of a local cluster: a process of its own, started again whenever it ends, until it is removed.</summary>
/// <remarks>All members may be used from any thread.</remarks>
public sealed class LocalWorker
{
    // To leave the cluster and to end; for one that leaves in order, beyond the time for what it runs.
    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(3);

    private readonly LocalClusterOptions _options;
    private readonly ClusterSecret _secret;
    private readonly TlsCertificate? _tls;
    private readonly Task<HostEndpoint> _seed;
    private readonly Action<string> _notice;
    private readonly Action<string, string> _output;
    private readonly Action<WorkerEnded> _onEnd;
    private readonly Action<Exception> _onFailed;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _kept;
    private volatile ChildProcess? _child;
    private volatile bool _leaves;

    internal LocalWorker(
        int number, LocalClusterOptions options, ClusterSecret secret, TlsCertificate? tls, Task<HostEndpoint> seed, Action<string> notice, Action<string, string> output, Action<WorkerEnded> onEnd, Action<Exception> onFailed)
    {
        (_options, _secret, _tls, _seed, _notice, _output, _onEnd, _onFailed) = (options, secret, tls, seed, notice, output, onEnd, onFailed);
        Name = number.ToString(CultureInfo.InvariantCulture);
        Id = string.Create(CultureInfo.InvariantCulture, $"local-{Environment.ProcessId}-{number}");
        _kept = Task.Run(KeepAsync);
    }

    /// <summary>What the cluster knows it by, over all its processes.</summary>
    public string Id { get; }

    /// <summary>Its short name, from 1.</summary>
    public string Name { get; }

    /// <summary>Its process now: another after it ended and was started again; 0 before the first.</summary>
    public int ProcessId => _child?.Id ?? 0;

    /// <summary>It was removed, and its process has ended.</summary>
    public bool HasExited => _kept.IsCompleted;

    /// <summary>How its last process to end did; a signal N as 128 + N. Null while none has.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Ends when it was removed and its process has ended.</summary>
    public Task WaitForExitAsync(CancellationToken cancellation = default) => _kept.WaitAsync(cancellation);

    /// <summary>What its process said last; null if nothing.</summary>
    internal string? LastWords => _child?.LastWords;

    /// <summary>Ends it for good.</summary>
    /// <param name="leave">It leaves the cluster in order first; for one whose cluster goes on.</param>
    internal async Task StopAsync(bool leave)
    {
        _leaves = leave;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _kept.ConfigureAwait(false);
    }

    private async Task KeepAsync()
    {
        var backOff = new RestartBackOff();
        string? previousEnd = null;
        for (var incarnation = 1L; !_stopping.IsCancellationRequested; incarnation++)
        {
            var startedAt = TimeProvider.System.GetTimestamp();
            if (await StartAsync(incarnation, previousEnd, backOff).ConfigureAwait(false) is not { } started) return;
            using var child = started;
            _child = child;
            try
            {
                var seed = await _seed.WaitAsync(_stopping.Token).ConfigureAwait(false);
                child.SendSeeds(seed.ToString());
                await child.Exited.WaitAsync(_stopping.Token).ConfigureAwait(false);
                ExitCode = child.ExitCode;
                _onEnd(new(new(new(Id), incarnation), child.DescribeEnd()));
                // It has left for good.
                if (child.PlannedEnd == PlannedEnd.Drained) return;
                previousEnd = child.DescribeEnd();
                if (child.PlannedEnd == PlannedEnd.Refused && incarnation == 1)
                {
                    // Refused or told nonsense: another try would end the same way.
                    _onFailed(new InputException($"worker {Name} {previousEnd}"));
                    return;
                }

                // It had done its share of tasks, or grown to its limit: as agreed, and no news.
                if (child.PlannedEnd == PlannedEnd.Replaced) continue;
                Say($"worker {Name} {previousEnd}; it is started again");
                await Task.Delay(backOff.Next(TimeProvider.System.GetElapsedTime(startedAt)), _stopping.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException || _seed.IsFaulted)
            {
                // Told to stop, or there is no seed to work for; whoever starts the cluster says why.
                await child.StopAsync(_leaves ? _options.DrainTimeout + StopBound : StopBound, _leaves).ConfigureAwait(false);
                ExitCode = child.ExitCode;
                return;
            }
        }
    }

    /// <summary>Starts the process. When not even the first can be started, that is said, and no other is tried; null then.</summary>
    private async Task<ChildProcess?> StartAsync(long incarnation, string? previousEnd, RestartBackOff backOff)
    {
        while (true)
        {
            try
            {
                var program = ProgramFinder.Find("Worker", "actorcompute-worker", Arguments());
                ChildCultures.Decide(program, wanted: !_options.BuiltInOnly);
                return ChildProcess.Start(
                    program,
                    new() { Secret = _secret.Text, Tls = _tls, WorkerId = Id, Incarnation = incarnation, PreviousEnd = previousEnd, TrustsCaller = true },
                    line => _output(Name, line),
                    line => Say($"worker {Name}: {line}"));
            }
            catch (ProgramMissingException e)
            {
                if (incarnation == 1)
                {
                    _onFailed(e);
                    return null;
                }

                Say($"worker {Name}: {e.Message}");
                if (await Task.WhenAny(Task.Delay(backOff.Next(TimeSpan.Zero)), Task.Delay(Timeout.Infinite, _stopping.Token)).ConfigureAwait(false) is { IsCanceled: true }) return null;
            }
        }
    }

    private string[] Arguments() =>
    [
        "node", ParentPipe.Flag, "--name", Name,
        "--slots", _options.Slots.ToString(CultureInfo.InvariantCulture),
        "--io-limit", _options.IoLimit.ToString(CultureInfo.InvariantCulture),
        .. _options.MaxTasksPerWorker is { } most ? ["--max-tasks", most.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
        .. _options.MemoryLimit is { } limit ? ["--memory-limit", limit.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
        .. _options.Plugins.SelectMany(folder => new[] { "--plugins", folder }),
        "--drain-timeout", string.Create(CultureInfo.InvariantCulture, $"{_options.DrainTimeout.TotalMilliseconds:F0}ms"),
        .. _options.BuiltInOnly ? ["--built-in-only"] : Array.Empty<string>(),
        .. _options.AllowCrashes ? ["--allow-crashes"] : Array.Empty<string>(),
    ];

    /// <summary>Tells a person, but not of what a process says while it stops.</summary>
    private void Say(string text)
    {
        if (!_stopping.IsCancellationRequested) _notice(text);
    }
}
