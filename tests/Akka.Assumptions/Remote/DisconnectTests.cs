using ActorCompute.Assumptions.Support;
using ActorCompute.Messages;
using ActorCompute.Remoting;
using Akka.Actor;
using Akka.Remote;

namespace ActorCompute.Assumptions.Remote;

/// <summary>What is seen of a peer that ends, and of one that only was silent. Nobody watches anybody across the network.</summary>
public sealed class DisconnectTests : IAsyncLifetime
{
    private readonly Peers _peers = new();

    [Fact]
    public async Task Peer_SystemTerminates_DisassociatedEventNamesItsAddress()
    {
        var (here, there) = (_peers.Start(), _peers.Start());
        var receiver = new Mail(there);
        var remote = Peers.Resolve(here, there, receiver.Ref);
        remote.Tell(new Chunk(), ActorRefs.NoSender);
        await receiver.ExpectAsync<Chunk>("a first message");
        var closed = new Mail(here, null, typeof(DisassociatedEvent));

        await there.Terminate();

        Assert.Equal(remote.Path.Address, (await closed.ExpectAsync<DisassociatedEvent>("the end of the system")).RemoteAddress);
    }

    [Fact]
    public async Task Peer_ProcessIsKilled_DisassociatedEventNamesItsAddress()
    {
        var here = _peers.Start();
        await using var peer = await PeerProcess.StartAsync();
        await Peers.AnswerAsync(here, peer.Endpoint, "the peer");
        var closed = new Mail(here, null, typeof(DisassociatedEvent));

        await peer.KillAsync();

        Assert.Equal(here.ActorAt(peer.Endpoint, "/").Anchor.Path.Address, (await closed.ExpectAsync<DisassociatedEvent>("the end of the process")).RemoteAddress);
    }

    [UnixFact]
    public async Task Peer_SilentUntilItWasDisconnected_IsSpokenToAgainWhenItGoesOn()
    {
        var here = _peers.Start();
        await using var peer = await PeerProcess.StartAsync();
        await Peers.AnswerAsync(here, peer.Endpoint, "the peer");
        var closed = new Mail(here, null, typeof(DisassociatedEvent));
        var quarantined = new Mail(here, null, typeof(QuarantinedEvent));

        peer.Send(Signal.Stop);
        await closed.ExpectAsync<DisassociatedEvent>("the connection to a silent peer is closed");
        peer.Send(Signal.Continue);

        Assert.Equal(peer.Id, await Peers.AnswerAsync(here, peer.Endpoint, "the same process again"));
        Assert.Empty(await quarantined.DrainAsync());
    }

    /// <summary>Why nobody watches anybody across the network. When this fails, DeathWatch may do.</summary>
    [UnixFact]
    public async Task Peer_SilentAndWatched_IsReportedTerminatedAlthoughItLives()
    {
        var here = _peers.Start("akka.remote.watch-failure-detector.acceptable-heartbeat-pause = 3s");
        await using var peer = await PeerProcess.StartAsync();
        var echo = await here.ActorAt(peer.Endpoint, PeerProcess.Echo).ResolveOne(Mail.Limit);
        var mail = new Mail(here);
        here.ActorOf(Props.Create(() => new Watcher(echo, mail.Ref)));

        peer.Send(Signal.Stop);
        Assert.Equal(echo, await mail.ExpectAsync<IActorRef>("word of its end"));
        peer.Send(Signal.Continue);

        Assert.NotEmpty(await peer.AssembliesAsync());
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _peers.DisposeAsync().AsTask();

    /// <summary>Tells of the end of an actor that it watches.</summary>
    private sealed class Watcher : ReceiveActor
    {
        public Watcher(IActorRef subject, IActorRef listener)
        {
            Context.Watch(subject);
            Receive<Terminated>(ended => listener.Tell(ended.ActorRef));
        }
    }
}
