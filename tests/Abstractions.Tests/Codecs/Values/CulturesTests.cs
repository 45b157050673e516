using System.Globalization;

namespace ActorCompute.Abstractions.Tests.Codecs.Values;

/// <summary>What travels is the same under every culture: one side may have another than the other.</summary>
public sealed class CulturesTests : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("de-DE")]
    public void TypeTable_UnderACulture_IsAsUnderAnyOther(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        foreach (var row in TypeTable.Exact.Concat(TypeTable.Refused))
        {
            row.AsArgument();
            row.AsMember();
            row.AsKey();
        }
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("de-DE")]
    public void Bytes_WrittenUnderACulture_AreThoseOfTheInvariantOne(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var expected = Bytes();
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        Assert.Equal(expected, Bytes());

        static string[] Bytes() =>
        [
            Text(-1234.5), Text(-1234.5m), Text(new DateTime(2026, 1, 31)), Text(new DateOnly(2026, 1, 31)), Text(TimeSpan.FromSeconds(-1.5)),
            Text(new System.Numerics.Complex(-0.5, 1e300)), Text(System.Numerics.BigInteger.Parse("-12345678901234567890", CultureInfo.InvariantCulture)), Text(^3), Text(3..^2),
            Text(new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["Iıİi"] = -1 }), Text(new Dictionary<double, int> { [-1.5] = 2 }),
        ];
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("de-DE")]
    public void Inputs_TypedByAPerson_AreReadAsUnderAnyOther(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        Assert.Equal(-1234.5, InputText.Parse<double>("-1234.5"));
        Assert.Equal(-5, InputText.Parse<long>("-5"));
        Assert.Equal("-5", InputText.OfWhole<string>(-5));
        Assert.Equal(new(-5, 1_500_000, 5), WholeRange.Parse("-5..1.5e6..5"));
        Assert.Equal("a whole number from -128 to 127", TypeWords.Of(typeof(sbyte)));
    }

    public void Dispose() => CultureInfo.CurrentCulture = _before;

    private static string Text<T>(T value) => System.Text.Encoding.UTF8.GetString(ValueCodec<T>.Instance.ToBytes(value));
}
