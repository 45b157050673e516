namespace ActorCompute.Remoting.Transport;

/// <summary>
/// Takes the bytes of one handshake frame at a time, and never one more: what follows a handshake stays in the socket for whoever
/// reads frames.
/// </summary>
internal sealed class HandshakeBuffer
{
    private readonly byte[] _bytes = new byte[HandshakeFrame.MaxLength];
    private int _length;

    /// <summary>Where the next bytes go; as many are still missing of the header, or of the body.</summary>
    public Memory<byte> Missing => _bytes.AsMemory(_length, End - _length);

    /// <summary>The frame, when nothing is missing.</summary>
    public ReadOnlySpan<byte> Frame => _bytes.AsSpan(0, _length);

    public bool IsComplete => _length >= HandshakeFrame.HeaderLength && _length == End;

    /// <summary>Counts bytes that were put into <see cref="Missing"/>.</summary>
    /// <returns>What is wrong with them, if anything is.</returns>
    public Refusal? Add(int count)
    {
        var hadHeader = _length >= HandshakeFrame.HeaderLength;
        _length += count;
        return hadHeader ? null : HandshakeFrame.CheckHeader(_bytes.AsSpan(0, Math.Min(_length, HandshakeFrame.HeaderLength)));
    }

    /// <summary>Ready for the next frame.</summary>
    public void Clear() => _length = 0;

    private int End => _length < HandshakeFrame.HeaderLength ? HandshakeFrame.HeaderLength : HandshakeFrame.HeaderLength + HandshakeFrame.BodyLength(_bytes);
}
