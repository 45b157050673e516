using ActorCompute.Assumptions.Support;
using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Remoting;
using Akka.Actor;

namespace ActorCompute.Assumptions.Remote;

/// <summary>A process ends and another takes its place: a seed at its address, a worker at another port.</summary>
public sealed class IncarnationTests : IAsyncLifetime
{
    private readonly Peers _peers = new();

    [Fact]
    public async Task Peer_KilledAndStartedAtItsAddress_IsReachedThereAndItsPredecessorIsNot()
    {
        var here = _peers.Start();
        await using var first = await PeerProcess.StartAsync();
        var endpoint = first.Endpoint;
        Assert.Equal(first.Id, await Peers.AnswerAsync(here, endpoint, "the first at its address"));
        var former = await EchoOfAsync(here, endpoint);
        await first.KillAsync();

        await using var second = await PeerProcess.StartAsync(endpoint.Port);
        Assert.Equal(second.Id, await Peers.AnswerAsync(here, endpoint, "the second at the same address"));

        var asker = new Mail(here);
        former.Tell(new Chunk { Job = "for the first" }, asker.Ref);
        (await EchoOfAsync(here, endpoint)).Tell(new Chunk { Job = "for the second" }, asker.Ref);
        Assert.Equal("for the second", (await asker.ExpectAsync<Chunk>("the only answer")).Job);
    }

    [Fact]
    public async Task Peer_KilledAndStartedAtAnotherPort_IsReachedByTheFirstMessage()
    {
        var here = _peers.Start();
        await using var first = await PeerProcess.StartAsync();
        Assert.Equal(first.Id, await Peers.AnswerAsync(here, first.Endpoint, "the first"));
        await first.KillAsync();
        await using var second = await PeerProcess.StartAsync();
        Assert.NotEqual(first.Endpoint, second.Endpoint);

        // Once: what is said to a new address waits for the connection, and is not lost.
        var answer = await Peers.AskAsync(here.ActorAt(second.Endpoint, PeerProcess.Echo), Mail.Limit);

        Assert.Equal(second.Id, answer?.Sequence);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _peers.DisposeAsync().AsTask();

    private static Task<IActorRef> EchoOfAsync(ActorSystem from, HostEndpoint endpoint) =>
        from.ActorAt(endpoint, PeerProcess.Echo).ResolveOne(Mail.Limit);
}
