using System.Diagnostics;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <remarks>
/// A failing actor suspends itself and its children and tells its parent, who answers with Resume, Recreate (restart) or
/// Terminate. Until then it handles no user message. Every Suspend is matched by one Resume or by the restart, so the
/// count in the mailbox comes back to zero exactly when nobody holds the actor any more.
/// </remarks>
internal partial class ActorCell
{
    // Who is to blame for the failure this actor waits to be judged for: itself, or the child whose failure it escalated.
    private IActorRef _perpetrator;

    // Set while a child's failure is being judged: escalating it blames the child.
    private IActorRef _judging;

    private bool IsFailed => _perpetrator is not null;

    private void HandleInvokeFailure(Exception failure)
    {
        // A second failure before the parent has decided on the first changes nothing.
        if (IsFailed)
            return;
        try
        {
            Mailbox.Suspend();
            _perpetrator = _judging ?? Self;
            SuspendChildren(except: _judging);
            ParentRef.SendSystemMessage(new Failed(Self, failure, Self.Path.Uid));
        }
        catch (Exception emergency)
        {
            Publish(new Error(emergency, Self.Path.ToString(), ActorType, $"Emergency stop: exception in failure handling for {failure.GetType()}: {failure.Message}"));
            try
            {
                foreach (var child in _children.Refs())
                    child.Stop();
            }
            finally
            {
                FinishTerminate();
            }
        }
    }

    private void HandleChildFailed(Failed failed)
    {
        if (_children.Find(failed.Child) is not { } stats || stats.Uid != failed.Uid)
            return;
        var (message, sender) = (_message, _sender);
        _judging = failed.Child;
        _message = failed;
        _sender = failed.Child;
        try
        {
            if (!SupervisorStrategy.HandleFailure(this, stats, failed.Cause, _children.All()))
                HandleInvokeFailure(failed.Cause);
        }
        catch (Exception failure)
        {
            HandleInvokeFailure(failure);
        }
        finally
        {
            _judging = null;
            _message = message;
            _sender = sender;
        }
    }

    private SupervisorStrategy SupervisorStrategy => _actor?.ActiveStrategy ?? SupervisorStrategy.DefaultStrategy;

    private void FaultSuspend()
    {
        Mailbox.Suspend();
        SuspendChildren();
    }

    private void FaultResume(Exception causedByFailure)
    {
        if (_actor is null)
        {
            // It failed in the making, and Resume is the answer to that: make it anew.
            FaultCreate();
        }
        else
        {
            var perpetrator = _perpetrator;
            Mailbox.Resume();
            // Only the resume that answers the failure ends it; others undo a Suspend from above.
            if (causedByFailure is not null)
                ClearFailed();
            ResumeChildren(causedByFailure, perpetrator);
        }
    }

    private void FaultRecreate(Exception cause)
    {
        if (_actor is null)
        {
            FaultCreate();
            return;
        }
        AbandonOperations();
        try
        {
            _actor.AroundPreRestart(cause, _message is ISystemMessage ? null : _message);
        }
        catch (Exception failure)
        {
            Publish(new Error(failure, Self.Path.ToString(), ActorType, $"Exception in PreRestart: {failure.Message}"));
        }
        finally
        {
            _message = null;
            _sender = null;
        }
        ClearInstance();
        if (!_children.WaitForStopping(WaitingFor.Recreation, cause))
            FinishRecreate(cause);
    }

    private void FinishRecreate(Exception cause)
    {
        var survivors = _children.Refs();
        // First: what the new instance makes in its constructor must not start out suspended.
        Mailbox.Resume();
        ClearFailed();
        try
        {
            NewActor();
            _actor.AroundPostRestart(cause, null);
            CheckReceiveTimeout();
            foreach (var child in survivors)
                child.Restart(cause);
        }
        catch (Exception failure)
        {
            ClearInstance();
            HandleInvokeFailure(new PostRestartException(Self, failure, cause));
        }
    }

    /// <summary>Tries again to make the instance that could not be made; what it had of children goes first.</summary>
    private void FaultCreate()
    {
        CancelReceiveTimeout();
        foreach (var child in _children.Refs())
            Stop(child);
        if (!_children.WaitForStopping(WaitingFor.Creation))
            FinishCreate();
    }

    private void FinishCreate()
    {
        Mailbox.Resume();
        ClearFailed();
        try
        {
            CreateActor();
        }
        catch (Exception failure)
        {
            HandleInvokeFailure(failure);
        }
    }

    private void ClearFailed() => _perpetrator = null;

    internal static long MonotonicMilliseconds => Stopwatch.GetTimestamp() * 1000 / Stopwatch.Frequency;
}
