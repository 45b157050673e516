namespace ActorCompute;

/// <summary>Writes and reads values of a type. Reading meets bytes from outside: it throws, it never guesses.</summary>
public interface ICodec<T>
{
    /// <summary>Writes a value.</summary>
    void Write(T value, IBufferWriter<byte> output);

    /// <summary>Reads a value back from all of the bytes.</summary>
    /// <exception cref="FormatException">The bytes are not such a value.</exception>
    T Read(ReadOnlySpan<byte> bytes);
}

/// <summary>Helpers over codecs.</summary>
public static class CodecExtensions
{
    /// <summary>Writes a value into an array of its own.</summary>
    public static byte[] ToBytes<T>(this ICodec<T> codec, T value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        codec.Write(value, buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
