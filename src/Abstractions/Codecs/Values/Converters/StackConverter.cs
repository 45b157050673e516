using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorCompute;

/// <summary>What gives its elements last in, first out: written as they went in, so that it is the same when they went in again.</summary>
internal sealed class StackConverter<TStack, T> : JsonConverter<TStack>
    where TStack : class, IEnumerable<T>
{
    public override TStack Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var items = JsonSerializer.Deserialize<T[]>(ref reader, options)!;
        // An immutable one has a factory; the others are made from what they hold.
        if (typeof(TStack).GetConstructor([typeof(IEnumerable<T>)]) is { } constructor) return (TStack)constructor.Invoke([items]);
        var create = typeof(TStack).Assembly.GetType("System.Collections.Immutable.ImmutableStack")!.GetMethods().Single(method => method.Name == "CreateRange");
        return (TStack)create.MakeGenericMethod(typeof(T)).Invoke(null, [items])!;
    }

    public override void Write(Utf8JsonWriter writer, TStack value, JsonSerializerOptions options)
    {
        var items = value.ToArray();
        Array.Reverse(items);
        JsonSerializer.Serialize(writer, items, options);
    }
}
