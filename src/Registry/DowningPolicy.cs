using ActorCompute.Messages;

namespace ActorCompute.Registry;

/// <summary>A cluster member that is a life of a worker, by its roles.</summary>
/// <remarks>This and the next are no structs: for each of those the runtime compiles its own copy of every list that it is put in.</remarks>
internal sealed record WorkerMember(WorkerLife Life, string Address, int Uid, bool IsUnreachable);

/// <summary>What the registry knows of the worker's living incarnation.</summary>
internal sealed record LivingWorker(WorkerLife Life, string Address, int Uid);

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
    public static IReadOnlyList<string> Decide(IReadOnlyList<WorkerMember> members, IReadOnlyList<LivingWorker> living, IReadOnlyCollection<WorkerLife> dropped)
    {
        var addresses = new HashSet<string>(StringComparer.Ordinal);
        var registered = new Dictionary<string, LivingWorker>(StringComparer.Ordinal);
        foreach (var worker in living)
        {
            addresses.Add(worker.Address);
            registered.Add(worker.Life.Worker.Value, worker);
        }

        var downed = new List<string>();
        foreach (var member in members)
        {
            // Down speaks of addresses: never one that a living incarnation uses, whoever used it before.
            if (addresses.Contains(member.Address)) continue;
            var known = registered.GetValueOrDefault(member.Life.Worker.Value);
            // A later life than the registered one has joined and will register in a moment: whom we down can never reach us again.
            var replaced = known is not null && known.Uid != member.Uid && member.Life.Incarnation <= known.Life.Incarnation;
            // A worker that is not registered and cannot be reached ended for good. Should it live after all, it gets no
            // answer from here any more, and is started again.
            var gone = member.IsUnreachable && known is null;
            if (replaced || gone || IsSilent(member.Life, dropped)) downed.Add(member.Address);
        }

        return downed;
    }

    private static bool IsSilent(WorkerLife life, IReadOnlyCollection<WorkerLife> dropped) =>
        dropped.Count > 0 && dropped.Any(silent => silent.Worker == life.Worker && life.Incarnation <= silent.Incarnation);
}
