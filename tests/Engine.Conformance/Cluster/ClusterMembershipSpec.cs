using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;
using Akka.Cluster;
using static Akka.Cluster.ClusterEvent;

namespace ActorCompute.Engine.Conformance.Cluster;

public class ClusterMembershipSpec : IAsyncLifetime
{
    private readonly Systems _systems = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _systems.DisposeAsync();

    [Fact]
    public async Task JoinAsync_Self_IsUpAndLeads()
    {
        var cluster = await StartSeed("seed");

        Assert.Equal(cluster.SelfAddress, cluster.State.Leader);
        Assert.Equal(MemberStatus.Up, cluster.SelfMember.Status);
        Assert.True(cluster.IsUp);
        Assert.Contains("seed", cluster.SelfRoles);
        Assert.Single(cluster.State.Members);
        Assert.False(cluster.IsTerminated);
    }

    [Fact]
    public async Task JoinAsync_Seed_AllSeeAllUpWithRoles()
    {
        var seed = await StartSeed("seed");
        var one = await StartMember(seed, "a");
        var two = await StartMember(seed, "b");

        foreach (var cluster in new[] { seed, one, two })
        {
            foreach (var expected in new[] { seed, one, two })
            {
                var up = Subscribe(cluster, typeof(IMemberEvent)); // each anew: the order of members is not part of the contract
                var member = (await up.Await<MemberUp>(e => e.Member.UniqueAddress.Equals(expected.SelfUniqueAddress))).Member;
                Assert.Equal(expected.SelfRoles, member.Roles);
            }
        }
        Assert.True(one.State.Members.First(m => m.HasRole("seed")).IsOlderThan(one.State.Members.First(m => m.HasRole("b"))));
    }

    [Fact]
    public async Task Subscribe_AsSnapshot_BeginsWithTheState()
    {
        var seed = await StartSeed("seed");
        var mail = new Mail(seed.System);

        seed.Subscribe(mail.Ref, typeof(IMemberEvent), typeof(UnreachableMember));

        var state = await mail.Expect<CurrentClusterState>();
        Assert.Equal(seed.SelfUniqueAddress, Assert.Single(state.Members).UniqueAddress);
        Assert.Empty(state.Unreachable);
        Assert.Equal(seed.SelfAddress, state.Leader);
    }

    [Fact]
    public async Task Subscribe_AsEvents_BeginsWithTheEventsBefore()
    {
        var seed = await StartSeed("seed");
        var mail = new Mail(seed.System);

        seed.Subscribe(mail.Ref, SubscriptionInitialStateMode.InitialStateAsEvents, typeof(MemberUp));

        Assert.Equal(seed.SelfAddress, (await mail.Expect<MemberUp>()).Member.Address);
    }

    [Fact]
    public async Task Unsubscribe_Type_EndsItsEvents()
    {
        var seed = await StartSeed("seed");
        var mail = Subscribe(seed, typeof(MemberUp), typeof(MemberRemoved));
        await mail.Await<MemberUp>("self");
        var other = Subscribe(seed, typeof(MemberUp));
        await other.Await<MemberUp>("self");

        seed.Unsubscribe(mail.Ref, typeof(MemberUp));
        await Reached(seed, mail);
        await StartMember(seed, "late");
        await other.Await<MemberUp>("late");

        Assert.DoesNotContain(await mail.Drain(), message => message is MemberUp);
    }

    [Fact]
    public async Task RegisterOnMemberUp_WhenUpAlready_RunsAtOnce()
    {
        var seed = await StartSeed("seed");
        var ran = new TaskCompletionSource();

        seed.RegisterOnMemberUp(() => ran.TrySetResult());

        await ran.Task.WaitAsync(Mail.Patience);
    }

