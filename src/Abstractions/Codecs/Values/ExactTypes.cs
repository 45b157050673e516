using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActorCompute;

/// <summary>The types of the framework that are known to arrive as they were sent; in a collection, if its elements do.</summary>
internal static class ExactTypes
{
    private static readonly HashSet<Type> Names =
    [
        typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(Int128), typeof(UInt128), typeof(decimal), typeof(char), typeof(string), typeof(Guid), typeof(Version),
        typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
    ];

    // NaN is no name in JSON; a document no key.
    private static readonly HashSet<Type> Values =
    [
        typeof(Half), typeof(float), typeof(double), typeof(JsonElement), typeof(JsonDocument), typeof(JsonNode), typeof(JsonObject), typeof(JsonArray), typeof(JsonValue),
    ];

    private static readonly HashSet<Type> Collections =
    [
        typeof(List<>), typeof(Queue<>), typeof(Stack<>), typeof(LinkedList<>), typeof(HashSet<>), typeof(SortedSet<>), typeof(Collection<>), typeof(ObservableCollection<>),
        typeof(ConcurrentQueue<>), typeof(ConcurrentStack<>), typeof(ConcurrentBag<>), typeof(PriorityQueue<,>), typeof(Memory<>), typeof(ReadOnlyMemory<>),
        typeof(IEnumerable<>), typeof(ICollection<>), typeof(IReadOnlyCollection<>), typeof(IList<>), typeof(IReadOnlyList<>), typeof(ISet<>), typeof(KeyValuePair<,>),
        typeof(Dictionary<,>), typeof(SortedDictionary<,>), typeof(SortedList<,>), typeof(ConcurrentDictionary<,>), typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>),
    ];

    private static readonly HashSet<string> ImmutableCollections =
    [
        "ImmutableArray`1", "ImmutableList`1", "ImmutableQueue`1", "ImmutableStack`1", "ImmutableHashSet`1", "ImmutableSortedSet`1", "ImmutableDictionary`2", "ImmutableSortedDictionary`2",
    ];

    /// <summary>A single value, with nothing inside to look at.</summary>
    public static bool IsScalar(Type type) => type.IsEnum || Names.Contains(type) || Values.Contains(type) || ScalarConverters.Has(type);

    /// <summary>It may be the name of a JSON object's member.</summary>
    public static bool IsName(Type type) => type.IsEnum || Names.Contains(type) || (ScalarConverters.Has(type) && type.IsValueType);

    /// <summary>A generic collection, by its definition.</summary>
    public static bool IsCollection(Type definition) =>
        Collections.Contains(definition) || (definition.Namespace == "System.Collections.Immutable" && ImmutableCollections.Contains(definition.Name));

    /// <summary>One with keys.</summary>
    public static bool IsDictionary(Type definition) =>
        definition.GetGenericArguments().Length == 2 && definition.Name.Contains("Dictionary", StringComparison.Ordinal) || definition == typeof(SortedList<,>);

    /// <summary>It stands for something that exists in one process only.</summary>
    public static bool IsOfProcess(Type type) =>
        type.IsPointer || type.IsFunctionPointer || type == typeof(nint) || type == typeof(nuint) || type == typeof(CancellationToken)
        || OfProcess.Any(kind => kind.IsAssignableFrom(type))
        || (type.IsGenericType && OfProcessGeneric.Contains(type.GetGenericTypeDefinition()));

    private static readonly Type[] OfProcess =
    [
        typeof(Delegate), typeof(Task), typeof(ValueTask), typeof(Thread), typeof(WaitHandle), typeof(Stream), typeof(TextReader), typeof(TextWriter), typeof(System.Reflection.MemberInfo),
        typeof(System.Reflection.Assembly), typeof(CancellationTokenSource), typeof(IServiceProvider), typeof(System.Runtime.InteropServices.SafeHandle), typeof(Timer),
    ];

    private static readonly Type[] OfProcessGeneric = [typeof(ValueTask<>), typeof(Lazy<>), typeof(IAsyncEnumerable<>), typeof(WeakReference<>)];
}
