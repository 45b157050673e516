using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorCompute;

/// <summary>Text, exact even where it holds half a surrogate pair.</summary>
internal sealed class TextConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Unescape(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(LoneSurrogates.Escape(value));

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Unescape(reader.GetString()!);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(LoneSurrogates.Escape(value));

    internal static string Unescape(string text)
    {
        try
        {
            return LoneSurrogates.Unescape(text);
        }
        catch (FormatException e)
        {
            throw new JsonException(e.Message, e);
        }
    }
}
