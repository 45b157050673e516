using System.Text;

namespace ActorCompute.Abstractions.Tests.Codecs;

public sealed class ValueCodecTests
{
    private sealed record Place(string Name, int? Height);

    private sealed class Fields
    {
        public int X;
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Numbers_TheirLimits_ComeBack(long number)
    {
        AssertComesBack(number);
        AssertComesBack((int)number);
        AssertComesBack((ulong)number);
        AssertComesBack((uint)number);
        AssertComesBack((short)number);
        AssertComesBack((decimal)number);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.Epsilon)]
    [InlineData(0.1)]
    public void Doubles_NamedOnesToo_ComeBack(double number) => AssertComesBack(number);

    [Fact]
    public void OtherValues_TextTuplesRecordsNulls_ComeBack()
    {
        AssertComesBack(true);
        AssertComesBack(false);
        AssertComesBack("ü\n\"");
        AssertComesBack<string?>(null);
        AssertComesBack((1, "two", 3.5));
        AssertComesBack(new Place("Brocken", 1141));
        AssertComesBack<int?>(null);
        Assert.Equal(7, RoundTrip(new Fields { X = 7 }).X);
        Assert.Equal([1, 2], RoundTrip(new byte[] { 1, 2 }));
    }

    [Theory]
    [InlineData("12", 12)]
    [InlineData(" 12 ", 12)]
    [InlineData("-3", -3)]
    public void Read_NumberAsPeopleWriteIt_IsRead(string text, long number) => Assert.Equal(number, ValueCodec<long>.Instance.Read(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1.5")]
    [InlineData("12 13")]
    [InlineData("null")]
    [InlineData("9223372036854775808")]
    [InlineData("\"12\"")]
    public void Read_NoNumberOfItsType_SaysSo(string text) =>
        Assert.StartsWith("not a Int64 as JSON", Assert.Throws<FormatException>(() => ValueCodec<long>.Instance.Read(Encoding.UTF8.GetBytes(text))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_BytesOfAnyKind_GiveAValueOrAFormatException()
    {
        var random = new Random(7);
        for (var i = 0; i < 5000; i++)
        {
            var bytes = new byte[random.Next(20)];
            random.NextBytes(bytes);
            TryRead<long>(bytes);
            TryRead<bool>(bytes);
            TryRead<(int, string)>(bytes);
        }
    }

    private static void TryRead<T>(byte[] bytes)
    {
        try
        {
            ValueCodec<T>.Instance.Read(bytes);
        }
        catch (FormatException)
        {
        }
    }

    private static void AssertComesBack<T>(T value) => Assert.Equal(value, RoundTrip(value));

    private static T RoundTrip<T>(T value) => ValueCodec<T>.Instance.Read(ValueCodec<T>.Instance.ToBytes(value));

    /// <summary>Values in dictionaries whose converters are called straight: what the serializer adds for others is there too.</summary>
    [Fact]
    public void Dictionary_ValuesAtTheirEnds_AreReadBack()
    {
        Assert.Equal([double.NaN, double.NegativeInfinity, 1.5, -0.0], Back(new Dictionary<string, double> { ["a"] = double.NaN, ["b"] = double.NegativeInfinity, ["c"] = 1.5, ["d"] = -0.0 }).Values);
        Assert.Equal([Half.NaN, (Half)2], Back(new Dictionary<string, Half> { ["a"] = Half.NaN, ["b"] = (Half)2 }).Values);
        Assert.Equal([float.NaN, 2], Back(new Dictionary<(int, int), float> { [(1, 2)] = float.NaN, [(2, 1)] = 2 }).Values);
        Assert.Equal([null, "\uD800", "x"], Back(new Dictionary<string, string?> { ["a"] = null, ["\uDC00"] = "\uD800", ["c"] = "x" }).Values);
        Assert.Equal([null, 3], Back(new Dictionary<string, int?> { ["a"] = null, ["c"] = 3 }).Values);
        Assert.Equal([long.MinValue, long.MaxValue], Back(new SortedDictionary<string, long> { ["a"] = long.MinValue, ["b"] = long.MaxValue }).Values);
        Assert.Equal([true, false], Back(new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase) { ["a"] = true, ["b"] = false }).Values);
        Assert.Equal([System.Numerics.BigInteger.Pow(10, 40)], Back(new Dictionary<string, System.Numerics.BigInteger> { ["a"] = System.Numerics.BigInteger.Pow(10, 40) }).Values);
        Assert.Equal([DayOfWeek.Friday], Back(new Dictionary<string, DayOfWeek> { ["a"] = DayOfWeek.Friday }).Values);
    }

    [Theory]
    [InlineData("""{"a":"x"}""")]
    [InlineData("""{"a":99999999999}""")]
    [InlineData("""{"a":1.5}""")]
    [InlineData("""{"a":null}""")]
    [InlineData("""{"a":true}""")]
    [InlineData("""{"a":[1]}""")]
    [InlineData("""{"a":1""")]
    [InlineData("""[null,"a"]""")]
    public void Dictionary_ValueOfAnotherKind_IsAFormatError(string json) =>
        Assert.Throws<FormatException>(() => ValueCodec<Dictionary<string, int>>.Instance.Read(System.Text.Encoding.UTF8.GetBytes(json)));

    private static T Back<T>(T value) => ValueCodec<T>.Instance.Read(ValueCodec<T>.Instance.ToBytes(value));
}
