using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

internal partial class ActorCell
{
    private List<ISystemMessage> _systemStash;
    private ActorStash _stash;
    private TimerScheduler _timers;

    /// <summary>How often the actor is suspended for failure, its own or one above it; asynchronous handlers do not count.</summary>
    private int FaultSuspendCount => Mailbox.SuspendCount - _running.Count;

    /// <summary>Takes one system message, on the mailbox's turn. Never throws.</summary>
    public void SystemInvoke(ISystemMessage message)
    {
        if (ShouldStash(message))
        {
            (_systemStash ??= []).Add(message);
            return;
        }
        HandleSystem(message);
        // What had to wait may be due now; each of these may change that again.
        while (_systemStash is { Count: > 0 } && _systemStash.FindIndex(waiting => !ShouldStash(waiting)) is >= 0 and var index)
        {
            var next = _systemStash[index];
            _systemStash.RemoveAt(index);
            if (Mailbox.IsClosed)
                ToDeadLetters(next);
            else
                HandleSystem(next);
        }
    }

    private bool ShouldStash(ISystemMessage message) => message switch
    {
        IStashWhenWaitingForChildren when _children.IsWaitingToRecreate => true,
        IStashWhenFailed => FaultSuspendCount > 0,
        _ => false,
    };

    private void HandleSystem(ISystemMessage message)
    {
        try
        {
            switch (message)
            {
                case Create:
                    CreateActor();
                    break;
                case Watch watch:
                    AddWatcher(watch);
                    break;
                case Unwatch unwatch:
                    RemoveWatcher(unwatch);
                    break;
                case DeathWatchNotification notification:
                    WatchedActorTerminated(notification);
                    break;
                case Failed failed:
                    HandleChildFailed(failed);
                    break;
                case RunActorTask run:
                    RunPiece(run);
                    break;
                case ActorTaskDone done:
                    FinishOperation(done.Operation);
                    break;
                case Suspend:
                    FaultSuspend();
                    break;
                case Resume resume:
                    FaultResume(resume.CausedByFailure);
                    break;
                case Recreate recreate:
                    FaultRecreate(recreate.Cause);
                    break;
                case Terminate:
                    TerminateActor();
                    break;
            }
        }
        catch (Exception failure)
        {
            HandleInvokeFailure(failure);
        }
    }

    private void CreateActor()
    {
        try
        {
            NewActor();
            _actor.AroundPreStart();
            CheckReceiveTimeout();
        }
        catch (Exception failure)
        {
            ClearInstance();
            throw failure as ActorInitializationException
                ?? new ActorInitializationException(Self, "Exception during creation", failure);
        }
    }

    private void NewActor()
    {
        _behavior = null;
        _behaviorsBelow = null;
        // The constructor of ActorBase takes its cell from here.
        Creating = true;
        try
        {
            var actor = Props.NewActor();
            _actor = actor;
            actor.Constructed();
            if (actor is IActorStash stashing)
                stashing.Stash = _stash = new ActorStash(this);
            if (actor is IWithTimers timed)
                timed.Timers = _timers = new TimerScheduler(this);
        }
        finally
        {
            Creating = false;
        }
    }

    /// <summary>True until the constructor of ActorBase has run: the only time it may run in this cell.</summary>
    internal bool Creating { get; set; }

    private void ClearInstance()
    {
        _timers?.CancelAll();
        _timers = null;
        _stash?.ReturnAll();
        _stash = null;
        _actor = null;
    }

    private void TerminateActor()
    {
        SetReceiveTimeout(null);
        _timers?.CancelAll();
        AbandonOperations();
        foreach (var child in _children.Refs())
            Stop(child);
        var alreadyTerminating = _children.IsTerminating;
        if (!_children.WaitForStopping(WaitingFor.Termination))
        {
            FinishTerminate();
        }
        else if (!alreadyTerminating)
        {
            // No user message is handled while the children stop; PostStop comes after theirs.
            Mailbox.Suspend();
            _perpetrator = Self;
        }
    }

    private void FinishTerminate()
    {
        try
        {
            _actor?.AroundPostStop();
        }
        catch (Exception failure)
        {
            Publish(new Error(failure, Self.Path.ToString(), ActorType, failure.Message));
        }
        ClearInstance();
        // Before the mailbox closes, for a dead subscriber would turn every event into a dead letter; and after, for who
        // subscribes it at this moment looks whether it is closed once the mark is set: one of the two sees the other.
        Unsubscribe();
        Mailbox.Close();
        Unsubscribe();
        Dispatcher.Detach();
        ParentRef.SendSystemMessage(new DeathWatchNotification(Self, ExistenceConfirmed: true, AddressTerminated: false));
        TellWatchersWeDied();
        UnwatchAll();
        _systemStash = null;
        _message = null;
        _sender = null;
    }

    private void Unsubscribe()
    {
        if (Self.HasSubscriptions)
            SystemImpl.EventStream.Unsubscribe(Self);
    }

    private Type ActorType => _actor?.GetType() ?? Props.Type;

    /// <summary>A failure to publish must not keep an actor from stopping.</summary>
    private void Publish(LogEvent logEvent)
    {
        try
        {
            SystemImpl.EventStream.Publish(logEvent);
        }
        catch (Exception failure)
        {
            Console.Error.WriteLine($"Could not publish {logEvent}: {failure}");
        }
    }
}
