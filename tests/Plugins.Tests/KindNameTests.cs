namespace ActorCompute.Plugins.Tests;

public sealed class KindNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("word-count")]
    [InlineData("pi2")]
    public void IsValid_LowerCaseLettersDigitsHyphens_True(string name) => Assert.True(KindName.IsValid(name));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Pi")]
    [InlineData("2pi")]
    [InlineData("-pi")]
    [InlineData("p i")]
    [InlineData("p/../i")]
    [InlineData("π")]
    public void IsValid_AnythingElse_False(string? name) => Assert.False(KindName.IsValid(name));

    [Fact]
    public void IsValid_Length_UpTo64()
    {
        Assert.True(KindName.IsValid(new('a', 64)));
        Assert.False(KindName.IsValid(new('a', 65)));
    }
}
