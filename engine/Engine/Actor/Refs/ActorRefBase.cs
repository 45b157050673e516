using Akka.Util;

namespace Akka.Actor;

/// <summary>Identity of references: path and uid.</summary>
internal abstract class ActorRefBase : IActorRef
{
    public abstract ActorPath Path { get; }

    public void Tell(object message, IActorRef sender)
    {
        ArgumentNullException.ThrowIfNull(message);
        TellInternal(message, sender);
    }

    protected abstract void TellInternal(object message, IActorRef sender);

    public virtual ISurrogate ToSurrogate(ActorSystem system) => new HeldSurrogate(this);

    public bool Equals(IActorRef other) => ReferenceEquals(this, other) || ActorRefs.Same(this, other);

    public override bool Equals(object obj) => obj is IActorRef other && Equals(other);

    public override int GetHashCode() => ActorRefs.Hash(this);

    public int CompareTo(IActorRef other) => ActorRefs.Compare(this, other);

    int IComparable.CompareTo(object obj) => CompareTo((IActorRef)obj);

    public override string ToString() => ActorRefs.Format(this);
}
