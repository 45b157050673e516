namespace ActorCompute.Processes.Tests.Launch;

public sealed class ChildArgumentsTests
{
    [Fact]
    public void Create_NamesAndFlags_AreFound()
    {
        var arguments = new ChildArguments(["--port", "7", "--flag", "--file", "a", "--file", "--b"], "--flag", "--other");
        Assert.Equal(7, arguments.Number("--port", 1));
        Assert.Equal(1, arguments.Number("--slots", 1));
        Assert.True(arguments.Has("--flag"));
        Assert.False(arguments.Has("--other"));
        Assert.Equal(["a", "--b"], arguments.All("--file"));
        Assert.Null(arguments.Optional("--host"));
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("7")]
    [InlineData("--port", "7", "8")]
    public void Create_NamesAndValuesDoNotPair_IsBadInput(params string[] arguments) => Assert.Throws<InputException>(() => new ChildArguments(arguments));

    [Fact]
    public void Number_Text_IsBadInput() => Assert.Throws<InputException>(() => new ChildArguments(["--port", "x"]).Number("--port", 0));
}
