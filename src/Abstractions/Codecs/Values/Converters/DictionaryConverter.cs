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
    // Of the instance: what is static in a generic class takes a lookup.
    private readonly bool _isText = typeof(TKey) == typeof(string);

    // To enter the serializer for each value costs several times what a number or a short text does: their converters are called
    // straight. Not where they need what it adds: null, and the names that stand for NaN and the infinities.
    private static readonly bool IsPlain = ValueCodec<TValue>.IsPlain && (typeof(TValue).IsValueType || typeof(TValue) == typeof(string));
    private readonly bool _hasNamedNumbers = typeof(TValue) == typeof(double) || typeof(TValue) == typeof(float) || typeof(TValue) == typeof(Half);

    // Found when first used: a value's type may hold such a dictionary itself.
    private JsonTypeInfo<TKey>? _keys;
    private JsonTypeInfo<TValue>? _values;
    private JsonConverter<TValue>? _plain;

    public override TDictionary Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Find(options);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject when _isText => ReadObject(ref reader, options),
            JsonTokenType.StartArray => ReadArray(ref reader, options),
            _ => throw new JsonException($"no {TypeNames.Of(typeToConvert)}."),
        };
    }

    public override void Write(Utf8JsonWriter writer, TDictionary value, JsonSerializerOptions options)
    {
        Find(options);
        var comparer = KeyComparers.NameOf<TKey>(ComparerOf(value), value.GetType());
        if (comparer is null && _isText)
        {
            writer.WriteStartObject();
            if (value is Dictionary<TKey, TValue> hashed)
            {
                // Its own enumerator: no call through an interface for each item.
                foreach (var (key, item) in hashed) WriteMember(writer, key, item, options);
            }
            else
            {
                foreach (var (key, item) in value) WriteMember(writer, key, item, options);
            }

            writer.WriteEndObject();
            return;
        }

        writer.WriteStartArray();
        writer.WriteStringValue(comparer);
        foreach (var (key, item) in value)
        {
            JsonSerializer.Serialize(writer, key, _keys!);
            WriteValue(writer, item, options);
        }

        writer.WriteEndArray();
    }

    private void WriteMember(Utf8JsonWriter writer, TKey key, TValue item, JsonSerializerOptions options)
    {
        writer.WritePropertyName(LoneSurrogates.Escape((string)(object)key));
        WriteValue(writer, item, options);
    }

    private void WriteValue(Utf8JsonWriter writer, TValue item, JsonSerializerOptions options)
    {
        if (_plain is { } plain && item is not null && (!_hasNamedNumbers || IsFinite(item))) plain.Write(writer, item, options);
        else JsonSerializer.Serialize(writer, item, _values!);
    }

    private TValue ReadValue(ref Utf8JsonReader reader, JsonSerializerOptions options) =>
        _plain is { } plain && (reader.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False || (reader.TokenType == JsonTokenType.String && !_hasNamedNumbers))
            ? plain.Read(ref reader, typeof(TValue), options)!
            : JsonSerializer.Deserialize(ref reader, _values!)!;

    private static bool IsFinite(TValue item) => item switch
    {
        double number => double.IsFinite(number),
        float number => float.IsFinite(number),
        Half number => Half.IsFinite(number),
        _ => true,
    };

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

    private TDictionary ReadObject(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        var items = Create(null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = (TKey)(object)TextConverter.Unescape(reader.GetString()!);
            reader.Read();
            items[key] = ReadValue(ref reader, options);
        }

        return (TDictionary)items;
    }

    private TDictionary ReadArray(ref Utf8JsonReader reader, JsonSerializerOptions options)
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
            items[key] = ReadValue(ref reader, options);
        }

        return (TDictionary)items;
    }

    private void Find(JsonSerializerOptions options)
    {
        _keys ??= (JsonTypeInfo<TKey>)options.GetTypeInfo(typeof(TKey));
        if (_values is not null) return;
        var values = (JsonTypeInfo<TValue>)options.GetTypeInfo(typeof(TValue));
        if (IsPlain) _plain = values.Converter as JsonConverter<TValue>;
        // Last: whoever sees it sees the rest.
        Volatile.Write(ref _values, values);
    }
}
