using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;
using Akka.Cluster;
using static Akka.Cluster.ClusterEvent;
using ClusterNode = Akka.Cluster.Cluster;

namespace ActorCompute.Engine.Conformance.Cluster;

/// <summary>Members that fall silent, speak again, or are downed. Those that die and come back: Processes/ClusterProcessSpec.cs.</summary>
public class ClusterFailureSpec : IAsyncLifetime
{
    private readonly Systems _systems = new();
    private readonly Wire _seedWire = new Wire().ToNewNode();
    private readonly Wire _wire = new Wire().ToNewNode();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var wire in new[] { _wire, _seedWire })
        {
            wire.Flow();
            wire.Mend();
        }
        await _systems.DisposeAsync();
        await _wire.DisposeAsync();
        await _seedWire.DisposeAsync();
    }

    [Fact]
    public async Task Member_FallsSilentAndSpeaksAgain_UnreachableThenReachable()
    {
        var seed = await StartSeed();
        var other = await Join(seed);
        _seedWire.Spare();
        var member = await Join(seed, _wire.Config);
        var atSeed = Subscribe(seed, typeof(IReachabilityEvent));
        var atOther = Subscribe(other, typeof(IReachabilityEvent));

        Each(wire => wire.Hang());
        Assert.Equal(member.SelfUniqueAddress, (await atSeed.Await<UnreachableMember>("at the seed")).Member.UniqueAddress);
        Assert.Equal(member.SelfUniqueAddress, (await atOther.Await<UnreachableMember>("at the other")).Member.UniqueAddress);
        Assert.Contains(seed.State.Unreachable, m => m.UniqueAddress.Equals(member.SelfUniqueAddress));
        Assert.Contains(seed.State.Members, m => m.UniqueAddress.Equals(member.SelfUniqueAddress));

        Each(wire => wire.Flow());
        Assert.Equal(member.SelfUniqueAddress, (await atSeed.Await<ReachableMember>("at the seed")).Member.UniqueAddress);
        Assert.Equal(member.SelfUniqueAddress, (await atOther.Await<ReachableMember>("at the other")).Member.UniqueAddress);
    }

    [Fact]
    public async Task Member_SilentAndDowned_IsRemovedEverywhereAndItsActorsAreTerminated()
    {
        var seed = await StartSeed();
        var other = await Join(seed);
        _seedWire.Spare();
        var member = await Join(seed, _wire.Config);
        var victim = new Mail(member.System);
        var watcher = new Mail(other.System);
        var remote = other.System.Resolve(member.System, victim.Ref);
        await watcher.Watch(remote);
        await remote.Ask<ActorIdentity>(new Identify(0), Mail.Patience);
        var atSeed = Subscribe(seed, typeof(IMemberEvent), typeof(UnreachableMember));
        var atOther = Subscribe(other, typeof(IMemberEvent));

        Each(wire => wire.Cut());
        await atSeed.Await<UnreachableMember>();
        seed.Down(member.SelfAddress);

        Assert.Equal(MemberStatus.Down, (await atSeed.Await<MemberRemoved>("at the seed")).PreviousStatus);
        Assert.Equal(member.SelfUniqueAddress, (await atOther.Await<MemberRemoved>("at the other")).Member.UniqueAddress);
        var terminated = await watcher.Expect<Terminated>();
        Assert.Equal(remote, terminated.ActorRef); // by the end of its node or of the way to it: Akka.NET says either
        Assert.Empty(await watcher.Drain());
    }

    private void Each(Action<Wire> action)
    {
        action(_wire);
        action(_seedWire);
    }

    private async Task<ClusterNode> StartSeed()
    {
        var cluster = ClusterNode.Get(_systems.StartCluster(config: _seedWire.Config));
        await cluster.JoinAsync(cluster.SelfAddress).WaitAsync(Mail.Patience);
        return cluster;
    }

    private async Task<ClusterNode> Join(ClusterNode seed, string config = "")
    {
        var cluster = ClusterNode.Get(_systems.StartCluster(config: config));
        await cluster.JoinSeedNodesAsync(new[] { seed.SelfAddress }).WaitAsync(Mail.Patience);
        return cluster;
    }

    private static Mail Subscribe(ClusterNode cluster, params Type[] types)
    {
        var mail = new Mail(cluster.System);
        cluster.Subscribe(mail.Ref, SubscriptionInitialStateMode.InitialStateAsEvents, types);
        return mail;
    }
}
