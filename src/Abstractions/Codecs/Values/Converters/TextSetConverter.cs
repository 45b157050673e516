using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorCompute;

/// <summary>A set of texts with its comparer: an array, or with a comparer of its own an object of that comparer's name and the array.</summary>
internal sealed class TextSetConverter<TSet> : JsonConverter<TSet>
    where TSet : class, IEnumerable<string>
{
    public override TSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return Create(null, JsonSerializer.Deserialize<string[]>(ref reader, options)!);
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName) throw new JsonException("a set has one comparer.");
        var comparer = reader.GetString();
        reader.Read();
        var items = JsonSerializer.Deserialize<string[]>(ref reader, options)!;
        if (!reader.Read() || reader.TokenType != JsonTokenType.EndObject) throw new JsonException("a set has one comparer.");
        try
        {
            return Create(comparer, items);
        }
        catch (FormatException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    public override void Write(Utf8JsonWriter writer, TSet value, JsonSerializerOptions options)
    {
        var comparer = KeyComparers.NameOf<string>(ComparerOf(value), value.GetType());
        if (comparer is not null)
        {
            writer.WriteStartObject();
            writer.WritePropertyName(comparer);
        }

        JsonSerializer.Serialize(writer, value.ToArray(), options);
        if (comparer is not null) writer.WriteEndObject();
    }

    private static TSet Create(string? comparer, string[] items)
    {
        var found = KeyComparers.Find(comparer);
        return (TSet)(object)(typeof(TSet) == typeof(SortedSet<string>) ? new SortedSet<string>(items, found) : new HashSet<string>(items, found));
    }

    private static object ComparerOf(TSet value) => value switch
    {
        HashSet<string> hashed when hashed.GetType() == typeof(HashSet<string>) => hashed.Comparer,
        SortedSet<string> sorted when typeof(TSet) == sorted.GetType() => sorted.Comparer,
        _ => throw ValueGuard.Derived(value.GetType(), typeof(TSet)),
    };
}
