namespace Akka.Actor;

/// <summary>
/// An actor: handles one message at a time, keeps its state to itself. Made by <c>ActorOf</c> only. Lifecycle:
/// constructor, <see cref="PreStart"/>, messages, <see cref="PostStop"/>; on a restart <see cref="PreRestart"/> of the
/// old instance, constructor and <see cref="PostRestart"/> of the new one.
/// </summary>
public abstract class ActorBase : IInternalActor
{
    private readonly ActorCell _cell;
    private readonly Receive _initialBehavior;
    private SupervisorStrategy _strategy;

    protected ActorBase()
    {
        _cell = ActorCell.Current;
        if (_cell is not { Creating: true })
        {
            throw new ActorInitializationException(
                $"An instance of [{GetType()}] cannot be made with its constructor. Use Props and ActorOf of a system or context.");
        }
        _cell.Creating = false;
        _initialBehavior = InitialReceive;
        _cell.Become(_initialBehavior);
    }

    /// <summary>Whoever's turn it is on this thread.</summary>
    protected static IActorContext Context => ActiveCell;

    protected static Receive EmptyReceive { get; } = _ => false;

    protected IActorRef Self => _cell.Self;

    protected IActorRef Sender => ActiveCell.Sender;

    IActorContext IInternalActor.ActorContext => _cell;

    internal static ActorCell ActiveCell => ActorCell.Current
        ?? throw new NotSupportedException("There is no active ActorContext; this is most likely due to use of async operations from within this actor.");

    internal Receive InitialBehavior => _initialBehavior;

    /// <summary>The strategy of the props, or else what the actor says; asked once.</summary>
    internal SupervisorStrategy ActiveStrategy => _strategy ??= _cell.Props.Strategy ?? SupervisorStrategy();

    internal ActorCell Cell => _cell;

    /// <summary>All constructors have run.</summary>
    internal virtual void Constructed()
    {
    }

    internal virtual bool InitialReceive(object message) => Receive(message);

    /// <summary>Handles a message; false leaves it to <see cref="Unhandled"/>.</summary>
    protected abstract bool Receive(object message);

    protected virtual bool AroundReceive(Receive receive, object message)
    {
        if (receive(message))
            return true;
        Unhandled(message);
        return false;
    }

    /// <summary>For the cell, which may not call what is protected.</summary>
    internal bool InvokeAroundReceive(Receive receive, object message) => AroundReceive(receive, message);

    /// <summary>Publishes the message as <see cref="Event.UnhandledMessage"/>; for <see cref="Terminated"/> throws <see cref="DeathPactException"/>.</summary>
    protected virtual void Unhandled(object message) => _cell.Unhandled(message);

    protected void Become(Receive receive) => ActiveCell.Become(receive);

    protected void BecomeStacked(Receive receive) => ActiveCell.BecomeStacked(receive);

    protected void UnbecomeStacked() => ActiveCell.UnbecomeStacked();

    /// <summary>Asks for <see cref="ReceiveTimeout"/> after that long without messages, again and again; null ends it.</summary>
    protected void SetReceiveTimeout(TimeSpan? timeout) => ActiveCell.SetReceiveTimeout(timeout);

    /// <summary>How this actor judges the failures of its children.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.DefaultStrategy;

    protected virtual void PreStart()
    {
    }

    protected virtual void PostStop()
    {
    }

    /// <summary>Before the failed instance goes. Unless overridden: stops all children, then <see cref="PostStop"/>.</summary>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in Context.GetChildren())
        {
            Context.Unwatch(child);
            Context.Stop(child);
        }
        PostStop();
    }

    /// <summary>After the new instance was made. Unless overridden: <see cref="PreStart"/>.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    public virtual void AroundPreStart() => PreStart();

    public virtual void AroundPostStop() => PostStop();

    public virtual void AroundPreRestart(Exception cause, object message) => PreRestart(cause, message);

    public virtual void AroundPostRestart(Exception cause, object message) => PostRestart(cause);
}
