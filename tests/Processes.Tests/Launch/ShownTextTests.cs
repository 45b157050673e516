namespace ActorCompute.Processes.Tests.Launch;

/// <summary>What a stranger may write into a name, and what a terminal gets of it.</summary>
public sealed class ShownTextTests
{
    [Theory]
    [InlineData("worker-1 on host.example", "worker-1 on host.example")]
    [InlineData("", "")]
    [InlineData("Grüße, 世界, 👩\u200D🔬, می\u200Cخواهم", "Grüße, 世界, 👩\u200D🔬, می\u200Cخواهم")]
    [InlineData("\u001b[2J\u001b]0;title\u0007", "\\x1B[2J\\x1B]0;title\\x07")]
    [InlineData("a\rb\r\nc\td\u0000e\u007f", "a b c d\\x00e\\x7F")]
    [InlineData("\u009b31mred", "\\x9B31mred")]
    [InlineData("abc\u202Edcb\u2028x\uFEFF", "abc\\u202Edcb\\u2028x\\uFEFF")]
    public void Line_ShowsWhatATerminalWouldObey(string text, string shown) => Assert.Equal(shown, ShownText.Line(text));

    [Fact]
    public void Line_HalvesOfPairs_AreShown()
    {
        Assert.Equal("x\\uDC00", ShownText.Line("x\uDC00"));
        Assert.Equal("half \\uD800 x", ShownText.Line("half \uD800 x"));
    }
}
