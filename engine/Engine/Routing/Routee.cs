using Akka.Actor;

namespace Akka.Routing;

/// <summary>Where a router sends messages to.</summary>
public class Routee
{
    public static readonly Routee NoRoutee = new();

    public static Routee FromActorRef(IActorRef actorRef) => new ActorRefRoutee(actorRef);

    public virtual void Send(object message, IActorRef sender)
    {
    }

    public virtual Task<object> Ask(object message, TimeSpan? timeout) =>
        Task.FromException<object>(new NotSupportedException("There is no routee to ask."));
}

/// <summary>A routee that is an actor.</summary>
public class ActorRefRoutee : Routee
{
    public ActorRefRoutee(IActorRef actor) => Actor = actor;

    public IActorRef Actor { get; }

    public override void Send(object message, IActorRef sender) => Actor.Tell(message, sender);

    public override Task<object> Ask(object message, TimeSpan? timeout) => Actor.Ask(message, timeout);

    public override bool Equals(object obj) => obj is ActorRefRoutee other && Equals(other);

    protected bool Equals(ActorRefRoutee other) => Equals(Actor, other.Actor);

    public override int GetHashCode() => Actor?.GetHashCode() ?? 0;
}

/// <summary>A routee that is a path: whichever actor is there.</summary>
internal sealed class ActorSelectionRoutee(ActorSelection selection) : Routee
{
    public ActorSelection Selection => selection;

    public override void Send(object message, IActorRef sender) => selection.Tell(message, sender);

    public override Task<object> Ask(object message, TimeSpan? timeout) => selection.Ask(message, timeout);

    public override bool Equals(object obj) => obj is ActorSelectionRoutee other && selection.Equals(other.Selection);

    public override int GetHashCode() => selection.GetHashCode();
}
