using System.Collections.Immutable;

namespace Akka.Cluster.Membership;

/// <summary>The steps by which the seed changes the view; none of them counts the version, that is the caller's.</summary>
internal static class ViewChanges
{
    /// <summary>A view tells of so many removals; who was away for more takes a missing member for downed.</summary>
    private const int RememberedRemovals = 128;

    /// <summary>Not SetItem: it keeps the old value when the new one is equal, and members are equal whatever their status.</summary>
    public static MembershipView Put(this MembershipView view, Member member) =>
        view with { Members = view.Members.Remove(member.UniqueAddress).Add(member.UniqueAddress, member) };

    public static MembershipView Remove(this MembershipView view, UniqueAddress node, MemberStatus from) =>
        view.Bury(node, from) with
        {
            Members = view.Members.Remove(node),
            Unreachable = view.Unreachable.Remove(node),
        };

    public static MembershipView Bury(this MembershipView view, UniqueAddress node, MemberStatus from)
    {
        if (view.FindRemoval(node) is not null)
            return view;
        var removed = view.Removed.Add(new Removal(node, from));
        if (removed.Length > RememberedRemovals)
            removed = removed.RemoveRange(0, removed.Length - RememberedRemovals);
        return view with { Removed = removed };
    }

    /// <summary>Joining members come Up together once there are enough of them; from then on each does at once.</summary>
    public static MembershipView Promote(this MembershipView view, int minimumMembers)
    {
        if (view.Members.Count < minimumMembers)
            return view;
        var last = 0;
        foreach (var (_, member) in view.Members)
        {
            if (member.UpNumber != Member.NotUpYet)
                last = Math.Max(last, member.UpNumber);
        }
        foreach (var (_, member) in view.Members)
        {
            if (member.Status == MemberStatus.Joining)
                view = view.Put(member.CopyUp(++last));
        }
        return view;
    }

    /// <summary>
    /// What a member knows from an earlier incarnation of the seed: its members are taken over as they were, so that a seed
    /// that was restarted does not make everybody see everybody else go and come; what was removed then stays removed.
    /// </summary>
    public static MembershipView Adopt(this MembershipView view, MembershipView known)
    {
        foreach (var removal in known.Removed)
        {
            view = view.Find(removal.Node) is null
                ? view.Bury(removal.Node, removal.From)
                : view.Remove(removal.Node, removal.From);
        }
        foreach (var (_, member) in known.Members)
        {
            var node = member.UniqueAddress;
            if (view.FindRemoval(node) is not null)
                continue;
            if (view.Find(node) is { } present)
            {
                // Several tell of it; who has seen it further on its way is right.
                view = member.Status > present.Status ? view.Put(member) : view;
                continue;
            }
            var isReplaced = node.Address.Equals(view.Seed.Address) || view.At(node.Address) is not null;
            view = isReplaced ? view.Bury(node, MemberStatus.Down) : view.Put(member);
        }
        return view;
    }
}
