using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster;

/// <summary>What a subscriber to the membership is told.</summary>
public partial class ClusterEvent
{
    /// <summary>How a subscriber learns what was before it subscribed.</summary>
    public enum SubscriptionInitialStateMode
    {
        /// <summary>One <see cref="CurrentClusterState"/> first.</summary>
        InitialStateAsSnapshot,

        /// <summary>The events that lead to the present state.</summary>
        InitialStateAsEvents,
    }

    public static readonly SubscriptionInitialStateMode InitialStateAsEvents = SubscriptionInitialStateMode.InitialStateAsEvents;

    public static readonly SubscriptionInitialStateMode InitialStateAsSnapshot = SubscriptionInitialStateMode.InitialStateAsSnapshot;

    public interface IClusterDomainEvent : IDeadLetterSuppression
    {
    }

    public interface IMemberEvent : IClusterDomainEvent
    {
        Member Member { get; }
    }

    public interface IReachabilityEvent : IClusterDomainEvent
    {
    }

    public sealed class LeaderChanged : IClusterDomainEvent
    {
        public LeaderChanged(Address leader) => Leader = leader;

        /// <summary>Null while nobody leads.</summary>
        public Address Leader { get; }

        public override bool Equals(object obj) => obj is LeaderChanged other && Equals(Leader, other.Leader);

        public override int GetHashCode() => Leader?.GetHashCode() ?? 0;

        public override string ToString() => $"LeaderChanged(NewLeader={Leader})";
    }

    public sealed class ClusterShuttingDown : IClusterDomainEvent
    {
        private ClusterShuttingDown()
        {
        }

        public static readonly IClusterDomainEvent Instance = new ClusterShuttingDown();

        public override string ToString() => "ClusterEvent+ClusterShuttingDown";
    }

    /// <summary>The membership as this node sees it.</summary>
    public sealed class CurrentClusterState : INoSerializationVerificationNeeded
    {
        // Null: they are found among the members when one is asked for.
        private readonly ImmutableDictionary<string, Address> _roleLeaderMap;

        public CurrentClusterState()
            : this([], [], [], null, ImmutableDictionary<string, Address>.Empty)
        {
        }

        public CurrentClusterState(
            ImmutableSortedSet<Member> members,
            ImmutableHashSet<Member> unreachable,
            ImmutableHashSet<Address> seenBy,
            Address leader,
            ImmutableDictionary<string, Address> roleLeaderMap)
        {
            Members = members;
            Unreachable = unreachable;
            SeenBy = seenBy;
            Leader = leader;
            _roleLeaderMap = roleLeaderMap;
        }

        internal CurrentClusterState(ImmutableSortedSet<Member> members, ImmutableHashSet<Member> unreachable, Address leader)
            : this(members, unreachable, ImmutableHashSet<Address>.Empty, leader, null)
        {
        }

        public ImmutableSortedSet<Member> Members { get; }

        public ImmutableHashSet<Member> Unreachable { get; }

        public ImmutableHashSet<Address> SeenBy { get; }

        public Address Leader { get; }

        public ImmutableHashSet<string> AllRoles => Members.SelectMany(member => member.Roles).ToImmutableHashSet();

        public Address RoleLeader(string role) => _roleLeaderMap is not null ? _roleLeaderMap.GetValueOrDefault(role)
            : Members.FirstOrDefault(member => member.Status is MemberStatus.Up or MemberStatus.Leaving && member.HasRole(role) && !Unreachable.Contains(member))?.Address;

        public CurrentClusterState Copy(
            ImmutableSortedSet<Member> members = null,
            ImmutableHashSet<Member> unreachable = null,
            ImmutableHashSet<Address> seenBy = null,
            Address leader = null,
            ImmutableDictionary<string, Address> roleLeaderMap = null) =>
            new(members ?? Members, unreachable ?? Unreachable, seenBy ?? SeenBy, leader ?? Leader, roleLeaderMap ?? _roleLeaderMap);
    }
}
