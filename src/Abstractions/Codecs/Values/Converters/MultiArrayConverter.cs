using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorCompute;

/// <summary>An array of several dimensions: <c>[[2,3],[1,2,3,4,5,6]]</c>, lengths and elements with the last index fastest.</summary>
internal sealed class MultiArrayConverter<TArray, T> : JsonConverter<TArray>
    where TArray : class
{
    public override TArray Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var (lengths, items) = JsonSerializer.Deserialize<Flat>(ref reader, options);
        if (lengths is null || items is null || lengths.Length != typeof(TArray).GetArrayRank() || lengths.Any(length => length < 0) || lengths.Aggregate(1L, (count, length) => count < 0 || count > int.MaxValue ? -1 : count * length) != items.Length)
        {
            throw new JsonException("lengths and elements do not fit.");
        }

        var array = Array.CreateInstance(typeof(T), lengths);
        items.CopyTo(Elements(array));
        return (TArray)(object)array;
    }

    public override void Write(Utf8JsonWriter writer, TArray value, JsonSerializerOptions options)
    {
        var array = (Array)(object)value;
        var lengths = new int[array.Rank];
        for (var i = 0; i < lengths.Length; i++)
        {
            if (array.GetLowerBound(i) != 0) throw new ValueRefusedException("its indexes do not begin at 0; copy it into an array whose indexes do");
            lengths[i] = array.GetLength(i);
        }

        JsonSerializer.Serialize(writer, new Flat(lengths, Elements(array).ToArray()), options);
    }

    private static Span<T> Elements(Array array) => MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);

    private readonly record struct Flat(int[]? Lengths, T[]? Items);
}
