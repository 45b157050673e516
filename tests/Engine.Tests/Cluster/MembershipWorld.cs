using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Membership;
using static Akka.Cluster.ClusterEvent;

namespace ActorCompute.Engine.Tests.Cluster;

/// <summary>Membership of several nodes without network: messages wait in a list until a test delivers or loses them.</summary>
internal sealed class MembershipWorld(int minimumMembers = 1)
{
    private readonly List<(WorldNode From, Address To, MembershipMessage Message)> _inFlight = [];
    private int _nextUid = 1;
    private long _nextEpoch = 1000;

    /// <summary>All incarnations that ever were.</summary>
    public List<WorldNode> Nodes { get; } = [];

    public IEnumerable<WorldNode> Living => Nodes.Where(node => !node.IsCrashed);

    public int InFlight => _inFlight.Count;

    public static Address AddressOf(int number) => new("akka.tcp", "sys", "n" + number, 1);

    public WorldNode StartSeed(long? epoch = null) => Start(0, [], 0, epoch ?? _nextEpoch++);

    public WorldNode StartNode(int number, string role = "worker", int via = 0) => Start(number, [role], via, _nextEpoch++);

    public void Crash(WorldNode node) => node.IsCrashed = true;

    /// <summary>Everything that is on its way now; what that causes stays on its way.</summary>
    public int Deliver()
    {
        var batch = _inFlight.ToList();
        _inFlight.Clear();
        foreach (var (_, to, message) in batch)
            Arrive(to, message);
        return batch.Count;
    }

    public void DeliverAll()
    {
        for (var round = 0; Deliver() > 0; round++)
            Assert.True(round < 1000, "the nodes never come to rest");
    }

    /// <summary>One message: delivered, lost or delivered twice.</summary>
    public void DeliverOne(int index, int times)
    {
        var (_, to, message) = _inFlight[index];
        _inFlight.RemoveAt(index);
        for (var i = 0; i < times; i++)
            Arrive(to, message);
    }

    public void Lose() => _inFlight.Clear();

    public void LoseTo(UniqueAddress node) => _inFlight.RemoveAll(flight => flight.To.Equals(node.Address));

    public void Do(WorldNode node, IReadOnlyList<MembershipInstruction> instructions)
    {
        foreach (var instruction in instructions)
        {
            switch (instruction)
            {
                case MembershipInstruction.Send send:
                    _inFlight.Add((node, send.To, send.Message));
                    break;
                case MembershipInstruction.Publish publish:
                    node.Publish(publish);
                    break;
                case MembershipInstruction.Monitor monitor:
                    Assert.True(node.Monitored.Add(monitor.Node));
                    break;
                case MembershipInstruction.StopMonitoring stop:
                    Assert.True(node.Monitored.Remove(stop.Node));
                    break;
                case MembershipInstruction.Quarantine quarantine:
                    node.Quarantined.Add(quarantine.Node);
                    break;
                case MembershipInstruction.BeginExit:
                    Do(node, node.State.Receive(new ExitingConfirmed(node.Self)));
                    break;
                case MembershipInstruction.ShutDown shutDown:
                    node.WasDowned = shutDown.Downed;
                    break;
            }
        }
    }

    private WorldNode Start(int number, ImmutableHashSet<string> roles, int via, long epoch)
    {
        // As the transport has it: once a new incarnation speaks, nothing of the old one arrives any more.
        foreach (var before in Nodes.Where(node => node.Self.Address.Equals(AddressOf(number))))
            before.IsCrashed = true;
        _inFlight.RemoveAll(flight => flight.From.Self.Address.Equals(AddressOf(number)));
        var node = new WorldNode(new UniqueAddress(AddressOf(number), _nextUid++), roles, minimumMembers) { Via = via };
        Nodes.Add(node);
        Do(node, node.State.JoinSeed(AddressOf(number == 0 ? 0 : via), epoch));
        return node;
    }

    private void Arrive(Address to, MembershipMessage message)
    {
        if (Living.SingleOrDefault(node => node.Self.Address.Equals(to)) is { } receiver)
            Do(receiver, receiver.State.Receive(message));
    }
}

/// <summary>One node: its state, and what its shell would have done, checked on the way.</summary>
internal sealed class WorldNode(UniqueAddress self, ImmutableHashSet<string> roles, int minimumMembers)
{
    private readonly Dictionary<UniqueAddress, MemberStatus> _told = [];
    private readonly HashSet<UniqueAddress> _gone = [];

    public UniqueAddress Self => self;

    public MembershipState State { get; } = new(self, roles, minimumMembers);

    /// <summary>Number of the node that it asks to be let in.</summary>
    public int Via { get; init; }

    public bool IsCrashed { get; set; }

    public bool WasDowned { get; set; }

    public List<string> Events { get; } = [];

    public HashSet<UniqueAddress> Monitored { get; } = [];

    public List<UniqueAddress> Quarantined { get; } = [];

    public void Publish(MembershipInstruction.Publish publish)
    {
        foreach (var domainEvent in ViewDifference.Between(publish.Before, publish.After))
        {
            Events.Add(domainEvent switch
            {
                IMemberEvent e => $"{domainEvent.GetType().Name} {e.Member.Address.Host}",
                ReachabilityEvent e => $"{domainEvent.GetType().Name} {e.Member.Address.Host}",
                LeaderChanged e => $"LeaderChanged {e.Leader?.Host ?? "-"}",
                _ => domainEvent.ToString(),
            });
            if (domainEvent is IMemberEvent memberEvent)
                Check(memberEvent.Member);
        }
        var shown = publish.After.Members.Values.ToDictionary(member => member.UniqueAddress, member => member.Status);
        Assert.Equal(shown.OrderBy(entry => entry.Key), _told.OrderBy(entry => entry.Key));
        Assert.Equal(shown.Count, shown.Keys.Select(node => node.Address).Distinct().Count());
        Assert.Subset(shown.Keys.ToHashSet(), publish.After.Unreachable.ToHashSet());
    }

    /// <summary>Each member takes its steps forward, one at a time, and does not come back after the last.</summary>
    private void Check(Member member)
    {
        var node = member.UniqueAddress;
        Assert.DoesNotContain(node, _gone);
        var before = _told.TryGetValue(node, out var status) ? status : (MemberStatus?)null;
        var legal = member.Status switch
        {
            MemberStatus.Joining => before is null,
            MemberStatus.Up => before is MemberStatus.Joining,
            MemberStatus.Leaving => before is MemberStatus.Up or MemberStatus.Joining,
            MemberStatus.Exiting => before is MemberStatus.Leaving,
            MemberStatus.Down => before is not null and not MemberStatus.Down,
            MemberStatus.Removed => before is MemberStatus.Down or MemberStatus.Exiting,
            _ => false,
        };
        Assert.True(legal, $"{Self}: {member.Status} after {before?.ToString() ?? "nothing"} of {node}");
        if (member.Status == MemberStatus.Removed)
        {
            _told.Remove(node);
            _gone.Add(node);
        }
        else
        {
            _told[node] = member.Status;
        }
    }
}
