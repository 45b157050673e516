namespace ActorCompute.Scheduling;

/// <summary>A batch, or the first tasks of one, with its outcome: the only one that they will ever have.</summary>
/// <param name="Batch">The batch. Where only its first tasks have this outcome, the others have theirs as batches of their own.</param>
/// <param name="Result">The results; of a batch of more than one task in the pack format.</param>
/// <param name="Failure">Why there are none: all have failed by this.</param>
/// <param name="Run">Where and how long.</param>
/// <param name="Count">How many tasks, from the first, this is the outcome of; at least 1.</param>
internal readonly record struct SettledBatch(TaskBatch Batch, ReadOnlyMemory<byte> Result, TaskFailure? Failure, TaskRun Run, int Count = 1)
{
    /// <summary>The number of the first task.</summary>
    public long First => Batch.First;

    /// <summary>What its giver gave.</summary>
    public object? State => Batch.State;

    /// <summary>What it takes in memory, nearly.</summary>
    public int Bytes => Batch.Payload.Length + Result.Length;

    /// <summary>Of a batch of one task: its outcome as users see it.</summary>
    public TaskOutcome ToOutcome() => new(First, Batch.Payload, Result, Failure, Run);
}

/// <summary>What comes with a task that has its result already, out of a journal.</summary>
internal sealed record JournalledOutcome(ReadOnlyMemory<byte> Result, TaskRun Run)
{
    /// <summary>The task with its outcome.</summary>
    public SettledBatch Of(in TaskBatch task) => new(task with { State = null }, Result, null, Run);
}
