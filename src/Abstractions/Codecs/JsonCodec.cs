using System.Text.Json;

namespace ActorCompute;

/// <summary>Values as JSON: as <see cref="ValueCodec{T}"/> has them, but what may not be null is there. A value arrives as it was sent or is refused.</summary>
public sealed class JsonCodec<T> : ICodec<T>
{
    private JsonCodec() { }

    /// <summary>The codec.</summary>
    public static JsonCodec<T> Instance { get; } = new();

    /// <summary>Why values of this type cannot travel, and what to do, without a full stop; null if they can.</summary>
    internal static string? Refusal => ValueInspector.Of(typeof(T)).Refusal;

    /// <inheritdoc/>
    /// <exception cref="InputException">The value is more than its type says, and would arrive as something else.</exception>
    public void Write(T value, IBufferWriter<byte> output)
    {
        var writer = JsonWriters.Take(output);
        try
        {
            JsonSerializer.Serialize(writer, value, ValueJson.WithoutNulls);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw ValueRefusedException.Describe(typeof(T), e);
        }

        JsonWriters.Return(writer);
    }

    /// <inheritdoc/>
    public T Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, ValueJson.WithoutNulls) ?? throw new FormatException($"null is no {typeof(T).Name}.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"not a {typeof(T).Name} as JSON: {e.Message}", e);
        }
    }
}
