using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorCompute;

/// <summary>Collections that System.Text.Json would turn round, empty, or strip of their comparer.</summary>
internal sealed class CollectionConverters : JsonConverterFactory
{
    // By name: the assemblies of types that a program does not use are not loaded for them.
    private const string ImmutableStack = "System.Collections.Immutable.ImmutableStack`1";

    /// <summary>A dictionary whose keys need not be what JSON has as names.</summary>
    public static bool TakesAnyKey(Type definition) =>
        definition == typeof(Dictionary<,>) || definition == typeof(SortedDictionary<,>) || definition == typeof(IDictionary<,>) || definition == typeof(IReadOnlyDictionary<,>);

    public override bool CanConvert(Type typeToConvert) => ConverterOf(typeToConvert) is not null;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(ConverterOf(typeToConvert)!)!;

    private static Type? ConverterOf(Type type)
    {
        if (type.IsArray) return type.GetArrayRank() > 1 ? typeof(MultiArrayConverter<,>).MakeGenericType(type, type.GetElementType()!) : null;
        if (!type.IsGenericType) return null;
        var definition = type.GetGenericTypeDefinition();
        var arguments = type.GetGenericArguments();
        if (definition == typeof(Stack<>) || definition == typeof(ConcurrentStack<>) || definition == typeof(ConcurrentBag<>) || definition.FullName == ImmutableStack)
        {
            return typeof(StackConverter<,>).MakeGenericType(type, arguments[0]);
        }

        if (definition == typeof(PriorityQueue<,>)) return typeof(PriorityQueueConverter<,>).MakeGenericType(arguments);
        if (TakesAnyKey(definition) && (arguments[0] == typeof(string) || !ExactTypes.IsName(arguments[0]))) return typeof(DictionaryConverter<,,>).MakeGenericType(type, arguments[0], arguments[1]);
        var isSet = definition == typeof(HashSet<>) || definition == typeof(SortedSet<>) || definition == typeof(ISet<>);
        return isSet && arguments[0] == typeof(string) ? typeof(TextSetConverter<>).MakeGenericType(type) : null;
    }
}
