using System.CommandLine;
using ActorCompute.Hosting;

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
    public void Read_AllGiven_IsTaken() =>
        Assert.Equal(
            new WorkerSettings("10.0.0.1", new(5100, 5119), 7, "w7"),
            Read("--host", "10.0.0.1", "--port", "5100-5119", "--slots", "7", "--name", "w7"));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1025")]
    public void Read_SlotsOutOfRange_IsBadInput(string slots) =>
        Assert.Contains("1 to 1024", Assert.Throws<InputException>(() => Read($"--slots={slots}")).Message, StringComparison.Ordinal);

    private static WorkerSettings Read(params string[] arguments)
    {
        var options = new WorkerOptions();
        var command = new RootCommand { options.Host, options.Port, options.Slots, options.Name };
        return options.Read(command.Parse(arguments));
    }
}
