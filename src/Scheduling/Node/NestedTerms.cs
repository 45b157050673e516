namespace ActorCompute.Scheduling;

/// <summary>What a job that a task starts has from that task's job.</summary>
/// <param name="Depth">How many tasks wait for it, each for the next.</param>
/// <param name="Client">Whose it is.</param>
/// <param name="Priority">The same as of the task: or it would wait behind what the task itself goes before.</param>
/// <param name="IsAwaitedByHolder">A task that waits for it holds resources.</param>
/// <param name="Needs">What each of its tasks needs.</param>
internal sealed record NestedTerms(int Depth, string Client, int Priority, bool IsAwaitedByHolder, Resources Needs)
{
    /// <param name="job">The terms of the task's job.</param>
    /// <param name="needs">What each task that it starts needs.</param>
    /// <exception cref="InvalidOperationException">Both need resources: two such tasks could each hold what the other waits for.</exception>
    public static NestedTerms Of(JobTerms job, Resources needs)
    {
        var holds = job.IsAwaitedByHolder || !job.Needs.IsEmpty;
        if (holds && !needs.IsEmpty) throw new InvalidOperationException($"this task, or one that waits for it, holds resources{(job.Needs.IsEmpty ? "" : $" ({job.Needs})")}, so what it starts may need none ({needs}): two such tasks could wait for each other for ever; let the outer task need nothing.");
        return new(job.Depth + 1, job.Client, job.Priority, holds, needs);
    }
}
