using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using Akka.Remote;
using Akka.Remote.Wire;

namespace ActorCompute.Engine.Tests.Remote;

/// <summary>A peer that has shaken hands and then does not read.</summary>
public class SlowPeerTests : IAsyncLifetime
{
    private readonly RemoteNode _here = new("here", "akka.remote.outbound-buffer-size = 2 MiB");
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private Address _address;

    public Task InitializeAsync()
    {
        _listener.Start();
        _address = new Address("akka.tcp", "stuck", "127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        _listener.Stop();
        await _here.DisposeAsync();
    }

    [Fact]
    public async Task BufferFull_UserMessagesAreDeadLettersWithOneWarning()
    {
        var stuck = Reference("user/stuck");
        stuck.Tell("first", ActorRefs.NoSender);
        using var peer = await ShakeHands();

        var text = new string('x', 50_000);
        for (var i = 0; i < 400; i++)
            stuck.Tell(text, ActorRefs.NoSender);

        await _here.When<DeadLetter>(e => e.Recipient.Equals(stuck));
        Assert.Single(_here.Seen<Warning>(), e => e.Message.ToString().Contains("outbound-buffer-size"));
    }

    [Fact]
    public async Task Terminate_DoesNotWaitForIt()
    {
        var node = new RemoteNode("short", "akka.remote.flush-wait-on-shutdown = 200 ms");
        var stuck = ((ExtendedActorSystem)node.System).Provider.ResolveActorRef(new RootActorPath(_address) / "user" / "stuck");
        stuck.Tell("first", ActorRefs.NoSender);
        using var peer = await ShakeHands();
        var text = new string('x', 50_000);
        for (var i = 0; i < 400; i++)
            stuck.Tell(text, ActorRefs.NoSender);

        await node.System.Terminate().WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Watched_IsGivenUpAfterTheSilence()
    {
        var stuck = Reference("user/stuck");
        var terminated = new TaskCompletionSource<Terminated>(TaskCreationOptions.RunContinuationsAsynchronously);
        _here.System.ActorOf(Props.Create(() => new Watcher(stuck, terminated)));
        using var peer = await ShakeHands();

        Assert.True((await terminated.Task.WaitAsync(RemoteNode.Patience)).AddressTerminated);
        Assert.Equal(_address, (await _here.When<QuarantinedEvent>(_ => true)).Address);
    }

    [Fact]
    public async Task NeverAnswersTheHandshake_IsGivenUpAfterTheTimeOut()
    {
        await using var node = new RemoteNode("node", "akka.remote.dot-netty.tcp.connection-timeout = 300 ms");
        var stuck = ((ExtendedActorSystem)node.System).Provider.ResolveActorRef(new RootActorPath(_address) / "user" / "stuck");

        stuck.Tell("lost", ActorRefs.NoSender);

        var error = await node.When<AssociationErrorEvent>(_ => true);
        Assert.Contains("connection-timeout", error.Cause.Message);
        await node.When<DeadLetter>(e => e.Message.Equals("lost"));
    }

    private IActorRef Reference(string path) =>
        ((ExtendedActorSystem)_here.System).Provider.ResolveActorRef($"{_address}/{path}");

    private async Task<Socket> ShakeHands()
    {
        using var limit = new CancellationTokenSource(RemoteNode.Patience);
        var socket = await _listener.AcceptSocketAsync(limit.Token);
        var buffer = new byte[Handshake.MaximumFrame];
        Assert.NotEqual(0, await socket.ReceiveAsync(buffer, limit.Token));
        using var writer = new WireWriter();
        Handshake.Write(writer, new Welcome(new NodeIdentity(_address, 99), 0));
        socket.Send(writer.Written);
        return socket;
    }

    private sealed class Watcher : UntypedActor
    {
        private readonly TaskCompletionSource<Terminated> _terminated;

        public Watcher(IActorRef subject, TaskCompletionSource<Terminated> terminated)
        {
            _terminated = terminated;
            Context.Watch(subject);
        }

        protected override void OnReceive(object message)
        {
            if (message is Terminated terminated)
                _terminated.TrySetResult(terminated);
        }
    }
}
