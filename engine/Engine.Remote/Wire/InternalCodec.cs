namespace Akka.Remote.Wire;

/// <summary>Hand-written bytes for messages of the engine itself. Reading checks everything; nothing is made by type name.</summary>
internal abstract class InternalCodec
{
    /// <summary>The serializer number that its payloads travel under.</summary>
    public abstract int Identifier { get; }

    public abstract bool CanWrite(object message);

    public abstract void Write(WireWriter writer, object message);

    public abstract object Read(ReadOnlySpan<byte> payload);
}
