using ActorCompute.Messages;

namespace ActorCompute.Seed.Registry;

/// <summary>A cluster member that carries a worker's role.</summary>
internal readonly record struct WorkerMember(WorkerId Worker, string Address, int Uid, bool IsUnreachable);

/// <summary>What the registry knows of the worker's living incarnation.</summary>
internal readonly record struct LivingWorker(WorkerId Worker, string Address, int Uid);

/// <summary>
/// Which members are to be downed: every one that is not its worker's living incarnation, once the worker lives elsewhere or
/// the member cannot be reached. Left alone, such a leftover keeps new members from coming up. Pure; see
/// docs/decisions/registry-downs.md.
/// </summary>
internal static class DowningPolicy
{
    /// <summary>The role that says which worker a member is.</summary>
    public const string RolePrefix = "worker-";

    /// <summary>The addresses to down.</summary>
    /// <param name="members">All members with a worker's role, in any state but removed.</param>
    /// <param name="living">The registered workers.</param>
    /// <param name="dropped">Workers that were dropped for their silence and have not come back.</param>
    public static IEnumerable<string> Decide(IEnumerable<WorkerMember> members, IReadOnlyCollection<LivingWorker> living, IReadOnlySet<WorkerId> dropped)
    {
        var addresses = living.Select(worker => worker.Address).ToHashSet(StringComparer.Ordinal);
        var uids = living.ToDictionary(worker => worker.Worker, worker => worker.Uid);
        foreach (var member in members)
        {
            // Down speaks of addresses: never one that a living incarnation uses, whoever used it before.
            if (addresses.Contains(member.Address)) continue;
            var replaced = uids.TryGetValue(member.Worker, out var uid) && uid != member.Uid;
            // A worker that is not registered and cannot be reached ended for good. Should it live after all, it gets no
            // answer from here any more, and is started again.
            var gone = member.IsUnreachable && !uids.ContainsKey(member.Worker);
            if (replaced || gone || dropped.Contains(member.Worker)) yield return member.Address;
        }
    }
}
