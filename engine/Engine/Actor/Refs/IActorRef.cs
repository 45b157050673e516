using Akka.Util;

namespace Akka.Actor;

/// <summary>A handle to an actor, here or on another node. Equal when path and uid are.</summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, ISurrogated, IComparable
{
    ActorPath Path { get; }
}
