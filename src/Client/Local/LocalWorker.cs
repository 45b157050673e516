using System.Globalization;
using ActorCompute.Client.Local;
using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Registry;

namespace ActorCompute;

/// <summary>A worker of a local cluster: a process of its own, started again whenever it ends, until it is removed.</summary>
/// <remarks>All members may be used from any thread.</remarks>
public sealed class LocalWorker : IKeptChild
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
    private readonly ChildKeeper _keeper;
    private readonly Task _kept;
    private volatile bool _stopping;

    internal LocalWorker(
        int number, LocalClusterOptions options, ClusterSecret secret, TlsCertificate? tls, Task<HostEndpoint> seed, Action<string> notice, Action<string, string> output, Action<WorkerEnded> onEnd, Action<Exception> onFailed)
    {
        (_options, _secret, _tls, _seed, _notice, _output, _onEnd, _onFailed) = (options, secret, tls, seed, notice, output, onEnd, onFailed);
        Name = number.ToString(CultureInfo.InvariantCulture);
        Id = string.Create(CultureInfo.InvariantCulture, $"local-{Environment.ProcessId}-{number}");
        _keeper = new(this, new());
        _kept = Task.Run(KeepAsync);
    }

    /// <summary>What the cluster knows it by, over all its processes.</summary>
    public string Id { get; }

    /// <summary>Its short name, from 1.</summary>
    public string Name { get; }

    /// <summary>Its process now: another after it ended and was started again; 0 before the first.</summary>
    public int ProcessId => _keeper.Child?.Id ?? 0;

    /// <summary>It was removed, and its process has ended.</summary>
    public bool HasExited => _kept.IsCompleted;

    /// <summary>How its last process to end did; a signal N as 128 + N. Null while none has.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Ends when it was removed and its process has ended.</summary>
    public Task WaitForExitAsync(CancellationToken cancellation = default) => _kept.WaitAsync(cancellation);

    /// <summary>What its process said last; null if nothing.</summary>
    internal string? LastWords => _keeper.Child?.LastWords;

    /// <summary>Ends it for good.</summary>
    /// <param name="leave">It leaves the cluster in order first; for one whose cluster goes on.</param>
    internal Task StopAsync(bool leave)
    {
        _stopping = true;
        _keeper.Stop(leave, leave ? _options.DrainTimeout + StopBound : StopBound);
        return _kept;
    }

    ChildProcess IKeptChild.Start(long incarnation, string? previousEnd)
    {
        var program = ProgramFinder.Find("Worker", "actorcompute-worker", "node", Name);
        ChildCultures.Decide(program, wanted: !_options.BuiltInOnly);
        return ChildProcess.Start(
            program,
            new() { Secret = _secret.Text, Tls = _tls, Node = new() { WorkerId = Id, Incarnation = incarnation, PreviousEnd = previousEnd, TrustsCaller = true, Settings = _options.OfWorker(Name) } },
            line => _output(Name, line),
            line => Say($"worker {Name}: {line}"));
    }

    async Task IKeptChild.IntroduceAsync(ChildProcess child)
    {
        await ((Task)_seed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Without a seed there is nothing to work for; whoever starts the cluster says why.
        if (!_seed.IsCompletedSuccessfully) _keeper.Stop(inOrder: false, StopBound);
        else if (!child.Exited.IsCompleted) child.SendSeeds((await _seed.ConfigureAwait(false)).ToString());
    }

    void IKeptChild.Ended(long incarnation, ChildProcess child)
    {
        ExitCode = child.ExitCode;
        _onEnd(new(new(new(Id), incarnation), child.DescribeEnd()));
    }

    void IKeptChild.Restarts(ChildProcess child, TimeSpan pause) => Say($"worker {Name} {child.DescribeEnd()}; it is started again");

    void IKeptChild.CannotStart(string reason) => Say($"worker {Name}: {reason}");

    private async Task KeepAsync()
    {
        try
        {
            var outcome = await _keeper.RunAsync().ConfigureAwait(false);
            ExitCode = _keeper.Child?.ExitCode;
            if (outcome == KeeperOutcome.Refused) _onFailed(new InputException($"worker {Name} {_keeper.Child!.DescribeEnd()}"));
        }
        catch (ProgramMissingException e)
        {
            _onFailed(e);
        }
    }

    /// <summary>Tells a person, but not of what a process says while it stops.</summary>
    private void Say(string text)
    {
        if (!_stopping) _notice(text);
    }
}
