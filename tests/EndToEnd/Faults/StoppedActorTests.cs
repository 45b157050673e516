using ActorCompute.Messages;
using ActorCompute.Processes;
using Akka.Actor;

namespace ActorCompute.EndToEnd.Faults;

/// <summary>
/// Actors that a process cannot do without, stopped by another member, who knows the secret. (A stranger's word reaches no actor.)
/// The process ends with one line, and its keeper starts it again: nothing is half dead.
/// </summary>
[Collection(Lane.Faults)]
public sealed class StoppedActorTests : IAsyncLifetime
{
    private static readonly TimeSpan Bound = RunningProgram.Limit;

    private readonly Member _member = new();
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.StartAsync(workers: 1);

    [Fact]
    public async Task Registry_Stopped_TheSeedEndsWithOneLine()
    {
        _member.Registry(_cluster.Address).Tell(PoisonPill.Instance);
        var end = await _cluster.Seed.WaitAsync("the seed without a registry", Bound);
        end.AssertExit(ExitCodes.Broken).AssertSays("error: the seed cannot go on: its actor 'registry' has ended: it was stopped from outside");
    }

    [Fact]
    public async Task Node_Stopped_IsStartedAgain()
    {
        var node = Assert.Single((await StatusAsync()).Workers).Worker;
        _member.System.ActorSelection(node.Node).Tell(PoisonPill.Instance);
        var keeper = _cluster.Workers[0];
        await keeper.WaitForLineAsync(keeper.Error, line => line.EndsWith("error: its actor 'node' has ended: it was stopped from outside", StringComparison.Ordinal), "the node's last words");
        await keeper.WaitForLineAsync(keeper.Error, line => line.Contains($" the node exited with status {ExitCodes.Broken}; it is started again", StringComparison.Ordinal), "the keeper's line");
        (await _cluster.RunAsync("run", "echo", "--item", "a")).AssertExit(0);
        Assert.NotEqual(node.ProcessId, Assert.Single((await StatusAsync()).Workers).Worker.ProcessId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Client_ItsActorStopped_EndsWithOneLineAndStatus3(bool isJob)
    {
        await using var client = _cluster.StartCli("run", "sleep", "--item", "3600");
        JobInfo? job = null;
        await Poll.UntilAsync("the job shows", Bound, async () => (job = (await StatusAsync()).Clients.SelectMany(one => one.Jobs).SingleOrDefault()) is not null);
        var path = ActorPath.Parse(job!.Actor);
        _member.System.ActorSelection(isJob ? job.Actor : $"{path.Address}/user/attach").Tell(PoisonPill.Instance);
        var end = await client.WaitAsync("the client", Bound);
        end.AssertExit(3);
        Assert.Single(end.Error, line => line.StartsWith("error: this client cannot go on: its", StringComparison.Ordinal));
    }

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _member.DisposeAsync();
    }

    private Task<ClusterStatus> StatusAsync() => _member.StatusAsync(_cluster.Address);
}
