using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;

namespace ActorCompute.Engine.Conformance.Remote;

public class RemoteDeathWatchSpec : IAsyncLifetime
{
    private readonly Systems _systems = new();
    private readonly ActorSystem _here;
    private readonly ActorSystem _there;

    public RemoteDeathWatchSpec()
    {
        _here = _systems.StartRemote("here");
        _there = _systems.StartRemote("there");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _systems.DisposeAsync();

    [Fact]
    public async Task Watch_ActorStops_TerminatedOnce()
    {
        var victim = new Mail(_there);
        var watcher = new Mail(_here);
        var remote = _here.Resolve(_there, victim.Ref);
        await watcher.Watch(remote);
        await Reached(remote);

        _there.Stop(victim.Ref);

        var terminated = await watcher.Expect<Terminated>();
        Assert.Equal(remote, terminated.ActorRef);
        Assert.False(terminated.AddressTerminated);
        Assert.Empty(await watcher.Drain());
    }

    [Fact]
    public async Task Watch_ActorThatIsGoneAlready_Terminated()
    {
        var victim = new Mail(_there);
        var local = new Mail(_there);
        await local.Watch(victim.Ref);
        _there.Stop(victim.Ref);
        await local.Expect<Terminated>();
        var watcher = new Mail(_here);

        await watcher.Watch(_here.Resolve(_there, victim.Ref));

        Assert.False((await watcher.Expect<Terminated>()).AddressTerminated);
    }

    [Fact]
    public async Task Unwatch_BeforeItStops_NothingArrives()
    {
        var victim = new Mail(_there);
        var watched = new Mail(_there);
        var watcher = new Mail(_here);
        var remote = _here.Resolve(_there, victim.Ref);
        await watcher.Watch(remote);
        await watcher.Watch(_here.Resolve(_there, watched.Ref));
        await watcher.Unwatch(remote);
        await Reached(remote);

        _there.Stop(victim.Ref);
        _there.Stop(watched.Ref); // its notification comes after the one that must not be

        Assert.Equal(watched.Ref.Path.Uid, (await watcher.Expect<Terminated>()).ActorRef.Path.Uid);
    }

    [Fact]
    public async Task Watch_SystemTerminates_Terminated()
    {
        var victim = new Mail(_there);
        var watcher = new Mail(_here);
        var remote = _here.Resolve(_there, victim.Ref);
        await watcher.Watch(remote);
        await Reached(remote);

        await _there.Terminate();

        Assert.Equal(remote, (await watcher.Expect<Terminated>()).ActorRef);
        Assert.Empty(await watcher.Drain());
    }

    [Fact]
    public async Task Watch_NodeThatIsNotThere_Terminated()
    {
        var watcher = new Mail(_here);
        var address = new Address("akka.tcp", "there", "127.0.0.1", 1); // nobody listens on it
        var provider = ((ExtendedActorSystem)_here).Provider;

        await watcher.Watch(provider.ResolveActorRef(new RootActorPath(address) / "user" / "nobody"));

        var terminated = await watcher.Expect<Terminated>();
        Assert.False(terminated.ExistenceConfirmed);
        Assert.False(terminated.AddressTerminated); // there never was a node that could have died
    }

    /// <summary>What was sent to the node before has arrived when an answer to something sent later is back.</summary>
    private static async Task Reached(IActorRef remote) =>
        Assert.NotNull((await remote.Ask<ActorIdentity>(new Identify(0), Mail.Patience)).Subject);
}
