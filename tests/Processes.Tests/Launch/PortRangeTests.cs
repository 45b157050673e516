namespace ActorCompute.Processes.Tests.Launch;

public sealed class PortRangeTests
{
    [Theory]
    [InlineData("0", 0, 0)]
    [InlineData("4053", 4053, 4053)]
    [InlineData("5100-5119", 5100, 5119)]
    [InlineData("1-65535", 1, 65535)]
    public void Parse_PortOrRange_IsTaken(string text, int first, int last)
    {
        var range = PortRange.Parse(text);
        Assert.Equal(new PortRange(first, last), range);
        Assert.Equal(text, range.ToString());
        Assert.Equal((first, last), (range.First, range.Last));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("-1")]
    [InlineData("5100-")]
    [InlineData("5119-5100")]
    [InlineData("0-10")]
    [InlineData("1-2-3")]
    [InlineData("65536")]
    [InlineData("1-65536")]
    [InlineData(" 1")]
    [InlineData("+1")]
    [InlineData("http")]
    [InlineData("99999999999999999999")]
    public void Parse_AnythingElse_IsBadInput(string text) => Assert.Throws<InputException>(() => PortRange.Parse(text));

    [Fact]
    public void Single_OnePort_IsIt() => Assert.Equal(4053, PortRange.Parse("4053").Single());

    [Fact]
    public void Single_Range_IsBadInput() => Assert.Throws<InputException>(() => PortRange.Parse("1-2").Single());
}
