using ActorCompute.Assumptions.Support;
using Akka.Actor;
using Akka.Routing;

namespace ActorCompute.Assumptions.Dispatch;

/// <summary>Why src/Worker/Compute/IdlePool.cs exists. When this fails, Akka.NET's own router may do.</summary>
public sealed class SmallestMailboxPoolTests : IAsyncLifetime
{
    private readonly Peers _peers = new();

    [Fact]
    public async Task SmallestMailboxPool_BusyRouteeWithNothingWaiting_GetsTheNextMessageAlthoughAnotherIsIdle()
    {
        using var gate = new ManualResetEventSlim();
        var system = _peers.Start();
        var mail = new Mail(system);
        var router = system.ActorOf(Props.Create(() => new Routee(gate)).WithRouter(new SmallestMailboxPool(2)).WithDispatcher("compute-dispatcher"));
        router.Tell(new Block(), mail.Ref);
        var busy = await mail.ExpectAsync<IActorRef>("the one that blocks");

        router.Tell("first", mail.Ref);
        router.Tell("second", mail.Ref);

        // The idle one answers the second; the first waits behind the one that is busy.
        var second = await mail.ExpectAsync<(string Text, IActorRef By)>("the answer of the idle one");
        Assert.Equal("second", second.Text);
        gate.Set();
        Assert.Equal(("first", busy), await mail.ExpectAsync<(string, IActorRef)>("the answer of the busy one"));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _peers.DisposeAsync().AsTask();

    private sealed record Block;

    private sealed class Routee : ReceiveActor
    {
        public Routee(ManualResetEventSlim gate)
        {
            Receive<Block>(_ =>
            {
                Sender.Tell(Self);
                gate.Wait();
            });
            Receive<string>(text => Sender.Tell((text, Self)));
        }
    }
}
