namespace ActorCompute.Scheduling;

/// <summary>Why no worker can run a job, for people: what its tasks need, and who comes nearest to it.</summary>
internal static class Shortage
{
    /// <param name="needs">What a task needs.</param>
    /// <param name="workers">Workers of which none has that.</param>
    public static string Describe(Resources needs, IReadOnlyList<SeenWorker> workers)
    {
        var nearest = workers.MaxBy(worker => (Share(needs, worker.Has), needs.Amounts.Sum(amount => (double)worker.Has[amount.Key] / amount.Value)))!;
        var most = Resources.Of(needs.Amounts.Select(amount => KeyValuePair.Create(amount.Key, nearest.Has[amount.Key])).Where(amount => amount.Value > 0));
        return most.IsEmpty
            ? $"it needs {needs}, and no worker has any of that"
            : $"it needs {needs}, and the most there is is {most} ({nearest.Name} on {nearest.Host})";
    }

    /// <summary>Of the needs, how many are met.</summary>
    private static int Share(Resources needs, Resources has) => needs.Amounts.Count(amount => has[amount.Key] >= amount.Value);
}
