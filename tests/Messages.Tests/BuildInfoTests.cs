namespace ActorCompute.Messages.Tests;

public sealed class BuildInfoTests
{
    [Fact]
    public void BuildInfo_VersionAndEngine_AreKnown()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+", BuildInfo.Version);
        Assert.Matches(@"^Akka\.NET \d+\.\d+\.\d+$", BuildInfo.Engine);
    }
}
