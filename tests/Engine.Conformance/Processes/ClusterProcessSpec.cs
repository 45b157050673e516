using ActorCompute.Engine.Conformance.Support;
using ActorCompute.Support;
using Akka.Actor;
using Akka.Cluster;
using static Akka.Cluster.ClusterEvent;
using ClusterNode = Akka.Cluster.Cluster;

namespace ActorCompute.Engine.Conformance.Processes;

/// <summary>Members that are processes: they die, hang, leave, and come back.</summary>
[Collection(ProcessSpecs.Name)]
public class ClusterProcessSpec : IAsyncLifetime
{
    private readonly Systems _systems = new();
    private readonly ClusterNode _seed;

    public ClusterProcessSpec() => _seed = Node();

    public Task InitializeAsync() => _seed.JoinAsync(_seed.SelfAddress).WaitAsync(Mail.Patience);

    public async Task DisposeAsync() => await _systems.DisposeAsync();

    [Fact]
    public async Task Member_Killed_UnreachableAndRemovedOnceItIsDowned()
    {
        await using var member = await NodeProcess.StartMember(_seed.SelfAddress, "victim");
        var other = Node();
        await other.JoinSeedNodesAsync([_seed.SelfAddress]).WaitAsync(Mail.Patience);
        var atSeed = Subscribe(_seed, typeof(IMemberEvent), typeof(UnreachableMember));
        var atOther = Subscribe(other, typeof(IMemberEvent), typeof(UnreachableMember));
        Assert.Contains("victim", (await atOther.Await<MemberUp>(Of<MemberUp>(member), "up")).Member.Roles);
        var watcher = new Mail(other.System);
        var victim = await member.Find(other.System, "echo");
        await watcher.Watch(victim);
        Assert.Equal("reached", await victim.Ask<string>("reached", Mail.Patience));

        await member.Kill();
        await atSeed.Await<UnreachableMember>(lost => lost.Member.Address.Equals(member.Address), "unreachable at the seed");
        await atOther.Await<UnreachableMember>(lost => lost.Member.Address.Equals(member.Address), "unreachable at the other");
        other.Down(member.Address);

        await atSeed.Await<MemberDowned>(Of<MemberDowned>(member), "downed");
        Assert.Equal(MemberStatus.Down, (await atSeed.Await<MemberRemoved>(Of<MemberRemoved>(member), "removed at the seed")).PreviousStatus);
        await atOther.Await<MemberRemoved>(Of<MemberRemoved>(member), "removed at the other");
        Assert.Equal(victim, (await watcher.Expect<Terminated>()).ActorRef);
        Assert.Empty(await watcher.Drain());
    }

    [UnixFact]
    public async Task Member_StoppedAndContinued_UnreachableThenReachable()
    {
        await using var member = await NodeProcess.StartMember(_seed.SelfAddress, "sleeper");
        var events = Subscribe(_seed, typeof(IReachabilityEvent));

        member.Send(Signal.Stop);
        Assert.Equal(member.Address, (await events.Await<UnreachableMember>("while it is stopped")).Member.Address);
        member.Send(Signal.Continue);

        Assert.Equal(member.Address, (await events.Await<ReachableMember>("when it goes on")).Member.Address);
        Assert.Equal("still there", await (await member.Find(_seed.System, "echo")).Ask<string>("still there", Mail.Patience));
    }

    [UnixFact]
    public async Task Member_ToldToEnd_LeavesInOrder()
    {
        await using var member = await NodeProcess.StartMember(_seed.SelfAddress, "leaver");
        var events = Subscribe(_seed, typeof(IMemberEvent));

        member.Send(Signal.Terminate);

        await events.Await<MemberLeft>(Of<MemberLeft>(member), "left");
        await events.Await<MemberExited>(Of<MemberExited>(member), "exited");
        Assert.Equal(MemberStatus.Exiting, (await events.Await<MemberRemoved>(Of<MemberRemoved>(member), "removed")).PreviousStatus);
        Assert.Equal(["shutting down", "removed", "ended"], (await member.EndedWell()).Skip(2));
    }

    [Fact]
    public async Task Member_KilledAndStartedAtItsAddress_IsAnotherIncarnation()
    {
        await using var before = await NodeProcess.StartMember(_seed.SelfAddress, "first");
        var events = Subscribe(_seed, typeof(IMemberEvent));
        var first = (await events.Await<MemberUp>(Of<MemberUp>(before), "the first is up")).Member.UniqueAddress;
        var watcher = new Mail(_seed.System);
        var old = await before.Find(_seed.System, "echo");
        await watcher.Watch(old);
        Assert.Equal("reached", await old.Ask<string>("reached", Mail.Patience));

        await before.Kill();
        await using var after = await NodeProcess.StartMember(_seed.SelfAddress, "second", before.Address.Port.Value);

        await events.Await<MemberRemoved>(removed => removed.Member.UniqueAddress.Equals(first), "the first is removed");
        var second = (await events.Await<MemberUp>(Of<MemberUp>(after), "the second is up")).Member;
        Assert.Equal(first.Address, second.Address);
        Assert.NotEqual(first.Uid, second.UniqueAddress.Uid);
        Assert.Equal(["second"], second.Roles);
        Assert.Equal(old, (await watcher.Expect<Terminated>("the first's actor")).ActorRef);
        Assert.Equal("new", await (await after.Find(_seed.System, "echo")).Ask<string>("new", Mail.Patience));
        await Assert.ThrowsAsync<AskTimeoutException>(() => old.Ask<string>("old", TimeSpan.FromMilliseconds(500)));
        Assert.Empty(await watcher.Drain());
    }

    [Fact]
    public async Task Seed_KilledAndStartedAgain_TheOthersCarryOnAndItServesAnew()
    {
        await using var seed = await NodeProcess.StartMember(null, "seed");
        await using var member = await NodeProcess.StartMember(seed.Address, "member");
        var here = Node();
        await here.JoinSeedNodesAsync([seed.Address]).WaitAsync(Mail.Patience);
        var events = Subscribe(here, typeof(IReachabilityEvent));
        var echo = await member.Find(here.System, "echo");

        await seed.Kill();
        await events.Await<UnreachableMember>(lost => lost.Member.Address.Equals(seed.Address), "the seed is gone");
        Assert.Equal("without a seed", await echo.Ask<string>("without a seed", Mail.Patience));
        await using var again = await NodeProcess.StartMember(null, "seed", seed.Address.Port.Value);

        // Old members talk to it, as registrations do, and new ones come up.
        Assert.Equal("with it", await (await again.Find(here.System, "echo")).Ask<string>("with it", Mail.Patience));
        await using var late = await NodeProcess.StartMember(again.Address, "late");
        Assert.Equal("as before", await echo.Ask<string>("as before", Mail.Patience));
    }

    private ClusterNode Node() => ClusterNode.Get(_systems.StartCluster(config: NodeProcess.Detectors));

    private static Func<T, bool> Of<T>(NodeProcess node)
        where T : IMemberEvent => change => change.Member.Address.Equals(node.Address);

    private static Mail Subscribe(ClusterNode cluster, params Type[] types)
    {
        var mail = new Mail(cluster.System);
        cluster.Subscribe(mail.Ref, SubscriptionInitialStateMode.InitialStateAsEvents, types);
        return mail;
    }
}
