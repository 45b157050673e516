namespace ActorCompute.Abstractions.Tests.Parameters;

public sealed class NearNamesTests
{
    [Theory]
    [InlineData("tset", "test", 1)]
    [InlineData("abcd", "badc", 2)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    [InlineData("same", "same", 0)]
    [InlineData("ca", "abc", 3)]
    public void Distance_IsTheEditsBetweenTwoNames_InBothDirections(string a, string b, int expected) =>
        Assert.Equal((expected, expected), (NearNames.Distance(a, b), NearNames.Distance(b, a)));

    [Theory]
    [InlineData("tset", "test")]
    [InlineData("--frmo", "--from")]
    [InlineData("cuont", "count")]
    [InlineData("x", null)]
    [InlineData("--x", null)]
    [InlineData("nothing like it", null)]
    [InlineData("", null)]
    public void Nearest_OfACommandsWords_IsTheOneThatMayHaveBeenMeant(string wanted, string? expected) =>
        Assert.Equal(expected, NearNames.Nearest(wanted, ["count", "list", "test", "--from", "--y"]));

    [Fact]
    public void Find_SeveralAreNear_GivesTheNearestFirstAndNoMoreThanAsked()
    {
        string[] names = ["abcdeXYZ", "abcdefgX", "abcdefgh2", "abcdefXY"];
        Assert.Equal(["abcdefgX", "abcdefgh2", "abcdefXY"], NearNames.Find("abcdefgh", names));
        Assert.Equal(["abcdefgX"], NearNames.Find("abcdefgh", names, most: 1));
    }

    [Fact]
    public void Find_NamesThatMeanTheSame_AreNearest() =>
        Assert.Equal(["far away", "1x"], NearNames.Find("12", ["1x", "far away"], isSame: (wanted, name) => name.StartsWith("far", StringComparison.Ordinal)));

    [Fact]
    public void Find_LongNames_AreLeftOut()
    {
        var name = new string('n', 65);
        Assert.Empty(NearNames.Find(name, [name]));
        Assert.Empty(NearNames.Find(name[1..], [name]));
        Assert.Equal([name[1..]], NearNames.Find(name[1..], [name, name[1..]]));
    }
}
