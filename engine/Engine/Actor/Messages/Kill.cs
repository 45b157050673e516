namespace Akka.Actor;

/// <summary>Makes the actor fail with <see cref="ActorKilledException"/> when it comes to this message.</summary>
public sealed class Kill : IAutoReceivedMessage
{
    private Kill()
    {
    }

    public static Kill Instance { get; } = new();

    public override string ToString() => "<Kill>";
}
