using ActorCompute.Engine.Conformance.Support;
using ActorCompute.Support;
using Akka.Actor;

namespace ActorCompute.Engine.Conformance.Processes;

/// <summary>Another process is watched and talked to while it dies, hangs, ends in order, or loses its connections.</summary>
[Collection(ProcessSpecs.Name)]
public class RemoteProcessSpec : IAsyncLifetime
{
    private readonly Systems _systems = new();
    private readonly ActorSystem _here;

    public RemoteProcessSpec() => _here = _systems.StartRemote("here", NodeProcess.Detectors);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _systems.DisposeAsync();

    [Fact]
    public async Task Watch_ProcessIsKilled_TerminatedOnceForEach()
    {
        await using var node = await NodeProcess.StartRemote();
        var watcher = new Mail(_here);
        var victims = await Watch(watcher, node);

        await node.Kill();

        await ExpectTerminated(watcher, victims);
        Assert.Empty(await watcher.Drain());
    }

    [UnixFact]
    public async Task Watch_ProcessIsStopped_TerminatedOnceAndItStaysDeadWhenItGoesOn()
    {
        await using var node = await NodeProcess.StartRemote();
        var watcher = new Mail(_here);
        var victims = await Watch(watcher, node);

        node.Send(Signal.Stop);

        await ExpectTerminated(watcher, victims);
        node.Send(Signal.Continue);
        await Assert.ThrowsAsync<AskTimeoutException>(() => victims[0].Ask<string>("?", TimeSpan.FromSeconds(2)));
        Assert.Empty(await watcher.Drain());
    }

    [UnixFact]
    public async Task Watch_ProcessIsToldToEnd_TerminatedOnceAndItEndsInOrder()
    {
        await using var node = await NodeProcess.StartRemote();
        var watcher = new Mail(_here);
        var victims = await Watch(watcher, node);

        node.Send(Signal.Terminate);

        await ExpectTerminated(watcher, victims);
        Assert.Equal(["shutting down", "ended"], (await node.EndedWell()).Skip(1));
        Assert.Empty(await watcher.Drain());
    }

    [Fact]
    public async Task Tell_ConnectionsAreCutAgainAndAgain_NothingTwiceNothingOutOfOrder()
    {
        const int Rounds = 8;
        const int Each = 1000;
        await using var wire = new Wire().ToNewNode();
        await using var node = await NodeProcess.StartRemote(wire.Config);
        var recorder = await node.Find(_here, "recorder");
        var total = (Last: -1, Count: 0);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < Each; i++)
            {
                if (i == Each / 2)
                    wire.Break(); // in the middle of a stream
                recorder.Tell(round * Each + i, ActorRefs.NoSender);
            }
            var (last, count, wrong) = await Report(recorder);
            Assert.Equal(0, wrong);
            Assert.InRange(count, total.Count, (round + 1) * Each);
            total = (last, count);
        }

        // Connected as it is now, nothing gets lost any more.
        for (var i = 0; i < Each; i++)
            recorder.Tell(Rounds * Each + i, ActorRefs.NoSender);
        Assert.Equal(((Rounds + 1) * Each - 1, total.Count + Each, 0), await Report(recorder));
    }

    private static async Task<(int Last, int Count, int Wrong)> Report(IActorRef recorder)
    {
        var report = await Eventually.Get(
            async () =>
            {
                try
                {
                    return await recorder.Ask<string>("report", TimeSpan.FromMilliseconds(500));
                }
                catch (AskTimeoutException)
                {
                    return null; // lost with a connection
                }
            },
            "the recorder's report");
        var numbers = report.Split(' ').Select(int.Parse).ToArray();
        return (numbers[0], numbers[1], numbers[2]);
    }

    /// <summary>Two actors of the node, watched for certain: the node has answered something that was sent later.</summary>
    private async Task<IActorRef[]> Watch(Mail watcher, NodeProcess node)
    {
        var victims = new[] { await node.Find(_here, "echo"), await node.Find(_here, "recorder") };
        foreach (var victim in victims)
            await watcher.Watch(victim);
        Assert.Equal("reached", await victims[0].Ask<string>("reached", Mail.Patience));
        return victims;
    }

    private static async Task ExpectTerminated(Mail watcher, IActorRef[] victims)
    {
        var gone = new[] { await watcher.Expect<Terminated>("the first"), await watcher.Expect<Terminated>("the second") };
        Assert.Equal(victims.Select(victim => victim.Path.Name).Order(), gone.Select(terminated => terminated.ActorRef.Path.Name).Order());
    }
}
