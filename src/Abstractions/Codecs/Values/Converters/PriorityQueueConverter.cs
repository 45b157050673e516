using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorCompute;

/// <summary>A heap as it lies in memory, so that elements of one priority come in the same order too.</summary>
internal sealed class PriorityQueueConverter<TElement, TPriority> : JsonConverter<PriorityQueue<TElement, TPriority>>
{
    public override PriorityQueue<TElement, TPriority> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonSerializer.Deserialize<(TElement, TPriority)[]>(ref reader, options)!);

    public override void Write(Utf8JsonWriter writer, PriorityQueue<TElement, TPriority> value, JsonSerializerOptions options)
    {
        if (!value.Comparer.Equals(Comparer<TPriority>.Default)) throw KeyComparers.Refused(value.Comparer, value.GetType());
        JsonSerializer.Serialize(writer, value.UnorderedItems.ToArray(), options);
    }
}
