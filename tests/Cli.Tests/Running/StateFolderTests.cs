using ActorCompute.Cli.Running;

namespace ActorCompute.Cli.Tests.Running;

/// <summary>Where the logs of clusters in the background are.</summary>
public sealed class StateFolderTests
{
    private readonly Dictionary<string, string> _variables = [];

    [Fact]
    public void Find_NothingSet_IsThePersonsOwnFolder()
    {
        Assert.Equal(Path.Combine("/home/p", ".local", "state", "actorcompute"), Find(isWindows: false));
        Assert.Equal(Path.Combine("/data/p", "actorcompute"), Find(isWindows: true));
    }

    [Fact]
    public void Find_StateHome_CountsWhereItIsWholeAndNotOnWindows()
    {
        _variables["XDG_STATE_HOME"] = Path.GetFullPath("/var/state");
        Assert.Equal(Path.Combine(Path.GetFullPath("/var/state"), "actorcompute"), Find(isWindows: false));
        Assert.Equal(Path.Combine("/data/p", "actorcompute"), Find(isWindows: true));
        _variables["XDG_STATE_HOME"] = "state";
        Assert.Equal(Path.Combine("/home/p", ".local", "state", "actorcompute"), Find(isWindows: false));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Find_OwnVariable_ComesFirst(bool isWindows)
    {
        _variables["ACTORCOMPUTE_STATE"] = Path.GetFullPath("/elsewhere");
        _variables["XDG_STATE_HOME"] = Path.GetFullPath("/var/state");
        Assert.Equal(Path.GetFullPath("/elsewhere"), Find(isWindows));
    }

    private string Find(bool isWindows) => StateFolder.Find(_variables.GetValueOrDefault, "/data/p", "/home/p", isWindows);
}
