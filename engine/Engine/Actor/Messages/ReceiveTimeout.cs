namespace Akka.Actor;

/// <summary>Nothing arrived for as long as the actor's receive time-out.</summary>
public class ReceiveTimeout : IPossiblyHarmful
{
    internal ReceiveTimeout()
    {
    }

    public static ReceiveTimeout Instance { get; } = new();
}
