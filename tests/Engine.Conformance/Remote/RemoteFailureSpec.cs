using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;

namespace ActorCompute.Engine.Conformance.Remote;

/// <summary>Broken, hanging and restarted peers. Each node there sits behind a <see cref="Wire"/>.</summary>
public class RemoteFailureSpec : IAsyncLifetime
{
    private readonly Systems _systems = new();
    private readonly Wire _wire = new Wire().ToNewNode();
    private readonly ActorSystem _here;
    private readonly ActorSystem _there;

    public RemoteFailureSpec()
    {
        _here = _systems.StartRemote("here");
        _there = _systems.StartRemote("there", _wire.Config);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _systems.DisposeAsync();
        await _wire.DisposeAsync();
    }

    [Fact]
    public async Task Tell_ConnectionBreaksAgainAndAgain_NothingTwiceNothingOutOfOrder()
    {
        var receiver = new Mail(_there);
        var remote = _here.Resolve(_there, receiver.Ref);
        var last = -1;
        for (var round = 0; round < 10; round++)
        {
            for (var i = 0; i < 500; i++)
                remote.Tell(round * 500 + i, ActorRefs.NoSender);
            _wire.Break();
            // Until something arrives again; what the break swallowed stays swallowed.
            await Reached(remote);
            foreach (var number in (await receiver.Drain()).Cast<int>())
            {
                Assert.True(number > last, $"{number} after {last}");
                last = number;
            }
        }
    }

    [Fact]
    public async Task Tell_OnePeerHangs_OthersAreServed()
    {
        var other = _systems.StartRemote("other");
        var receiver = new Mail(other);
        var stuck = new Mail(_there);
        var remoteStuck = _here.Resolve(_there, stuck.Ref);
        await Reached(remoteStuck);
        _wire.Hang();

        var text = new string('x', 10_000);
        for (var i = 0; i < 2_000; i++) // more than all the socket buffers on the way hold
            remoteStuck.Tell(text, ActorRefs.NoSender);
        _here.Resolve(other, receiver.Ref).Tell("through", ActorRefs.NoSender);

        Assert.Equal("through", await receiver.Expect<string>());
        _wire.Flow();
    }

    [Fact]
    public async Task Watch_ConnectionBreaksAndComesBack_TerminatedOnlyWhenItStops()
    {
        var victim = new Mail(_there);
        var watcher = new Mail(_here);
        var remote = _here.Resolve(_there, victim.Ref);
        await watcher.Watch(remote);
        await Reached(remote);
        for (var i = 0; i < 3; i++)
        {
            _wire.Break();
            await Reached(remote);
        }
        Assert.Empty(await watcher.Drain());

        _there.Stop(victim.Ref);

        Assert.False((await watcher.Expect<Terminated>()).AddressTerminated);
        Assert.Empty(await watcher.Drain());
    }

    [Fact]
    public async Task Watch_NodeFallsSilent_AddressTerminatedOnce()
    {
        var victims = new[] { new Mail(_there), new Mail(_there) };
        var watcher = new Mail(_here);
        foreach (var victim in victims)
        {
            var remote = _here.Resolve(_there, victim.Ref);
            await watcher.Watch(remote);
            await Reached(remote);
        }

        _wire.Hang();

        var first = await watcher.Expect<Terminated>();
        var second = await watcher.Expect<Terminated>();
        Assert.True(first.AddressTerminated && second.AddressTerminated);
        Assert.True(first.ExistenceConfirmed && second.ExistenceConfirmed);
        Assert.NotEqual(first.ActorRef, second.ActorRef);
        _wire.Flow();
        Assert.Empty(await watcher.Drain());
    }

    [Fact]
    public async Task Node_RestartsAtItsAddress_IsAnotherIncarnation()
    {
        var before = new Mail(_there, "worker");
        var watcher = new Mail(_here);
        var old = _here.Resolve(_there, before.Ref);
        await watcher.Watch(old);
        await Reached(old);

        _wire.ToNewNode(); // the old process is dead as far as anybody can tell
        _wire.Break();
        var again = _systems.StartRemote("there", _wire.Config);
        var after = new Mail(again, "worker");
        var terminated = watcher.Expect<Terminated>("the old incarnation is known to be gone");
        var found = await ResolveUntilFound("/user/worker");

        Assert.Equal(after.Ref.Path.Uid, found.Path.Uid);
        Assert.Equal(old, (await terminated).ActorRef);
        old.Tell("for the old", ActorRefs.NoSender);
        found.Tell("for the new", ActorRefs.NoSender);
        Assert.Equal("for the new", await after.Expect<string>());
        Assert.Empty(await watcher.Drain());
    }

    /// <summary>What was sent before has arrived, or is lost, when an answer is back. Asks again, for asks get lost as well.</summary>
    private static Task Reached(IActorRef remote) => Eventually.Get(
        async () =>
        {
            try
            {
                return (await remote.Ask<ActorIdentity>(new Identify(0), TimeSpan.FromMilliseconds(300))).Subject;
            }
            catch (AskTimeoutException)
            {
                return null; // lost with the connection
            }
        },
        $"an answer from {remote}");

    private Task<IActorRef> ResolveUntilFound(string path) => Eventually.Get(
        async () =>
        {
            try
            {
                return await _here.ActorSelection(new Address("akka.tcp", "there", "127.0.0.1", _wire.Port) + path)
                    .ResolveOne(TimeSpan.FromMilliseconds(300));
            }
            catch (ActorNotFoundException)
            {
                return null; // not connected again yet
            }
        },
        $"somebody at {path}");
}
