namespace ActorCompute.Abstractions.Tests.Functions;

public sealed class WholeRangeTests
{
    [Theory]
    [InlineData("1..5", 1, 5, 1, 5)]
    [InlineData("-2..2", -2, 2, 1, 5)]
    [InlineData("0..100..30", 0, 100, 30, 4)]
    [InlineData("7..7", 7, 7, 1, 1)]
    [InlineData("1..1e6", 1, 1_000_000, 1, 1_000_000)]
    [InlineData("1_000..2_000", 1000, 2000, 1, 1001)]
    [InlineData("1..1.5e1", 1, 15, 1, 15)]
    [InlineData("-9223372036854775808..9223372036854775807", long.MinValue, long.MaxValue, 1, long.MaxValue)]
    public void Parse_Range_HasItsNumbers(string text, long from, long to, long step, long count)
    {
        var range = WholeRange.Parse(text);
        Assert.Equal((new WholeRange(from, to, step), count), (range, range.Count));
    }

    [Theory]
    [InlineData("", "is no range")]
    [InlineData("5", "is no range")]
    [InlineData("1..2..3..4", "is no range")]
    [InlineData("1..", "'' is not a whole number")]
    [InlineData("a..2", "'a' is not a whole number")]
    [InlineData("1..2.5", "'2.5' is not a whole number")]
    [InlineData("1..1e19", "is not a whole number between -2^63 and 2^63-1")]
    [InlineData("5..1", "ends before it begins")]
    [InlineData("1..5..0", "the step is 0")]
    [InlineData("1..5..-1", "the step is -1")]
    public void Parse_NoRange_SaysWhatIsWrong(string text, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => WholeRange.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Numbers_Steps_BothEndsIncluded()
    {
        Assert.Equal([0L, 30, 60, 90], WholeRange.Parse("0..100..30").Numbers());
        Assert.Equal([0L, 50, 100], WholeRange.Parse("0..100..50").Numbers());
    }

    [Fact]
    public void Numbers_UpToTheLastOfAll_End() =>
        Assert.Equal([long.MaxValue - 3, long.MaxValue - 1], new WholeRange(long.MaxValue - 3, long.MaxValue, 2).Numbers());
}
