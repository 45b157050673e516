using System.Text.Json;

namespace ActorCompute;

/// <summary>One JSON writer for each thread: small values are written by the million, and a new writer costs more than the value.</summary>
internal static class JsonWriters
{
    [ThreadStatic]
    private static Utf8JsonWriter? _spare;

    /// <summary>A writer to an output. One that is not returned, since what was written threw, is only not used again.</summary>
    public static Utf8JsonWriter Take(IBufferWriter<byte> output)
    {
        if (_spare is not { } writer) return new(output);
        // A converter may write with a codec of ours while this one is in use.
        _spare = null;
        writer.Reset(output);
        return writer;
    }

    public static void Return(Utf8JsonWriter writer)
    {
        writer.Flush();
        // It holds on to no output.
        writer.Reset(NoOutput.Instance);
        _spare = writer;
    }

    private sealed class NoOutput : IBufferWriter<byte>
    {
        public static NoOutput Instance { get; } = new();

        public void Advance(int count) => throw new NotSupportedException();

        public Memory<byte> GetMemory(int sizeHint) => throw new NotSupportedException();

        public Span<byte> GetSpan(int sizeHint) => throw new NotSupportedException();
    }
}
