using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ActorCompute;

/// <summary>
/// A dictionary with its comparer. With text as keys and no comparer of its own a JSON object, as anybody would write it;
/// otherwise an array: the comparer's name or null, then keys and values in turn.
/// </summary>
internal sealed class DictionaryConverter<TDictionary, TKey, TValue> : JsonConverter<TDictionary>
    where TDictionary : class, IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    private static readonly bool IsText = typeof(TKey) == typeof(string);

    // Found when first used: a value's type may hold such a dictionary itself.
    private JsonTypeInfo<TKey>? _keys;
    private JsonTypeInfo<TValue>? _values;

    public override TDictionary Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Find(options);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject when IsText => ReadObject(ref reader),
            JsonTokenType.StartArray => ReadArray(ref reader),
            _ => throw new JsonException($"no {TypeNames.Of(typeToConvert)}."),
        };
    }

    public override void Write(Utf8JsonWriter writer, TDictionary value, JsonSerializerOptions options)
    {
        Find(options);
        var comparer = KeyComparers.NameOf<TKey>(ComparerOf(value), value.GetType());
        if (comparer is null && IsText)
        {
            writer.WriteStartObject();
            foreach (var (key, item) in value)
            {
                writer.WritePropertyName(LoneSurrogates.Escape((string)(object)key));
                JsonSerializer.Serialize(writer, item, _values!);
            }

            writer.WriteEndObject();
            return;
        }

        writer.WriteStartArray();
        writer.WriteStringValue(comparer);
        foreach (var (key, item) in value)
        {
            JsonSerializer.Serialize(writer, key, _keys!);
            JsonSerializer.Serialize(writer, item, _values!);
        }

        writer.WriteEndArray();
    }

    private static object ComparerOf(TDictionary value) => value switch
    {
        Dictionary<TKey, TValue> hashed when hashed.GetType() == typeof(Dictionary<TKey, TValue>) => hashed.Comparer,
        SortedDictionary<TKey, TValue> sorted when typeof(TDictionary) == sorted.GetType() => sorted.Comparer,
        _ => throw ValueGuard.Derived(value.GetType(), typeof(TDictionary)),
    };

    private static IDictionary<TKey, TValue> Create(string? comparer)
    {
        object? found = KeyComparers.Find(comparer);
        return typeof(TDictionary) == typeof(SortedDictionary<TKey, TValue>)
            ? new SortedDictionary<TKey, TValue>(found as IComparer<TKey>)
            : new Dictionary<TKey, TValue>(found as IEqualityComparer<TKey>);
    }

    private TDictionary ReadObject(ref Utf8JsonReader reader)
    {
        var items = Create(null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = (TKey)(object)TextConverter.Unescape(reader.GetString()!);
            reader.Read();
            items[key] = JsonSerializer.Deserialize(ref reader, _values!)!;
        }

        return (TDictionary)items;
    }

    private TDictionary ReadArray(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null)) throw new JsonException("a dictionary begins with its comparer's name or null.");
        IDictionary<TKey, TValue> items;
        try
        {
            items = Create(reader.GetString());
        }
        catch (FormatException e)
        {
            throw new JsonException(e.Message, e);
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var key = JsonSerializer.Deserialize(ref reader, _keys!) ?? throw new JsonException("a key is null.");
            if (!reader.Read() || reader.TokenType == JsonTokenType.EndArray) throw new JsonException("a key has no value.");
            items[key] = JsonSerializer.Deserialize(ref reader, _values!)!;
        }

        return (TDictionary)items;
    }

    private void Find(JsonSerializerOptions options)
    {
        _keys ??= (JsonTypeInfo<TKey>)options.GetTypeInfo(typeof(TKey));
        _values ??= (JsonTypeInfo<TValue>)options.GetTypeInfo(typeof(TValue));
    }
}
