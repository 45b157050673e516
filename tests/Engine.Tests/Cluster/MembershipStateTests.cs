using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Membership;
using static Akka.Cluster.ClusterEvent;

namespace ActorCompute.Engine.Tests.Cluster;

public class MembershipStateTests
{
    [Fact]
    public void JoinSeed_Itself_IsUpAtOnce()
    {
        var world = new MembershipWorld();
        var seed = world.StartSeed();

        Assert.Equal(MembershipMode.Seed, seed.State.Mode);
        Assert.Equal(["MemberJoined n0", "MemberUp n0", "LeaderChanged n0"], seed.Events);
    }

    [Fact]
    public void Join_ToTheSeed_IsUpInOneRoundTrip()
    {
        var world = new MembershipWorld();
        var seed = world.StartSeed();
        var worker = world.StartNode(1, "worker");

        Assert.Equal(1, world.Deliver()); // join
        Assert.Equal(1, world.Deliver()); // view

        Assert.Equal(["MemberJoined n0", "MemberUp n0", "MemberJoined n1", "MemberUp n1", "LeaderChanged n0"], worker.Events);
        Assert.Equal(["MemberJoined n1", "MemberUp n1"], seed.Events.Skip(3));
        Assert.Contains("worker", seed.State.Seen.Find(worker.Self).Roles);
    }

    [Fact]
    public void ToState_Roles_AreLedByTheFirstThatCanBeReached()
    {
        var world = new MembershipWorld();
        var seed = world.StartSeed();
        var first = world.StartNode(1, "worker");
        var second = world.StartNode(2, "worker");
        for (var rounds = 0; rounds < 4; rounds++)
            world.Deliver();

        var state = seed.State.Seen.ToState();
        Assert.Equal(first.Self.Address, state.RoleLeader("worker"));
        Assert.Null(state.RoleLeader("no such role"));
        Assert.Empty(state.Unreachable);

        seed.State.Silent(first.Self);
        state = seed.State.Seen.ToState();
        Assert.Equal(second.Self.Address, state.RoleLeader("worker"));
        Assert.Equal(second.Self.Address, state.Copy(leader: second.Self.Address).RoleLeader("worker"));
        Assert.Equal(first.Self, Assert.Single(state.Unreachable).UniqueAddress);
    }

    [Fact]
    public void Join_FewerThanTheMinimum_StayJoiningUntilThereAreEnough()
    {
        var world = new MembershipWorld(minimumMembers: 2);
        var seed = world.StartSeed();
        Assert.Equal(MemberStatus.Joining, seed.State.Seen.Find(seed.Self).Status);

        var worker = world.StartNode(1);
        world.DeliverAll();

        Assert.All(worker.State.Seen.Members.Values, member => Assert.Equal(MemberStatus.Up, member.Status));
    }

    [Fact]
    public void Join_NewIncarnationAtTheAddress_DownsAndRemovesTheOldFirst()
    {
        var world = new MembershipWorld();
        var seed = world.StartSeed();
        world.StartNode(1);
        world.DeliverAll();
        seed.Events.Clear();

        world.StartNode(1);
        world.DeliverAll();

        Assert.Equal(["MemberDowned n1", "MemberRemoved n1", "MemberJoined n1", "MemberUp n1"], seed.Events);
    }

    [Fact]
    public void Join_ThroughAnotherMember_ReachesTheSeed()
    {
        var world = new MembershipWorld();
        world.StartSeed();
        world.StartNode(1);
        world.DeliverAll();

        var late = world.StartNode(2, via: 1);
        world.DeliverAll();

        Assert.Equal(MembershipMode.Member, late.State.Mode);
        Assert.Equal(3, late.State.Seen.Members.Count);
    }

    [Fact]
    public void Silent_Member_IsUnreachableEverywhereAndBackAgain()
    {
        var world = new MembershipWorld();
        var seed = world.StartSeed();
        var one = world.StartNode(1);
        var two = world.StartNode(2);
        world.DeliverAll();
        one.Events.Clear();

        world.Do(seed, seed.State.Silent(two.Self));
        world.DeliverAll();
        Assert.Equal(["UnreachableMember n2"], one.Events);
        Assert.Equal(3, one.State.Seen.Members.Count);

        world.Do(seed, seed.State.Spoke(two.Self));
        world.DeliverAll();
        Assert.Equal(["UnreachableMember n2", "ReachableMember n2"], one.Events);
    }

    [Fact]
    public void Down_Member_IsRemovedEverywhereAndShutsDownItself()
    {
        var world = new MembershipWorld();
        var seed = world.StartSeed();
        var one = world.StartNode(1);
        var two = world.StartNode(2);
        world.DeliverAll();
        foreach (var node in world.Nodes)
            node.Events.Clear();

        world.Do(one, one.State.Receive(new Down(two.Self.Address))); // any node may ask
        world.DeliverAll();

        Assert.All([seed, one, two], node => Assert.Equal(["MemberDowned n2", "MemberRemoved n2"], node.Events));
        Assert.Equal(MembershipMode.Terminated, two.State.Mode);
        Assert.True(two.WasDowned);
        Assert.Contains(two.Self, seed.Quarantined);
        Assert.Contains(two.Self, one.Quarantined);
    }

