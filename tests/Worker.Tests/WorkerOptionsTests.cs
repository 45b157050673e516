using System.CommandLine;
using ActorCompute.Processes;

namespace ActorCompute.Worker.Tests;

public sealed class WorkerOptionsTests
{
    [Fact]
    public void Read_NothingGiven_IsAWorkerOfThisMachine()
    {
        var settings = Read();
        Assert.Equal(("127.0.0.1", new PortRange(0, 0), Environment.ProcessorCount), (settings.Host, settings.Ports, settings.Slots));
        Assert.StartsWith(Environment.MachineName, settings.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AllGiven_IsTaken()
    {
        var settings = Read(
            "--name", "w7", "--host", "10.0.0.1", "--port", "5100-5119", "--slots", "7", "--io-limit", "9", "--plugins", "a", "--plugins", "b",
            "--resource", "gpu=2", "--resource", "mem=64GiB", "--max-tasks", "100", "--memory-limit", "512M", "--drain-timeout", "1500ms", "--allow-crashes", "--allow-commands");
        Assert.Equal(["a", "b"], settings.Plugins);
        var expected = new WorkerSettings
        {
            Name = "w7",
            Host = "10.0.0.1",
            Ports = new(5100, 5119),
            Slots = 7,
            IoLimit = 9,
            Plugins = settings.Plugins,
            Resources = Resources.Of(("gpu", 2), ("mem", 64L << 30)),
            MaxTasks = 100,
            MemoryLimit = 512L << 20,
            DrainTimeout = TimeSpan.FromSeconds(1.5),
            AllowCrashes = true,
            AllowCommands = true,
        };
        Assert.Equal(expected, settings);
        Assert.True(Read("--built-in-only").BuiltInOnly);
    }

    [Fact]
    public void Read_NothingGiven_IsTheDefaultOfEach()
    {
        var read = Read();
        Assert.Empty(read.Plugins);
        Assert.Equal(new() { Name = read.Name, Plugins = read.Plugins }, read);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1025")]
    public void Read_SlotsOutOfRange_IsBadInput(string slots) =>
        Assert.Contains("1 to 1024", Assert.Throws<InputException>(() => Read($"--slots={slots}")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("--io-limit=0", "1 to 2048")]
    [InlineData("--drain-timeout=soon", "--drain-timeout soon")]
    [InlineData("--port=70000", "'70000'")]
    [InlineData("--io-limit=2049", "1 to 2048")]
    [InlineData("--max-tasks=0", "1 or more")]
    [InlineData("--resource=gpu=two", "--resource: 'gpu=two' is not NAME=AMOUNT")]
    [InlineData("--memory-limit=1M", "at least 64M")]
    [InlineData("--memory-limit=much", "for example 512M")]
    public void Read_LimitsOutOfRange_AreBadInput(string argument, string what) =>
        Assert.Contains(what, Assert.Throws<InputException>(() => Read(argument)).Message, StringComparison.Ordinal);

    private static WorkerSettings Read(params string[] arguments)
    {
        var options = new WorkerOptions();
        var command = new RootCommand();
        foreach (var option in options.OfNode) command.Options.Add(option);
        return options.Read(command.Parse(arguments));
    }
}
