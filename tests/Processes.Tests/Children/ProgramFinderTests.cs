namespace ActorCompute.Processes.Tests.Children;

public sealed class ProgramFinderTests
{
    [Fact]
    public void Find_NotThere_SaysWhereItLooked()
    {
        var error = Assert.Throws<ProgramMissingException>(() => ProgramFinder.Find("Nowhere", "no-such-program"));
        Assert.Contains("no-such-program", error.Message, StringComparison.Ordinal);
        Assert.Contains("Nowhere", error.Message, StringComparison.Ordinal);
    }
}
