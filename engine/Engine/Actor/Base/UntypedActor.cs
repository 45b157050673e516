namespace Akka.Actor;

/// <summary>An actor with one method for all messages; it calls <c>Unhandled</c> for those it does not know.</summary>
public abstract class UntypedActor : ActorBase
{
    protected UntypedActor()
    {
    }

    protected static new IUntypedActorContext Context => ActiveCell;

    protected abstract void OnReceive(object message);

    protected override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    protected void Become(UntypedReceive receive) => Context.Become(receive);

    protected void BecomeStacked(UntypedReceive receive) => Context.BecomeStacked(receive);

    /// <summary>Runs on this turn; an exception fails the actor.</summary>
    protected void RunTask(Action action) => RunTask(() =>
    {
        action();
        return Task.CompletedTask;
    });

    /// <summary>Runs asynchronously and holds the mailbox until it is done; an exception fails the actor.</summary>
    protected void RunTask(Func<Task> action) => ActiveCell.RunTask(action);
}
