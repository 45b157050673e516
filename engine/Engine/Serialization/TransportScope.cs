using Akka.Actor;

namespace Akka.Serialization;

/// <summary>For which system and address the current thread serializes; serializing never leaves its thread.</summary>
internal static class TransportScope
{
    [ThreadStatic]
    private static ExtendedActorSystem _system;

    [ThreadStatic]
    private static Address _address;

    public static ExtendedActorSystem System
    {
        get => _system;
        set => _system = value;
    }

    public static Address Address
    {
        get => _address;
        set => _address = value;
    }
}
