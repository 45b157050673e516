namespace Akka.Actor;

/// <summary>Drops what it is told, not even as dead letters.</summary>
internal sealed class IgnoreActorRef(IActorRefProvider provider, ActorPath root) : MinimalActorRef
{
    public override ActorPath Path { get; } = root / "ignore";

    public override IActorRefProvider Provider => provider;
}
