using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorCompute.Abstractions.Tests.Codecs.Values;

// Types as users write them; what is wrong with some of them is why they are here.
#pragma warning disable CA1051, CA1822, IDE0044, IDE0051, IDE0052, CS0414, CS0169, CS0649

public sealed record Place(string Name, int? Height);

public readonly record struct Point(double X, double Y);

public sealed class Settings
{
    public required string Name { get; init; }

    public List<int> Sizes { get; set; } = [];

    public int Count => Sizes.Count;
}

public sealed class PublicFields
{
    public int X;
    public string? Text;
}

/// <summary>A getter and a setter around a field; the type alone does not tell that they agree.</summary>
public sealed class ByHand
{
    private int _level;

    public int Level
    {
        get => _level;
        set => _level = Math.Max(0, value);
    }
}

public sealed class Disagreeing
{
    private int _level;

    public int Level
    {
        get => _level + 1;
        set => _level = value;
    }
}

public sealed class Marked
{
    [JsonInclude]
    private int _hidden;

    [NonSerialized]
    private int _cached;

    [JsonInclude]
    public int Visits { get; private set; }

    [JsonIgnore]
    public Func<int>? Callback { get; set; }

    public int Sum => _hidden + Visits + (_cached = 0);

    public static Marked Of(int hidden, int visits) => new() { _hidden = hidden, Visits = visits, _cached = 5 };
}

public class Animal
{
    public string Name { get; init; } = "";
}

public sealed class Dog : Animal
{
    public int Tricks { get; init; }
}

[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Square), "square")]
public abstract record Shape;

public sealed record Circle(double Radius) : Shape;

public sealed record Square(double Side) : Shape;

[JsonDerivedType(typeof(Unnamed))]
public record Nameless;

public sealed record Unnamed(int Value) : Nameless;

public interface IStep
{
    int Run();
}

public abstract class Plan
{
    public int Steps { get; set; }
}

public sealed class Account
{
    public decimal Balance { get; private set; } = 3;
}

public sealed class Secretive
{
    private int _code = 7;

    public int Twice() => 2 * _code;
}

public sealed class Basket
{
    public List<string> Items { get; } = ["apple"];
}

public sealed class Frozen
{
    public readonly int Level = 3;
}

public sealed class Captured(int seed)
{
    public int Next() => ++seed;
}

public sealed class TwoWays
{
    public TwoWays(int a) => A = a;

    public TwoWays(string text) => A = text.Length;

    public int A { get; }
}

public sealed class Mismatched(int start)
{
    public int From { get; } = start;
}

public sealed class Callbacks
{
    public Func<int>? Next { get; set; }
}

public sealed class Loose
{
    public object? Extra { get; set; }
}

public sealed class Chain
{
    public Chain? Next { get; set; }
}

public sealed class Names : List<string>;

public sealed class CountedNames : List<string>
{
    public int Reads { get; set; }
}

public sealed class ByLength : IEqualityComparer<string>, IComparer<int>
{
    public bool Equals(string? x, string? y) => x?.Length == y?.Length;

    public int GetHashCode(string obj) => obj.Length;

    public int Compare(int x, int y) => y.CompareTo(x);
}

/// <summary>A type with a codec of its own.</summary>
[JsonConverter(typeof(Codec))]
public sealed class Temperature
{
    private readonly double _kelvin;

    private Temperature(double kelvin) => _kelvin = kelvin;

    public static Temperature OfCelsius(double celsius) => new(celsius + 273.15);

    public override bool Equals(object? obj) => obj is Temperature other && other._kelvin == _kelvin;

    public override int GetHashCode() => _kelvin.GetHashCode();

    public sealed class Codec : JsonConverter<Temperature>
    {
        public override Temperature Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetDouble());

        public override void Write(Utf8JsonWriter writer, Temperature value, JsonSerializerOptions options) => writer.WriteNumberValue(value._kelvin);

        public override Temperature ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(double.Parse(reader.GetString()!, CultureInfo.InvariantCulture));

        public override void WriteAsPropertyName(Utf8JsonWriter writer, Temperature value, JsonSerializerOptions options) => writer.WritePropertyName(value._kelvin.ToString("R", CultureInfo.InvariantCulture));
    }
}
