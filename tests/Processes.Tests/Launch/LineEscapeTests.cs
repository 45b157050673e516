namespace ActorCompute.Processes.Tests.Launch;

public sealed class LineEscapeTests
{
    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1:4053")]
    [InlineData("C:\\a b\\%41&=+\"'")]
    [InlineData("\r\n\t\0\u007f")]
    [InlineData("äß€ \u2028 \ud83d\ude00")]
    [InlineData("half \ud83d of a pair")]
    public void Unescape_WhatEscapeWrote_IsTheSame(string text)
    {
        var escaped = LineEscape.Escape(text);
        Assert.All(escaped, c => Assert.InRange(c, ' ', '~'));
        Assert.DoesNotContain('&', escaped);
        Assert.DoesNotContain('=', escaped);
        Assert.Equal(text, LineEscape.Unescape(escaped));
    }

    [Fact]
    public void Unescape_SmallDigits_AreRead() => Assert.Equal("äÄ", LineEscape.Unescape("%00e4%00C4"));

    [Theory]
    [InlineData("%")]
    [InlineData("%004")]
    [InlineData("a%00g1")]
    [InlineData("%%0041")]
    public void Unescape_NoDigits_IsNull(string escaped) => Assert.Null(LineEscape.Unescape(escaped));
}
