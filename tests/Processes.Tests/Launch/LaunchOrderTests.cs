namespace ActorCompute.Processes.Tests.Launch;

public sealed class LaunchOrderTests
{
    [Fact]
    public void Read_WhatToLineWrote_IsTheSameOnOneLine()
    {
        var order = new LaunchOrder { Secret = "a\nb\"c", WorkerId = "w", Tls = new("a\\b.pfx", "p\"w"), Incarnation = long.MaxValue, PreviousEnd = "exited with status 139; it said: \u00e4 |\r\nb" };
        Assert.DoesNotContain('\n', order.ToLine());
        Assert.Equal(order, LaunchOrder.Read(new StringReader(order.ToLine() + "\nmore")));
    }

    [Fact]
    public void Read_OnlyTheSecret_IsEnough() => Assert.Equal(new() { Secret = "s" }, LaunchOrder.Read(new StringReader("Secret=s")));

    [Fact]
    public void Read_PipeClosed_SaysSo() =>
        Assert.Contains("without an order", Assert.Throws<InputException>(() => LaunchOrder.Read(new StringReader(""))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\nSecret=s")]
    [InlineData("WorkerId=x")]
    [InlineData("Secret")]
    [InlineData("Secret=s&")]
    [InlineData("Secret=s&Secret=t")]
    [InlineData("Secret=s%0")]
    [InlineData("Secret=s&Incarnation=-1")]
    [InlineData("Secret=s&Incarnation=9223372036854775808")]
    [InlineData("[]")]
    [InlineData("hello")]
    [InlineData("{\"Secret\":\"s\"}")]
    public void Read_NoOrder_IsBadInput(string text) => Assert.Throws<InputException>(() => LaunchOrder.Read(new StringReader(text)));
}
