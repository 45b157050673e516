using ActorCompute.Processes;

namespace ActorCompute.Client.Tests;

public sealed class LocalClusterOptionsTests
{
    [Fact]
    public void OfWorker_EachOption_ReachesTheWorkersSettings()
    {
        string[] plugins = ["a"];
        var options = new LocalClusterOptions
        {
            Slots = 7,
            IoLimit = 9,
            Plugins = plugins,
            Resources = Resources.Of(("gpu", 2)),
            MaxTasksPerWorker = 100,
            MemoryLimit = 512L << 20,
            DrainTimeout = TimeSpan.FromSeconds(1.5),
            BuiltInOnly = true,
            AllowCrashes = true,
            AllowCommands = true,
        };
        var expected = new WorkerSettings
        {
            Name = "3",
            Slots = 7,
            IoLimit = 9,
            Plugins = plugins,
            Resources = Resources.Of(("gpu", 2)),
            MaxTasks = 100,
            MemoryLimit = 512L << 20,
            DrainTimeout = TimeSpan.FromSeconds(1.5),
            BuiltInOnly = true,
            AllowCrashes = true,
            AllowCommands = true,
        };
        Assert.Equal(expected, options.OfWorker("3"));
    }

    [Fact]
    public void OfWorker_Defaults_AreAWorkersButOneSlot()
    {
        var settings = new LocalClusterOptions().OfWorker("1");
        Assert.Equal(new() { Name = "1", Slots = 1, Plugins = settings.Plugins, AllowCommands = true }, settings);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("secret", null, false)]
    [InlineData("secret", true, true)]
    [InlineData(null, false, false)]
    public void OfWorker_SecretThatOthersMayKnow_AllowsCommandsOnlyIfAskedTo(string? secret, bool? asked, bool allowed) =>
        Assert.Equal(allowed, new LocalClusterOptions { Secret = secret, AllowCommands = asked }.OfWorker("1").AllowCommands);
}
