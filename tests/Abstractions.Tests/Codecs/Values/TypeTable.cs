using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ActorCompute.Abstractions.Tests.Codecs.Values;

/// <summary>Types that users pass, and what becomes of each. docs/values.md has the same rows.</summary>
internal static class TypeTable
{
    private const string Inside = "\ud83d\ude00 whole, \ud83d half";

    private static readonly Dictionary<string, int> IgnoringCase = new(StringComparer.OrdinalIgnoreCase) { ["One"] = 1, ["two"] = 2 };

    public static IReadOnlyList<TypeCase> Exact { get; } =
    [
        new TypeCase<bool>("bool", true),
        new TypeCase<byte>("byte", 255),
        new TypeCase<short>("short", short.MinValue),
        new TypeCase<int>("int", int.MinValue),
        new TypeCase<long>("long", long.MaxValue),
        new TypeCase<ulong>("ulong", ulong.MaxValue),
        new TypeCase<Int128>("Int128", Int128.MinValue),
        new TypeCase<Half>("Half", Half.Epsilon),
        new TypeCase<float>("float", float.Epsilon),
        new TypeCase<double>("double: also NaN, infinities and -0", -0.0, view: number => BitConverter.DoubleToInt64Bits(number)),
        new TypeCase<decimal>("decimal: with its trailing zeros", 1.500m, view: number => number.ToString(CultureInfo.InvariantCulture)),
        new TypeCase<BigInteger>("BigInteger", BigInteger.Pow(7, 300)),
        new TypeCase<Complex>("Complex", new(-0.1, double.NaN), view: number => (number.Real, number.Imaginary)),
        new TypeCase<char>("char: also half a surrogate pair", '\ud83d'),
        new TypeCase<string>("string: also with half a surrogate pair", Inside),
        new TypeCase<Rune>("Rune", new(0x1F600)),
        new TypeCase<StringBuilder>("StringBuilder", new(Inside), view: text => text.ToString()),
        new TypeCase<DayOfWeek>("an enum", DayOfWeek.Friday),
        new TypeCase<Guid>("Guid", new("00112233-4455-6677-8899-aabbccddeeff")),
        new TypeCase<DateTime>("DateTime", new(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc), view: time => (time.Ticks, time.Kind)),
        new TypeCase<DateTimeOffset>("DateTimeOffset", new(2026, 1, 31, 12, 0, 0, 1, TimeSpan.FromHours(5.5)), view: time => (time.Ticks, time.Offset)),
        new TypeCase<DateOnly>("DateOnly", new(2026, 1, 31)),
        new TypeCase<TimeOnly>("TimeOnly", new(23, 59, 59, 999)),
        new TypeCase<TimeSpan>("TimeSpan", TimeSpan.MinValue),
        new TypeCase<Version>("Version", new(1, 2, 3)),
        new TypeCase<Uri>("Uri: absolute or relative", new("/a b", UriKind.Relative), view: uri => (uri.OriginalString, uri.IsAbsoluteUri)),
        new TypeCase<IPAddress>("IPAddress", IPAddress.IPv6Loopback, view: address => address.ToString()),
        new TypeCase<IPEndPoint>("IPEndPoint", new(IPAddress.Loopback, 80)),
        new TypeCase<Index>("Index", ^3),
        new TypeCase<Range>("Range", 2..^1),
        new TypeCase<JsonElement>("JsonElement", JsonDocument.Parse("""{"a":[1,null]}""").RootElement, view: json => json.GetRawText()),
        new TypeCase<BitArray>("BitArray", new([true, false, true])),
        new TypeCase<byte[]>("byte[]", [0, 255]),
        new TypeCase<int?[]>("int?[]", [1, null]),
        new TypeCase<int[][]>("int[][]", [[1], [2, 3]], view: rows => string.Join(';', rows.Select(row => string.Join(',', row)))),
        new TypeCase<int[,]>("int[,]: any number of dimensions", new[,] { { 1, 2, 3 }, { 4, 5, 6 } }, view: array => $"{array.GetLength(0)}x{array.GetLength(1)}: {string.Join(',', array.Cast<int>())}"),
        new TypeCase<List<string>>("List<string>", ["b", "a"]),
        new TypeCase<Queue<int>>("Queue<int>", new([1, 2, 3])),
        new TypeCase<Stack<int>>("Stack<int>", new([1, 2, 3])),
        new TypeCase<ConcurrentStack<int>>("ConcurrentStack<int>", new([1, 2, 3])),
        new TypeCase<ImmutableStack<int>>("ImmutableStack<int>", ImmutableStack.Create(1, 2, 3), view: stack => string.Join(',', stack)),
        new TypeCase<LinkedList<int>>("LinkedList<int>", new([3, 1, 2])),
        new TypeCase<PriorityQueue<string, int>>("PriorityQueue<string, int>", new([("c", 3), ("a", 1), ("b", 1)]), view: queue => string.Join(',', queue.UnorderedItems)),
        new TypeCase<HashSet<int>>("HashSet<int>", [3, 1, 2]),
        new TypeCase<HashSet<string>>("HashSet<string>: with any StringComparer", new(["One"], StringComparer.OrdinalIgnoreCase), view: set => (string.Join(',', set), set.Contains("ONE"))),
        new TypeCase<SortedSet<string>>("SortedSet<string>: with any StringComparer", new(["b", "B", "a"], StringComparer.Ordinal), view: set => string.Join(',', set)),
        new TypeCase<Dictionary<string, int>>("Dictionary<string, int>: with any StringComparer", IgnoringCase, view: map => (string.Join(',', map), map.ContainsKey("ONE"))),
        new TypeCase<Dictionary<(int, int), double>>("Dictionary<(int, int), double>: with any type as key", new() { [(1, 2)] = 0.5 }),
        new TypeCase<SortedDictionary<string, int>>("SortedDictionary<string, int>: with any StringComparer", new(StringComparer.Ordinal) { ["b"] = 1, ["B"] = 2 }),
        new TypeCase<SortedList<int, string>>("SortedList<int, string>", new() { [2] = "b", [1] = "a" }),
        new TypeCase<ConcurrentDictionary<string, int>>("ConcurrentDictionary<string, int>", new() { ["a"] = 1 }),
        new TypeCase<ImmutableDictionary<string, int>>("ImmutableDictionary<string, int>", ImmutableDictionary<string, int>.Empty.Add("a", 1)),
        new TypeCase<ImmutableArray<int>>("ImmutableArray<int>", [1, 2], view: items => string.Join(',', items)),
        new TypeCase<IReadOnlyList<int>>("IReadOnlyList<int>: arrives as some list", new[] { 1, 2 }),
        new TypeCase<IReadOnlyDictionary<string, int>>("IReadOnlyDictionary<string, int>: a Dictionary", IgnoringCase, view: map => (string.Join(',', map), map.ContainsKey("ONE"))),
        new TypeCase<(int, string)>("(int, string)", (1, "two")),
        new TypeCase<Tuple<int, string>>("Tuple<int, string>", Tuple.Create(1, "two")),
        new TypeCase<KeyValuePair<string, int>>("KeyValuePair<string, int>", new("a", 1)),
        new TypeCase<Vector3>("Vector3", new(1, 2, 3)),
        new TypeCase<Place>("record Place(string Name, int? Height)", new("Brocken", null)),
        new TypeCase<Point>("readonly record struct Point(double X, double Y)", new(0.1, double.NegativeInfinity)),
        new TypeCase<Settings>("a class: public properties with init or set", new() { Name = "s", Sizes = [1, 2] }, view: settings => (settings.Name, string.Join(',', settings.Sizes))),
        new TypeCase<PublicFields>("a class: public fields", new() { X = 3, Text = "t" }, view: fields => (fields.X, fields.Text)),
        new TypeCase<ByHand>("a class: getters and setters written by hand that agree", new() { Level = 3 }, view: value => value.Level),
        new TypeCase<Marked>("a class: private members marked with [JsonInclude], or not wanted with [JsonIgnore] or [NonSerialized]", Marked.Of(3, 4), view: marked => (marked.Sum, marked.Visits)),
        new TypeCase<Shape>("abstract record Shape: marked with [JsonDerivedType(typeof(Circle), \"circle\")]", new Circle(2)),
        new TypeCase<Temperature>("a class: with a codec of its own, [JsonConverter]", Temperature.OfCelsius(20.5)),
        new TypeCase<Names>("a class derived from List<string>, with no fields of its own", ["a", "b"]),
    ];