    [Fact]
    public void Down_NodeThatMissedIt_LearnsWithItsNextPoll()
    {
        var world = new MembershipWorld();
        var seed = world.StartSeed();
        var one = world.StartNode(1);
        world.DeliverAll();
        world.Do(seed, seed.State.Receive(new Down(one.Self.Address)));
        world.Lose();

        world.Do(one, one.State.Ticked());
        world.DeliverAll();

        Assert.Equal(MembershipMode.Terminated, one.State.Mode);
        Assert.Equal(["MemberDowned n1", "MemberRemoved n1"], one.Events.TakeLast(2));
    }

    [Fact]
    public void Leave_Member_GoesThroughLeavingAndExiting()
    {
        var world = new MembershipWorld();
        var seed = world.StartSeed();
        var one = world.StartNode(1);
        world.DeliverAll();
        seed.Events.Clear();

        world.Do(one, one.State.Receive(new Leave(one.Self.Address)));
        world.DeliverAll();

        Assert.Equal(["MemberLeft n1", "MemberExited n1", "MemberRemoved n1"], seed.Events);
        Assert.Equal(seed.Events, one.Events.TakeLast(3));
        Assert.False(one.WasDowned);
        Assert.Empty(seed.Quarantined);
    }

    [Fact]
    public void Leave_SeedItself_LeavesTheOthersRunning()
    {
        var world = new MembershipWorld();
        var seed = world.StartSeed();
        var one = world.StartNode(1);
        world.DeliverAll();

        world.Do(seed, seed.State.Receive(new Leave(seed.Self.Address)));
        world.DeliverAll();

        Assert.Equal(MembershipMode.Terminated, seed.State.Mode);
        Assert.Equal(MembershipMode.Member, one.State.Mode);
        Assert.Equal(["MemberLeft n0", "MemberExited n0", "LeaderChanged -", "MemberRemoved n0"], one.Events.TakeLast(4));
    }

    [Fact]
    public void Leave_WhileTheSeedIsGone_EndsWithoutIt()
    {
        var world = new MembershipWorld();
        var seed = world.StartSeed();
        var one = world.StartNode(1);
        world.DeliverAll();
        world.Crash(seed);
        world.Do(one, one.State.Silent(seed.Self));

        world.Do(one, one.State.Receive(new Leave(one.Self.Address)));

        Assert.Equal(MembershipMode.Terminated, one.State.Mode);
    }

    [Fact]
    public void SeedRestarts_MembersRejoinAndNobodySeesThemGo()
    {
        var world = new MembershipWorld();
        var seed = world.StartSeed();
        var one = world.StartNode(1, "a");
        var two = world.StartNode(2, "b");
        world.DeliverAll();
        world.Crash(seed);
        world.Do(one, one.State.Silent(seed.Self));
        Assert.Equal(["LeaderChanged -", "UnreachableMember n0"], one.Events.TakeLast(2).Order());
        one.Events.Clear();
        two.Events.Clear();

        var again = world.StartSeed();
        foreach (var node in new[] { one, two })
            world.Do(node, node.State.Ticked());
        world.DeliverAll();

        string[] expected = ["MemberDowned n0", "MemberRemoved n0", "MemberJoined n0", "MemberUp n0"];
        Assert.Equal(expected, one.Events.Where(e => e.StartsWith("Member")));
        Assert.Equal(expected, two.Events.Where(e => e.StartsWith("Member")));
        Assert.Equal([again.Self, one.Self, two.Self], again.State.Seen.Members.Keys);
        Assert.Contains("b", again.State.Seen.Find(two.Self).Roles);
    }

    [Fact]
    public void SeedRestarts_WithItsClockBehind_IsStillFollowed()
    {
        var world = new MembershipWorld();
        var seed = world.StartSeed();
        var one = world.StartNode(1);
        world.DeliverAll();
        world.Crash(seed);

        var again = world.StartSeed(epoch: 1);
        world.Do(one, one.State.Ticked());
        world.DeliverAll();

        Assert.Equal(again.Self, one.State.View.Seed);
    }

    [Fact]
    public void SeedRestarts_MemberThatItsLastIncarnationRemoved_StaysRemoved()
    {
        var world = new MembershipWorld();
        var seed = world.StartSeed();
        var one = world.StartNode(1);
        var two = world.StartNode(2);
        world.DeliverAll();
        world.Do(seed, seed.State.Receive(new Down(two.Self.Address)));
        world.LoseTo(two.Self);
        world.DeliverAll();
        world.Crash(seed);

        var again = world.StartSeed();
        world.Do(two, two.State.Ticked());
        world.DeliverAll();
        world.Do(one, one.State.Ticked());
        world.DeliverAll();

        Assert.Equal(MembershipMode.Terminated, two.State.Mode);
        Assert.Null(again.State.Seen.Find(two.Self));
        Assert.Single(one.Events, "MemberRemoved n2");
    }
}
