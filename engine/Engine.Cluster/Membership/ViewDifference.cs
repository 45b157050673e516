using System.Collections.Immutable;
using Akka.Actor;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Membership;

/// <summary>
/// The events between two views. A view may skip steps (several changes came as one, or some were lost); the events never
/// do: a member joins before it is up and is downed or exits before it is removed, whatever a node got to see of it.
/// </summary>
internal static class ViewDifference
{
    public static List<IClusterDomainEvent> Between(MembershipView before, MembershipView after)
    {
        var events = new List<IClusterDomainEvent>();
        foreach (var (_, member) in before.Members)
        {
            if (after.Find(member.UniqueAddress) is null)
                Gone(member, after.FindRemoval(member.UniqueAddress)?.From ?? MemberStatus.Down, events);
        }
        foreach (var (_, member) in after.Members)
            Steps(before.Find(member.UniqueAddress), member, events);
        foreach (var node in after.Unreachable)
        {
            if (!before.Unreachable.Contains(node) && after.Find(node) is { } silent)
                events.Add(new UnreachableMember(silent));
        }
        foreach (var node in before.Unreachable)
        {
            if (!after.Unreachable.Contains(node) && after.Find(node) is { } heard)
                events.Add(new ReachableMember(heard));
        }
        if (!Equals(before.Leader, after.Leader))
            events.Add(new LeaderChanged(after.Leader));
        return events;
    }

    public static CurrentClusterState ToState(this MembershipView view)
    {
        var members = ImmutableSortedSet.CreateBuilder<Member>();
        var unreachable = ImmutableHashSet<Member>.Empty;
        foreach (var (node, member) in view.Members)
        {
            members.Add(member);
            if (view.Unreachable.Contains(node))
                unreachable = unreachable.Add(member);
        }
        return new CurrentClusterState(members.ToImmutable(), unreachable, view.Leader);
    }

    private static void Gone(Member member, MemberStatus from, List<IClusterDomainEvent> events)
    {
        if (from == MemberStatus.Down)
            events.Add(new MemberDowned(member.Copy(MemberStatus.Down)));
        else
            Steps(member, member.Copy(MemberStatus.Exiting), events);
        events.Add(new MemberRemoved(member.Copy(MemberStatus.Removed), from));
    }

    private static void Steps(Member before, Member after, List<IClusterDomainEvent> events)
    {
        var was = before is null ? -1 : Order(before.Status);
        var isNow = Order(after.Status);
        for (var step = was + 1; step <= isNow; step++)
        {
            switch (step)
            {
                case 0:
                    events.Add(new MemberJoined(after.Copy(MemberStatus.Joining)));
                    break;
                case 1 when after.UpNumber != Member.NotUpYet:
                    events.Add(new MemberUp(after.Copy(MemberStatus.Up)));
                    break;
                case 2:
                    events.Add(new MemberLeft(after.Copy(MemberStatus.Leaving)));
                    break;
                case 3:
                    events.Add(new MemberExited(after.Copy(MemberStatus.Exiting)));
                    break;
            }
        }
    }

    private static int Order(MemberStatus status) => status switch
    {
        MemberStatus.Joining or MemberStatus.WeaklyUp => 0,
        MemberStatus.Up => 1,
        MemberStatus.Leaving => 2,
        _ => 3,
    };
}
