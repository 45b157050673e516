using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorCompute;

/// <summary>How shared values travel within inputs: a small one as it is, <c>{"value": …}</c>, any other as where it can be had.</summary>
internal sealed class SharedValueConverters : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(SharedValue<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Converter<T> : JsonConverter<SharedValue<T>>
    {
        public override void Write(Utf8JsonWriter writer, SharedValue<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            if (value.Reference is { } reference)
            {
                writer.WriteString("id"u8, reference.Id);
                writer.WriteString("holder"u8, reference.Holder);
                writer.WriteNumber("length"u8, reference.Length);
                writer.WriteNumber("crc32c"u8, reference.Crc32C);
            }
            else
            {
                writer.WritePropertyName("value"u8);
                // Written by the codec of values, and so JSON.
                writer.WriteRawValue(value.Encoded.Span, skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        public override SharedValue<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            try
            {
                if (root.TryGetProperty("value"u8, out var small))
                {
                    var encoded = System.Text.Encoding.UTF8.GetBytes(small.GetRawText());
                    return new(ValueCodec<T>.Instance.Read(encoded), encoded, null, null);
                }

                return new(new SharedReference(
                    root.GetProperty("id"u8).GetString()!,
                    root.GetProperty("holder"u8).GetString()!,
                    root.GetProperty("length"u8).GetInt64(),
                    root.GetProperty("crc32c"u8).GetUInt32()));
            }
            catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new JsonException($"that is no shared value: {e.Message}", e);
            }
        }
    }
}
