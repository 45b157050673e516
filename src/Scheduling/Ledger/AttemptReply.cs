namespace ActorCompute.Scheduling;

/// <summary>What a worker answered to one attempt at a batch: results, or an error.</summary>
/// <param name="First">With <paramref name="Count"/>, which batch.</param>
/// <param name="Attempt">Which try of it.</param>
/// <param name="Elapsed">Time in the work.</param>
/// <param name="Result">The results; of a batch of more than one task in the pack format.</param>
/// <param name="Error">Why there are none.</param>
/// <param name="Count">Tasks of the batch, as it was sent.</param>
/// <param name="Answered">With results: to how many of the tasks, from the first.</param>
/// <param name="Failed">How many of these failed.</param>
internal readonly record struct AttemptReply(long First, int Attempt, TimeSpan Elapsed, ReadOnlyMemory<byte> Result, TaskFailure? Error, int Count = 1, int Answered = 1, int Failed = 0)
{
    /// <summary>Of a task that was split: what is left of it, as tasks in order; the result is that of what was done.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Rest { get => field ?? []; init; }
}
