using System.Text.Json;

namespace ActorCompute;

/// <summary>Values as JSON, by System.Text.Json.</summary>
public sealed class JsonCodec<T> : ICodec<T>
{
    // What a type says is there, is there: a missing or null part is refused here, and not met as a null later.
    private static readonly JsonSerializerOptions Options = new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    private JsonCodec() { }

    /// <summary>The codec.</summary>
    public static JsonCodec<T> Instance { get; } = new();

    /// <inheritdoc/>
    public void Write(T value, IBufferWriter<byte> output)
    {
        var writer = JsonWriters.Take(output);
        JsonSerializer.Serialize(writer, value, Options);
        JsonWriters.Return(writer);
    }

    /// <inheritdoc/>
    public T Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, Options) ?? throw new FormatException($"null is no {typeof(T).Name}.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"not a {typeof(T).Name} as JSON: {e.Message}", e);
        }
    }
}