    public static IReadOnlyList<TypeCase> Refused { get; } =
    [
        new TypeCase<object>("object", 3, "would arrive as plain JSON, its type lost; declare the type that it has"),
        new TypeCase<Loose>("a class: with a property of type object", new() { Extra = 3 }, "object (Loose.Extra) would arrive as plain JSON"),
        new TypeCase<Animal>("Animal: a Dog, which is derived from it", new Dog { Name = "Rex", Tricks = 3 }, "a Dog stands where Animal is declared, and what only Dog has would be lost; declare Dog, mark Animal with [JsonPolymorphic]"),
        new TypeCase<List<Animal>>("List<Animal>: with a Dog in it", [new(), new Dog()], "a Dog stands where Animal is declared"),
        new TypeCase<Nameless>("record Nameless: marked with [JsonDerivedType(typeof(Unnamed))] without a name", new Unnamed(3), "without a name, and would arrive as Nameless; give it one: [JsonDerivedType(typeof(Unnamed), \"a name\")]"),
        new TypeCase<IStep>("an interface", new Step(), "is abstract, so the other side could not know what to make"),
        new TypeCase<Plan>("an abstract class", new FirstPlan(), "is abstract, so the other side could not know what to make; declare the type that it has, or mark it with [JsonPolymorphic]"),
        new TypeCase<Account>("a class: private setter", new(), "Account.Balance has no setter that is public, so what is in it would be lost; give it init or set, make it a parameter of the constructor, or mark it with [JsonInclude]"),
        new TypeCase<Basket>("a class: a list without setter", new(), "Basket.Items has no setter that is public"),
        new TypeCase<Secretive>("a class: private field", new(), "the field Secretive._code is not public, so what is in it would be lost; mark it with [JsonInclude], or with [NonSerialized]"),
        new TypeCase<Frozen>("a class: public readonly field", new(), "Frozen.Level is readonly, so what is in it would be lost"),
        new TypeCase<Captured>("a class: its constructor's parameter used in methods", new(3), "Captured has a constructor with a parameter seed that belongs to no property"),
        new TypeCase<TwoWays>("a class: two constructors", new(3), "TwoWays has no constructor that the serializer would call"),
        new TypeCase<Mismatched>("a class: constructor parameter named otherwise than the property", new(3), "Mismatched has a constructor with a parameter start that belongs to no property"),
        new TypeCase<Disagreeing>("a class: a getter that gives something else than its setter took", new() { Level = 3 }, "does not come back as it was written"),
        new TypeCase<Callbacks>("a class: with a delegate", new() { Next = () => 1 }, "Func<int> (Callbacks.Next) stands for something in this process"),
        new TypeCase<Chain>("a class: that refers to itself", Circular(), "it refers to itself, or is nested deeper than 64"),
        new TypeCase<Func<int>>("Func<int>", () => 1, "stands for something in this process; pass values from which the other side makes its own"),
        new TypeCase<Task<int>>("Task<int>: within another type", Task.FromResult(1), "stands for something in this process"),
        new TypeCase<Stream>("Stream", Stream.Null, "stands for something in this process"),
        new TypeCase<Type>("Type", typeof(int), "stands for something in this process"),
        new TypeCase<CancellationToken>("CancellationToken: within another type", CancellationToken.None, "stands for something in this process"),
        new TypeCase<Lazy<int>>("Lazy<int>", new(1), "stands for something in this process"),
        new TypeCase<nint>("nint", 1, "stands for something in this process"),
        new TypeCase<Exception>("Exception", new InvalidOperationException("no"), "keeps what it is where the serializer does not see it"),
        new TypeCase<Regex>("Regex", new("a"), "keeps what it is where the serializer does not see it; pass values that it can be made from"),
        new TypeCase<CultureInfo>("CultureInfo", CultureInfo.InvariantCulture, "keeps what it is where the serializer does not see it"),
        new TypeCase<ArrayList>("ArrayList", [1], "is a collection that cannot be made again from its elements alone; pass a List<>"),
        new TypeCase<ReadOnlyCollection<int>>("ReadOnlyCollection<int>", new([1]), "is a collection that cannot be made again from its elements alone"),
        new TypeCase<CountedNames>("a class derived from List<string>, with a property", ["a"], "is a collection that cannot be made again from its elements alone"),
        new TypeCase<List<string>>("List<string>: a Names, which is derived from it", new Names { "a" }, "a Names stands where List<string> is declared"),
        new TypeCase<Dictionary<string, int>>("Dictionary<string, int>: with a comparer of the user's", new(new ByLength()) { ["a"] = 1 }, "the comparer of this Dictionary<string, int>, ByLength, exists in this process only"),
        new TypeCase<SortedSet<int>>("SortedSet<int>: with a comparer of the user's", new([1, 2], new ByLength()), "the comparer of this SortedSet<int>, ByLength, exists in this process only"),
        new TypeCase<ConcurrentDictionary<(int, int), int>>("ConcurrentDictionary<(int, int), int>", new() { [(1, 2)] = 3 }, "has keys that JSON has no names for; use Dictionary<(int, int), int>, which takes any"),
        new TypeCase<IDictionary<string, int>>("IDictionary<string, int>: a SortedDictionary", new SortedDictionary<string, int> { ["a"] = 1 }, "a SortedDictionary<string, int> stands where IDictionary<string, int> is declared, and would arrive as something else"),
    ];

    private static Chain Circular()
    {
        var chain = new Chain();
        chain.Next = chain;
        return chain;
    }

    private sealed class Step : IStep
    {
        public int Run() => 1;
    }

    private sealed class FirstPlan : Plan;
}
