namespace Akka.Actor;

/// <summary>Makes and finds references.</summary>
public interface IActorRefProvider
{
    IInternalActorRef RootGuardian { get; }

    IActorRef DeadLetters { get; }

    IActorRef IgnoreRef { get; }

    ActorPath RootPath { get; }

    /// <summary>How this system is addressed: without a host unless it takes part in remoting.</summary>
    Address DefaultAddress { get; }

    IInternalActorRef TempContainer { get; }

    Task TerminationTask { get; }

    /// <summary>A new path below <see cref="TempContainer"/>.</summary>
    ActorPath TempPath();

    void RegisterTempActor(IInternalActorRef actorRef, ActorPath path);

    void UnregisterTempActor(ActorPath path);

    IActorRef RootGuardianAt(Address address);

    /// <summary>The reference a path means. Never null; it may lead to dead letters.</summary>
    IActorRef ResolveActorRef(string path);

    IActorRef ResolveActorRef(ActorPath actorPath);

    /// <summary>This system's address as the other one would use it; null when that one cannot be reached.</summary>
    Address GetExternalAddressFor(Address address);
}
