using Akka.Dispatch.SysMsg;
using Akka.Util;

namespace Akka.Actor;

/// <summary>The reference to no actor.</summary>
public sealed class Nobody : IInternalActorRef
{
    public static readonly Nobody Instance = new();

    private Nobody() => Path = new RootActorPath(Address.AllSystems) / "Nobody";

    public ActorPath Path { get; }

    public IActorRefProvider Provider => throw new NotSupportedException("Nobody belongs to no actor system.");

    public ISurrogate ToSurrogate(ActorSystem system) => new HeldSurrogate(this);

    IInternalActorRef IInternalActorRef.Parent => this;

    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> name) => this;

    void ICanTell.Tell(object message, IActorRef sender)
    {
    }

    void IInternalActorRef.Start()
    {
    }

    void IInternalActorRef.Stop()
    {
    }

    void IInternalActorRef.Suspend()
    {
    }

    void IInternalActorRef.Resume(Exception causedByFailure)
    {
    }

    void IInternalActorRef.Restart(Exception cause)
    {
    }

    void IInternalActorRef.SendSystemMessage(ISystemMessage message)
    {
    }

    bool IEquatable<IActorRef>.Equals(IActorRef other) => ReferenceEquals(this, other);

    int IComparable<IActorRef>.CompareTo(IActorRef other) => ActorRefs.Compare(this, other);

    int IComparable.CompareTo(object obj) => ActorRefs.Compare(this, (IActorRef)obj);
}
