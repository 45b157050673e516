using System.Globalization;
using ActorCompute.Hosting;
using ActorCompute.Messages;
using ActorCompute.Registry;

namespace ActorCompute.Client.Local;

/// <summary>The seed of a local cluster as a process: started again at the same address when it dies, so that workers and clients find it.</summary>
internal sealed class SeedProcess : ILocalSeed
{
    private const string ListeningPrefix = "listening ";
    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(3);

    private readonly ClusterSecret _secret;
    private readonly TlsCertificate? _tls;
    private readonly Action<string> _notice;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<HostEndpoint> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _toldToStop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _kept;
    private volatile ChildProcess _child;

    public SeedProcess(int port, ClusterSecret secret, TlsCertificate? tls, Action<string> notice)
    {
        (_secret, _tls, _notice) = (secret, tls, notice);
        // Started here and not by the keeper: it is what all others wait for.
        _child = Start(port);
        _kept = KeepAsync();
    }

    public Task<HostEndpoint> Started => _started.Task;

    public Task<SeedNode>? Inside => null;

    public Task ToldToStop => _toldToStop.Task;

    public string? LastWords => _child.LastWords;

    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _started.TrySetCanceled();
        await _kept.ConfigureAwait(false);
    }

    private async Task KeepAsync()
    {
        var backOff = new RestartBackOff();
        while (true)
        {
            var startedAt = TimeProvider.System.GetTimestamp();
            using var child = _child;
            try
            {
                await child.Exited.WaitAsync(_stopping.Token).ConfigureAwait(false);
                if (!_started.Task.IsCompletedSuccessfully)
                {
                    // It never was there: another try would end the same way.
                    _started.TrySetException(new ClusterUnavailableException($"the seed {child.DescribeEnd()}"));
                    return;
                }

                if (child.ExitCode == ExitCodes.Success)
                {
                    _toldToStop.TrySetResult();
                    return;
                }

                _notice($"the seed {child.DescribeEnd()}; it is started again, running jobs go on");
                await Task.Delay(backOff.Next(TimeProvider.System.GetElapsedTime(startedAt)), _stopping.Token).ConfigureAwait(false);
                _child = Start((await _started.Task.ConfigureAwait(false)).Port);
            }
            catch (ProgramMissingException e)
            {
                // The one that has ended is looked at again, after a longer pause.
                _notice($"the seed: {e.Message}");
            }
            catch (OperationCanceledException)
            {
                if (!child.Exited.IsCompleted) await child.StopAsync(StopBound, leave: false).ConfigureAwait(false);
                return;
            }
        }
    }

    private ChildProcess Start(int port) => ChildProcess.Start(
        ProgramFinder.Find("Seed", "actorcompute-seed", ParentPipe.Flag, "--port", port.ToString(CultureInfo.InvariantCulture)),
        new() { Secret = _secret.Text, Tls = _tls },
        OnOutput,
        line => Say($"seed: {line}"));

    private void OnOutput(string line)
    {
        if (line.StartsWith(ListeningPrefix, StringComparison.Ordinal)) _started.TrySetResult(HostEndpoint.Parse(line[ListeningPrefix.Length..]));
    }

    /// <summary>Tells a person, but not of what a process says while it stops.</summary>
    private void Say(string text)
    {
        if (!_stopping.IsCancellationRequested) _notice(text);
    }
}