    [Fact]
    public async Task LeaveAsync_Member_GoesInOrderAndItsSystemEnds()
    {
        var seed = await StartSeed("seed");
        var member = await StartMember(seed, "a");
        var events = Subscribe(seed, typeof(IMemberEvent));
        var removed = new TaskCompletionSource();
        member.RegisterOnMemberRemoved(() => removed.TrySetResult());

        await member.LeaveAsync().WaitAsync(Mail.Patience);

        await events.Await<MemberLeft>(e => e.Member.Address.Equals(member.SelfAddress));
        await events.Await<MemberExited>(e => e.Member.Address.Equals(member.SelfAddress));
        var gone = await events.Await<MemberRemoved>(e => e.Member.Address.Equals(member.SelfAddress));
        Assert.Equal(MemberStatus.Exiting, gone.PreviousStatus);
        await removed.Task.WaitAsync(Mail.Patience);
        await member.System.WhenTerminated.WaitAsync(Mail.Patience);
        Assert.True(member.IsTerminated);
    }

    [Fact]
    public async Task CoordinatedShutdown_Member_LeavesFirst()
    {
        var seed = await StartSeed("seed");
        var member = await StartMember(seed, "a");
        var events = Subscribe(seed, typeof(MemberRemoved));

        await CoordinatedShutdown.Get(member.System).Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Mail.Patience);

        Assert.Equal(MemberStatus.Exiting, (await events.Await<MemberRemoved>()).PreviousStatus);
    }

    [Fact]
    public async Task Down_Member_IsRemovedAndShutsDown()
    {
        var seed = await StartSeed("seed");
        var member = await StartMember(seed, "a");
        var events = Subscribe(seed, typeof(IMemberEvent));

        seed.Down(member.SelfAddress);

        await events.Await<MemberDowned>(e => e.Member.Address.Equals(member.SelfAddress));
        Assert.Equal(MemberStatus.Down, (await events.Await<MemberRemoved>()).PreviousStatus);
        await member.System.WhenTerminated.WaitAsync(Mail.Patience);
        Assert.True(member.IsTerminated);
    }

    [Fact]
    public async Task Down_MemberWithWatchedActors_TerminatedForTheirWatchers()
    {
        var seed = await StartSeed("seed");
        var member = await StartMember(seed, "a", "akka.cluster.run-coordinated-shutdown-when-down = off");
        var victim = new Mail(member.System);
        var watcher = new Mail(seed.System);
        var remote = seed.System.Resolve(member.System, victim.Ref);
        await watcher.Watch(remote);
        await remote.Ask<ActorIdentity>(new Identify(0), Mail.Patience);

        seed.Down(member.SelfAddress);

        var terminated = await watcher.Expect<Terminated>();
        Assert.Equal(remote, terminated.ActorRef);
        Assert.True(terminated.AddressTerminated);
    }

    [Fact]
    public async Task Subscriber_Stops_NothingBreaks()
    {
        var seed = await StartSeed("seed");
        var gone = Subscribe(seed, typeof(IMemberEvent));
        var other = Subscribe(seed, typeof(MemberUp));
        await other.Await<MemberUp>("self");
        seed.System.Stop(gone.Ref);

        await StartMember(seed, "a");

        await other.Await<MemberUp>("member");
    }

    private async Task<Akka.Cluster.Cluster> StartSeed(string role)
    {
        var cluster = Akka.Cluster.Cluster.Get(_systems.StartCluster(config: $"akka.cluster.roles = [\"{role}\"]"));
        await cluster.JoinAsync(cluster.SelfAddress).WaitAsync(Mail.Patience);
        return cluster;
    }

    private async Task<Akka.Cluster.Cluster> StartMember(Akka.Cluster.Cluster seed, string role, string config = "")
    {
        var cluster = Akka.Cluster.Cluster.Get(_systems.StartCluster(config: $"akka.cluster.roles = [\"{role}\"]\n{config}"));
        await cluster.JoinSeedNodesAsync(new[] { seed.SelfAddress }).WaitAsync(Mail.Patience);
        return cluster;
    }

    private static Mail Subscribe(Akka.Cluster.Cluster cluster, params Type[] types)
    {
        var mail = new Mail(cluster.System);
        cluster.Subscribe(mail.Ref, SubscriptionInitialStateMode.InitialStateAsEvents, types);
        return mail;
    }

    /// <summary>A change of subscription has been taken note of once a later state has been sent.</summary>
    private static async Task Reached(Akka.Cluster.Cluster cluster, Mail mail)
    {
        cluster.SendCurrentClusterState(mail.Ref);
        await mail.Await<CurrentClusterState>("state after the change");
    }
}
