namespace Akka.Actor;

/// <summary>The root of a system's actors.</summary>
public sealed class RootActorPath : ActorPath
{
    public RootActorPath(Address address, string name = "")
        : base(address, name)
    {
    }
}
