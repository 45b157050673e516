using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Membership;

/// <summary>
/// The membership as the seed had it at one moment. Ordered by the epoch of the seed's incarnation, then by the version that
/// the seed counts up with every change; a member takes nothing older than what it has.
/// </summary>
/// <param name="Removed">The last ones that went, oldest first: who missed the steps between can tell them.</param>
/// <remarks>
/// The pairs of <see cref="Members"/> are gone through, not its keys or values: those lists go through iterators that are
/// compiled at their first use, while a cluster starts.
/// </remarks>
internal sealed record MembershipView(
    long Epoch,
    long Version,
    UniqueAddress Seed,
    ImmutableSortedDictionary<UniqueAddress, Member> Members,
    ImmutableHashSet<UniqueAddress> Unreachable,
    ImmutableArray<Removal> Removed)
{
    public static readonly MembershipView Empty = new(
        0, 0, null, ImmutableSortedDictionary<UniqueAddress, Member>.Empty,
        [], []);

    public ViewStamp Stamp => new(Epoch, Version, Seed?.Uid ?? 0);

    public bool IsNewerThan(MembershipView other) =>
        Epoch != other.Epoch ? Epoch > other.Epoch : Version > other.Version;

    public Member Find(UniqueAddress node) => Members.GetValueOrDefault(node);

    public Removal FindRemoval(UniqueAddress node)
    {
        foreach (var removal in Removed)
        {
            if (removal.Node.Equals(node))
                return removal;
        }
        return null;
    }

    public Member At(Address address)
    {
        foreach (var (_, member) in Members)
        {
            if (member.Address.Equals(address))
                return member;
        }
        return null;
    }

    /// <summary>The seed leads as long as it is there to lead.</summary>
    public Address Leader => Seed is not null && !Unreachable.Contains(Seed)
        && Find(Seed) is { Status: MemberStatus.Up or MemberStatus.Leaving }
            ? Seed.Address
            : null;
}

/// <summary>An incarnation that was a member and never will be again.</summary>
/// <param name="From">Down, or Exiting when it left of its own will.</param>
internal sealed record Removal(UniqueAddress Node, MemberStatus From);

/// <summary>When a view was made, and by which incarnation of the seed: two whose clocks are off may have the same epoch.</summary>
internal sealed record ViewStamp(long Epoch, long Version, int SeedUid)
{
    /// <summary>Of no view.</summary>
    public static readonly ViewStamp None = new(0, 0, 0);
}
