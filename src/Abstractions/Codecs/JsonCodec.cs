using System.Text.Json;

namespace ActorCompute;

/// <summary>Values as JSON, by System.Text.Json.</summary>
public sealed class JsonCodec<T> : ICodec<T>
{
    private JsonCodec() { }

    /// <summary>The codec.</summary>
    public static JsonCodec<T> Instance { get; } = new();

    /// <inheritdoc/>
    public void Write(T value, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output);
        JsonSerializer.Serialize(writer, value);
    }

    /// <inheritdoc/>
    public T Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(bytes) ?? throw new FormatException($"null is no {typeof(T).Name}.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"not a {typeof(T).Name} as JSON: {e.Message}", e);
        }
    }
}
