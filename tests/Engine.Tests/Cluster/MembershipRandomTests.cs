using Akka.Cluster.Membership;

namespace ActorCompute.Engine.Tests.Cluster;

public class MembershipRandomTests
{
    /// <summary>
    /// Nodes start, crash, leave, are downed, go silent and speak; messages are lost, doubled and overtake each other. Each
    /// node's events are checked as they come (<see cref="WorldNode"/>); once the network is kind again all living
    /// members agree.
    /// </summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void RandomSequence_KeepsTheRulesAndConverges(int seed)
    {
        var random = new Random(seed);
        var world = new MembershipWorld(minimumMembers: 1 + random.Next(2));
        world.StartSeed();
        for (var step = 0; step < 400; step++)
            Step(world, random);

        Converge(world);

        var seedNode = world.Living.Single(node => node.Self.Address.Equals(MembershipWorld.AddressOf(0)));
        var living = world.Living.Where(node => node.State.Mode is MembershipMode.Member or MembershipMode.Seed).ToList();
        Assert.DoesNotContain(world.Living, node => node.State.Mode == MembershipMode.Joining && node.Via == 0);
        Assert.Equal(MembershipMode.Seed, seedNode.State.Mode);
        Assert.Equal(living.Select(node => node.Self).Order(), seedNode.State.Seen.Members.Keys);
        Assert.All(living, node =>
        {
            Assert.Equal(seedNode.State.Seen.Version, node.State.Seen.Version);
            Assert.Equal(seedNode.State.Seen.Members.Keys, node.State.Seen.Members.Keys);
            Assert.Empty(node.State.Seen.Unreachable);
            Assert.Equal(seedNode.State.Seen.Leader, node.State.Seen.Leader);
        });
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(0, 300)];

    private static void Step(MembershipWorld world, Random random)
    {
        var living = world.Living.ToList();
        var node = living.Count > 0 ? living[random.Next(living.Count)] : null;
        var other = world.Nodes[random.Next(world.Nodes.Count)];
        switch (random.Next(30))
        {
            case < 15 when world.InFlight > 0:
                world.DeliverOne(random.Next(world.InFlight), times: random.Next(8) switch { 0 => 0, 1 => 2, _ => 1 });
                break;
            case < 18:
                var number = 1 + random.Next(5);
                var via = random.Next(4) == 0 ? random.Next(6) : 0;
                world.StartNode(number, via: via == number ? 0 : via);
                break;
            case 18 when node is not null:
                world.Crash(node);
                break;
            case 19:
                world.StartSeed(epoch: random.Next(3) == 0 ? 1 : null);
                break;
            case 20 when node is not null:
                world.Do(node, node.State.Receive(new Leave(other.Self.Address)));
                break;
            case 21 when node is not null:
                world.Do(node, node.State.Receive(new Down(other.Self.Address)));
                break;
            case 22 or 23 when node is { Monitored.Count: > 0 }:
                world.Do(node, node.State.Silent(node.Monitored.ElementAt(random.Next(node.Monitored.Count))));
                break;
            case 24 or 25 when node is { Monitored.Count: > 0 }:
                world.Do(node, node.State.Spoke(node.Monitored.ElementAt(random.Next(node.Monitored.Count))));
                break;
            default:
                if (node is not null)
                    world.Do(node, node.State.Ticked());
                break;
        }
    }

    /// <summary>No more losses; detectors tell the truth; the application downs what is silent.</summary>
    private static void Converge(MembershipWorld world)
    {
        world.Lose(); // requests to leave and to down among them
        if (!world.Living.Any(node => node.State.Mode == MembershipMode.Seed))
            world.StartSeed();
        for (var round = 0; round < 12; round++)
        {
            world.DeliverAll();
            foreach (var node in world.Living.ToList())
            {
                foreach (var monitored in node.Monitored.ToList())
                {
                    var isAlive = world.Living.Any(peer => peer.Self.Equals(monitored) && peer.State.Mode != MembershipMode.Terminated);
                    world.Do(node, isAlive ? node.State.Spoke(monitored) : node.State.Silent(monitored));
                    if (!isAlive && node.State.Mode == MembershipMode.Seed)
                        world.Do(node, node.State.Receive(new Down(monitored.Address)));
                }
                world.Do(node, node.State.Ticked());
            }
        }
        world.DeliverAll();
    }
}
