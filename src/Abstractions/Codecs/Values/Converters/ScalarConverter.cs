using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorCompute;

/// <summary>A value that is written as one text, and read back from it exactly.</summary>
internal sealed class ScalarConverter<T>(Func<T, string> write, Func<string, T> read) : JsonConverter<T>
    where T : notnull
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Parse(reader.GetString()!) : throw new JsonException($"{TypeNames.Of(typeof(T))} is written as a text.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString()!);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(write(value));

    private T Parse(string text)
    {
        try
        {
            return read(text);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            throw new JsonException(e.Message, e);
        }
    }
}
