using ActorCompute.Kernels.Numbers;

namespace ActorCompute.Kernels.Tests.Numbers;

public class NumberTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("97", 97)]
    [InlineData("  97 ", 97)]
    [InlineData("+97", 97)]
    [InlineData("-0", 0)]
    [InlineData("007", 7)]
    [InlineData("1e10", 10_000_000_000)]
    [InlineData("1E10", 10_000_000_000)]
    [InlineData("1e+10", 10_000_000_000)]
    [InlineData("1.5e3", 1_500)]
    [InlineData("1.0", 1)]
    [InlineData("1500e-2", 15)]
    [InlineData("0e-999999999", 0)]
    [InlineData("0e999999999", 0)]
    [InlineData("2^40", 1_099_511_627_776)]
    [InlineData("7^0", 1)]
    [InlineData("1^99999999999", 1)]
    [InlineData("0^99999999999", 0)]
    [InlineData("2^64-1", ulong.MaxValue)]
    [InlineData("-1+2^64", ulong.MaxValue)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    [InlineData("18,446,744,073,709,551,615", ulong.MaxValue)]
    [InlineData("1e15+1e9", 1_000_001_000_000_000)]
    [InlineData("1e15 + 1e9 - 1", 1_000_000_999_999_999)]
    [InlineData("1e+3+1e+2", 1_100)]
    [InlineData("1_000_000", 1_000_000)]
    [InlineData("1,000,000", 1_000_000)]
    [InlineData("1,234.5e1", 12_345)]
    public void TryParse_Number_Value(string text, ulong expected)
    {
        Assert.True(NumberText.TryParse(text, out var value, out var reason), reason);
        Assert.Equal(expected, value);
        Assert.Null(reason);
    }

    [Theory]
    [InlineData(null, "is empty")]
    [InlineData("", "is empty")]
    [InlineData("   ", "is empty")]
    [InlineData("-1", "is negative")]
    [InlineData("1-2", "is negative")]
    [InlineData("-2^64", "is negative")]
    [InlineData("18446744073709551616", "is too large; the largest number is 2^64-1 = 18446744073709551615")]
    [InlineData("2^64", "is too large")]
    [InlineData("1e20", "is too large")]
    [InlineData("1e999999999999", "is too large")]
    [InlineData("9^999999999999", "is too large")]
    [InlineData("99999999999999999999999999999999999999999^2", "is too large")]
    [InlineData("1.5", "is not an integer")]
    [InlineData("1e-1", "is not an integer")]
    [InlineData("1e-999999999999", "is not an integer")]
    [InlineData("1.23e1", "is not an integer")]
    [InlineData("ten", "is not a number")]
    [InlineData("0x10", "is not a number")]
    [InlineData("1e", "is not a number")]
    [InlineData("e5", "is not a number")]
    [InlineData("1e5e5", "is not a number")]
    [InlineData("1.", "is not a number")]
    [InlineData(".5", "is not a number")]
    [InlineData("1.2.3", "is not a number")]
    [InlineData("1+", "is not a number")]
    [InlineData("+", "is not a number")]
    [InlineData("--1", "is not a number")]
    [InlineData("1 000", "is not a number")]
    [InlineData("2^", "is not a number")]
    [InlineData("2^3^4", "is not a number")]
    [InlineData("1e3^2", "is not a number")]
    [InlineData("_1", "is not a number")]
    [InlineData("1_", "is not a number")]
    [InlineData("1__0", "is not a number")]
    [InlineData("1,5", "is not a number")]
    [InlineData("1000,000", "is not a number")]
    [InlineData("1,00,000", "is not a number")]
    [InlineData("1,0000,000", "is not a number")]
    [InlineData(",100", "is not a number")]
    [InlineData("1,000,", "is not a number")]
    [InlineData("1,000_000", "is not a number")]
    [InlineData("NaN", "is not a number")]
    [InlineData("\u0661\u0662", "is not a number")] // Arabic digits: char.IsDigit would take them
    public void TryParse_NoNumber_SaysWhy(string? text, string expected)
    {
        Assert.False(NumberText.TryParse(text, out var value, out var reason));
        Assert.StartsWith(expected, reason);
        Assert.Equal(0UL, value);
    }

    [Fact]
    public void TryParse_TooLong_Refused()
    {
        Assert.True(NumberText.TryParse(new string('0', NumberText.MaximumLength - 1) + "7", out var value, out _));
        Assert.Equal(7UL, value);
        Assert.False(NumberText.TryParse(new string('0', NumberText.MaximumLength) + "7", out _, out var reason));
        Assert.StartsWith("is longer than", reason);
    }

    [Fact]
    public void TryParse_RandomCharacters_NeverThrows()
    {
        const string Alphabet = "0123456789eE^+-._, x";
        var random = new Random(20250103);
        for (var round = 0; round < 100_000; round++)
        {
            var text = new string(random.GetItems<char>(Alphabet, random.Next(1, 12)));
            var parsed = NumberText.TryParse(text, out _, out var reason);
            Assert.Equal(parsed, reason is null);
        }
    }
}
