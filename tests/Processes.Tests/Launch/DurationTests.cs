namespace ActorCompute.Processes.Tests.Launch;

public sealed class DurationTests
{
    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("1.5", 1.5)]
    [InlineData("2m", 120)]
    [InlineData("2min", 120)]
    [InlineData("1h", 3600)]
    [InlineData("40d", 3_456_000)]
    public void Parse_LengthAsPeopleWriteIt_IsThat(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Duration.Parse("--timeout", text));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0.5ms")]
    [InlineData("41d")]
    [InlineData("-1s")]
    [InlineData("1e3")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("\u221E")]
    [InlineData("1y")]
    public void Parse_NoLength_IsRefusedInWords(string text) =>
        Assert.StartsWith($"--timeout {text}: give ", Assert.Throws<InputException>(() => Duration.Parse("--timeout", text)).Message, StringComparison.Ordinal);
}
