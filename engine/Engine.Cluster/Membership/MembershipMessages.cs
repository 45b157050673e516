using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Membership;

/// <summary>What nodes tell each other about membership. All may be lost and may arrive twice: each is answered or repeated.</summary>
internal abstract record MembershipMessage : IDeadLetterSuppression;

/// <summary>Member to seed, until a view with the sender in it comes back; other members pass it on to their seed.</summary>
/// <param name="Known">What the joining node knows of an earlier incarnation of the seed; empty for a newcomer.</param>
internal sealed record Join(UniqueAddress Node, ImmutableHashSet<string> Roles, MembershipView Known) : MembershipMessage;

/// <summary>Seed to each member after every change, and to who asks.</summary>
/// <param name="Merged">
/// Which view of an earlier seed the receiver had when it joined, and the seed has taken into account. A member that has
/// seen more than that since (its first attempt to join may have been delivered late) has to join again first.
/// </param>
internal sealed record ViewChanged(MembershipView View, ViewStamp Merged) : MembershipMessage;

/// <summary>Member to seed, now and then: "this is the newest I have".</summary>
internal sealed record Poll(UniqueAddress Node, ViewStamp Newest) : MembershipMessage;

/// <summary>Seed to a node that has not joined this incarnation of the seed.</summary>
internal sealed record Rejoin(UniqueAddress Seed) : MembershipMessage;

/// <summary>Any node to the seed.</summary>
internal sealed record Leave(Address Address) : MembershipMessage;

/// <summary>Any node to the seed.</summary>
internal sealed record Down(Address Address) : MembershipMessage;

/// <summary>The node that saw itself Exiting has done what it had to do: it can be removed.</summary>
internal sealed record ExitingConfirmed(UniqueAddress Node) : MembershipMessage;
