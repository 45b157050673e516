using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Registry;

namespace ActorCompute.Client.Local;

/// <summary>The seed of a local cluster as a process: started again at the same address when it dies, so that workers and clients find it.</summary>
internal sealed class SeedProcess : ILocalSeed, IKeptChild
{
    private const string ListeningPrefix = "listening ";
    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(3);

    private readonly ClusterSecret _secret;
    private readonly TlsCertificate? _tls;
    private readonly Action<string> _notice;
    private readonly TaskCompletionSource<HostEndpoint> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _toldToStop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _port;
    private readonly ChildKeeper _keeper;
    private readonly Task _kept;
    private volatile bool _stopping;

    public SeedProcess(int port, ClusterSecret secret, TlsCertificate? tls, Action<string> notice)
    {
        (_port, _secret, _tls, _notice) = (port, secret, tls, notice);
        _keeper = new(this, new() { SuccessIsFinal = true });
        // Not on another thread: it is what all others wait for.
        _kept = KeepAsync();
    }

    public Task<HostEndpoint> Started => _started.Task;

    public Task<SeedNode>? Inside => null;

    public Task ToldToStop => _toldToStop.Task;

    public string? LastWords => _keeper.Child?.LastWords;

    bool IKeptChild.HasServed => _started.Task.IsCompletedSuccessfully;

    public async Task StopAsync()
    {
        _stopping = true;
        _keeper.Stop(inOrder: false, StopBound);
        _started.TrySetCanceled();
        await _kept.ConfigureAwait(false);
    }

    ChildProcess IKeptChild.Start(long incarnation, string? previousEnd)
    {
        // Again where the first one listened, so that all find it.
        var port = _started.Task is { IsCompletedSuccessfully: true, Result.Port: var known } ? known : _port;
        return ChildProcess.Start(
            ProgramFinder.Find("Seed", "actorcompute-seed", ParentPipe.Flag),
            new() { Secret = _secret.Text, Tls = _tls, SeedPort = port },
            OnOutput,
            line => Say($"seed: {line}"));
    }

    void IKeptChild.Restarts(ChildProcess child, TimeSpan pause) => Say($"the seed {child.DescribeEnd()}; it is started again, running jobs go on");

    void IKeptChild.CannotStart(string reason) => Say($"the seed: {reason}");

    private async Task KeepAsync()
    {
        try
        {
            var outcome = await _keeper.RunAsync().ConfigureAwait(false);
            if (outcome == KeeperOutcome.NeverServed) _started.TrySetException(new ClusterUnavailableException($"the seed {_keeper.Child!.DescribeEnd()}"));
            if (outcome == KeeperOutcome.ChildStopped) _toldToStop.TrySetResult();
        }
        catch (ProgramMissingException e)
        {
            _started.TrySetException(e);
        }
    }

    private void OnOutput(string line)
    {
        if (line.StartsWith(ListeningPrefix, StringComparison.Ordinal)) _started.TrySetResult(HostEndpoint.Parse(line[ListeningPrefix.Length..]));
    }

    /// <summary>Tells a person, but not of what a process says while it stops.</summary>
    private void Say(string text)
    {
        if (!_stopping) _notice(text);
    }
}
