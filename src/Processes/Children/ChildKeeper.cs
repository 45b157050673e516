using System.Runtime.ExceptionServices;

namespace ActorCompute.Processes;

/// <summary>Runs a <see cref="KeeperCore"/> over child processes: starts one, waits for its end, and starts the next.</summary>
/// <param name="kept">The child.</param>
/// <param name="options">How it is kept.</param>
internal sealed class ChildKeeper(IKeptChild kept, KeeperOptions options)
{
    private readonly KeeperCore _core = new(options);
    private readonly TaskCompletionSource<KeeperEvent> _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _begunAt = TimeProvider.System.GetTimestamp();
    private volatile ChildProcess? _child;
    private ProgramMissingException? _missing;

    /// <summary>The process of now, or the last one; null before the first.</summary>
    public ChildProcess? Child => _child;

    private TimeSpan Now => TimeProvider.System.GetElapsedTime(_begunAt);

    /// <summary>Ends it for good; the first call stands.</summary>
    /// <param name="inOrder">It leaves the cluster first; for one whose cluster goes on without it.</param>
    /// <param name="bound">How long it may take before it is killed.</param>
    public void Stop(bool inOrder, TimeSpan bound) => _stop.TrySetResult(new KeeperEvent.StopRequested(inOrder, bound));

    /// <summary>Keeps it. The first is started before this returns.</summary>
    /// <returns>Why it is started no more; nothing runs then.</returns>
    /// <exception cref="ProgramMissingException">Not even the first can be started.</exception>
    public async Task<KeeperOutcome> RunAsync()
    {
        using var finished = new CancellationTokenSource();
        var pending = Task.FromResult<KeeperEvent>(new KeeperEvent.Wanted());
        var told = false;
        try
        {
            while (true)
            {
                if (!told) await Task.WhenAny(pending, _stop.Task).ConfigureAwait(false);
                // Before the end of the child, which may have got the same signal.
                var stops = !told && _stop.Task.IsCompleted;
                told |= stops;
                var happened = await (stops ? _stop.Task : pending).ConfigureAwait(false);
                if (happened is KeeperEvent.Started) pending = EndAsync(_child!);
                foreach (var instruction in _core.Handle(happened))
                {
                    switch (instruction)
                    {
                        case KeeperInstruction.Start start: pending = Task.FromResult(Start(start)); break;
                        case KeeperInstruction.Stop stop: pending = StopAsync(_child!, stop); break;
                        case KeeperInstruction.Pause pause: pending = PauseAsync(pause.Length, finished.Token); break;
                        case KeeperInstruction.TellEnd end: kept.Ended(end.Incarnation, _child!); break;
                        case KeeperInstruction.TellRestart restart: kept.Restarts(_child!, restart.After); break;
                        case KeeperInstruction.TellStartFailed failed: kept.CannotStart(failed.Reason); break;
                        case KeeperInstruction.Finish { Outcome: KeeperOutcome.CannotStart }: ExceptionDispatchInfo.Throw(_missing!); break;
                        case KeeperInstruction.Finish finish: return finish.Outcome;
                        default: throw new InvalidOperationException($"nobody carries out {instruction}.");
                    }
                }
            }
        }
        finally
        {
            await finished.CancelAsync().ConfigureAwait(false);
            _child?.Dispose();
        }
    }

    private KeeperEvent Start(KeeperInstruction.Start start)
    {
        try
        {
            var before = _child;
            _child = kept.Start(start.Incarnation, start.PreviousEnd);
            before?.Dispose();
            return new KeeperEvent.Started(Now);
        }
        catch (ProgramMissingException e)
        {
            _missing = e;
            return new KeeperEvent.StartFailed(e.Message);
        }
    }

    private async Task<KeeperEvent> EndAsync(ChildProcess child)
    {
        await kept.IntroduceAsync(child).ConfigureAwait(false);
        await child.Exited.ConfigureAwait(false);
        return EndOf(child);
    }

    private async Task<KeeperEvent> StopAsync(ChildProcess child, KeeperInstruction.Stop stop)
    {
        await child.StopAsync(stop.Bound, stop.InOrder).ConfigureAwait(false);
        return EndOf(child);
    }

    private static async Task<KeeperEvent> PauseAsync(TimeSpan length, CancellationToken finished)
    {
        await Task.Delay(length, finished).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new KeeperEvent.PauseOver();
    }

    private KeeperEvent.Ended EndOf(ChildProcess child) => new(new(child.PlannedEnd, child.ExitCode, child.DescribeEnd(), kept.HasServed), Now);
}
