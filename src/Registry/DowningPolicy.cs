using ActorCompute.Messages;

namespace ActorCompute.Registry;

/// <summary>A cluster member that is a life of a worker, by its roles.</summary>
internal readonly record struct WorkerMember(WorkerLife Life, string Address, int Uid, bool IsUnreachable);

/// <summary>What the registry knows of the worker's living incarnation.</summary>
internal readonly record struct LivingWorker(WorkerLife Life, string Address, int Uid);

/// <summary>
/// Which members are to be downed: every one that is an earlier life of a worker, and every one that cannot be reached and whose
/// worker is not registered. Left alone, such a leftover keeps new members from coming up. Pure; see
/// docs/decisions/registry-downs.md.
/// </summary>
internal static class DowningPolicy
{
    /// <summary>The addresses to down.</summary>
    /// <param name="members">All members that are workers, in any state but removed.</param>
    /// <param name="living">The registered workers.</param>
    /// <param name="dropped">Lives that were dropped for their silence and have not come back.</param>
    public static IEnumerable<string> Decide(IEnumerable<WorkerMember> members, IReadOnlyCollection<LivingWorker> living, IReadOnlyCollection<WorkerLife> dropped)
    {
        var addresses = living.Select(worker => worker.Address).ToHashSet(StringComparer.Ordinal);
        var registered = living.ToDictionary(worker => worker.Life.Worker);
        foreach (var member in members)
        {
            // Down speaks of addresses: never one that a living incarnation uses, whoever used it before.
            if (addresses.Contains(member.Address)) continue;
            var isRegistered = registered.TryGetValue(member.Life.Worker, out var known);
            // A later life than the registered one has joined and will register in a moment: whom we down can never reach us again.
            var replaced = isRegistered && known.Uid != member.Uid && member.Life.Incarnation <= known.Life.Incarnation;
            // A worker that is not registered and cannot be reached ended for good. Should it live after all, it gets no
            // answer from here any more, and is started again.
            var gone = member.IsUnreachable && !isRegistered;
            var silent = dropped.Any(life => life.Worker == member.Life.Worker && member.Life.Incarnation <= life.Incarnation);
            if (replaced || gone || silent) yield return member.Address;
        }
    }
}
