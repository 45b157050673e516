namespace ActorCompute;

/// <summary>A truth value as one byte, 0 or 1.</summary>
public sealed class BooleanCodec : ICodec<bool>
{
    private BooleanCodec() { }

    /// <summary>The codec.</summary>
    public static BooleanCodec Instance { get; } = new();

    /// <inheritdoc/>
    public void Write(bool value, IBufferWriter<byte> output)
    {
        output.GetSpan(1)[0] = value ? (byte)1 : (byte)0;
        output.Advance(1);
    }

    /// <inheritdoc/>
    public bool Read(ReadOnlySpan<byte> bytes) => bytes is [0 or 1]
        ? bytes[0] == 1
        : throw new FormatException("a truth value is one byte, 0 or 1.");
}
