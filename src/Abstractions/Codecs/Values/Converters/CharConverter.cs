using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorCompute;

/// <summary>A UTF-16 code unit, half a surrogate pair too.</summary>
internal sealed class CharConverter : JsonConverter<char>
{
    public override char Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, char value, JsonSerializerOptions options) => writer.WriteStringValue(LoneSurrogates.Escape(value.ToString()));

    public override char ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString()!);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, char value, JsonSerializerOptions options) => writer.WritePropertyName(LoneSurrogates.Escape(value.ToString()));

    private static char Parse(string text) =>
        TextConverter.Unescape(text) is [var only] ? only : throw new JsonException("a character is one UTF-16 code unit.");
}
