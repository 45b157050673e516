namespace ActorCompute.Scheduling;

/// <summary>
/// The life of one child process over its incarnations: when it is started, started again, and no more. Pure: events go in,
/// instructions come out.
/// </summary>
/// <remarks>
/// At most one child at a time; incarnations rise by one with each child that ran; after <see cref="KeeperInstruction.Finish"/>
/// nothing follows.
/// </remarks>
internal sealed class KeeperCore(KeeperOptions options)
{
    private readonly RestartBackOff _backOff = new();
    private State _state = State.Idle;
    private long _incarnation = 1;
    private string? _previousEnd;
    private TimeSpan _startedAt;
    private KeeperEvent.StopRequested? _stop;

    private enum State
    {
        Idle,
        Starting,
        Running,
        Pausing,
        Stopping,
        Finished,
    }

    /// <summary>Takes in what happened.</summary>
    /// <returns>What to do about it.</returns>
    public IReadOnlyList<KeeperInstruction> Handle(KeeperEvent happened) => (happened, _state) switch
    {
        (KeeperEvent.Wanted, State.Idle) => Start(),
        (KeeperEvent.Started started, State.Starting) => OnStarted(started.At),
        (KeeperEvent.StartFailed failed, State.Starting) => OnStartFailed(failed.Reason),
        (KeeperEvent.Ended ended, State.Running) => OnEnded(ended.End, ended.At),
        (KeeperEvent.Ended, State.Stopping) => Finish(KeeperOutcome.Stopped),
        (KeeperEvent.PauseOver, State.Pausing) => Start(),
        (KeeperEvent.StopRequested stop, _) => OnStop(stop),
        // What comes late: a pause that was given up, or whatever else after the end.
        _ => [],
    };

    private KeeperInstruction[] Start()
    {
        _state = State.Starting;
        return [new KeeperInstruction.Start(_incarnation, _previousEnd)];
    }

    private KeeperInstruction[] OnStarted(TimeSpan at)
    {
        (_state, _startedAt) = (State.Running, at);
        return _stop is null ? [] : Stop(_stop);
    }

    private KeeperInstruction[] OnStartFailed(string reason)
    {
        if (_stop is not null) return Finish(KeeperOutcome.Stopped);
        if (_incarnation == 1) return Finish(KeeperOutcome.CannotStart);
        return [new KeeperInstruction.TellStartFailed(reason), Pause(TimeSpan.Zero)];
    }

    private KeeperInstruction[] OnEnded(ChildEnd end, TimeSpan at)
    {
        var tellEnd = new KeeperInstruction.TellEnd(_incarnation, end);
        if (OutcomeOf(end) is { } outcome) return [tellEnd, .. Finish(outcome)];
        (_previousEnd, _incarnation) = (end.Text, _incarnation + 1);
        // It had done its share of tasks, or grown to its limit: as agreed, and no news.
        if (end.Plan == PlannedEnd.Replaced) return [tellEnd, .. Start()];
        var pause = Pause(at - _startedAt);
        return [tellEnd, new KeeperInstruction.TellRestart(end, pause.Length), pause];
    }

    private KeeperOutcome? OutcomeOf(ChildEnd end)
    {
        if (_incarnation == 1 && !end.HasServed) return KeeperOutcome.NeverServed;
        if (end.Plan == PlannedEnd.Drained) return KeeperOutcome.Drained;
        if (end.Plan == PlannedEnd.Refused && (_incarnation == 1 || options.LaterRefusalIsFinal)) return KeeperOutcome.Refused;
        return end.Status == 0 && options.SuccessIsFinal ? KeeperOutcome.ChildStopped : null;
    }

    private KeeperInstruction[] OnStop(KeeperEvent.StopRequested stop)
    {
        // The first request stands.
        if (_stop is not null) return [];
        _stop = stop;
        return _state switch
        {
            // Stopped as soon as it runs.
            State.Starting => [],
            State.Running => Stop(stop),
            State.Finished => [],
            _ => Finish(KeeperOutcome.Stopped),
        };
    }

    private KeeperInstruction[] Stop(KeeperEvent.StopRequested stop)
    {
        _state = State.Stopping;
        return [new KeeperInstruction.Stop(stop.InOrder, stop.Bound)];
    }

    private KeeperInstruction.Pause Pause(TimeSpan lived)
    {
        _state = State.Pausing;
        return new(_backOff.Next(lived));
    }

    private KeeperInstruction[] Finish(KeeperOutcome outcome)
    {
        _state = State.Finished;
        return [new KeeperInstruction.Finish(outcome)];
    }
}
