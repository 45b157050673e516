namespace ActorCompute;

/// <summary>How one task of a job ended: each task has one outcome, whatever happened on the way.</summary>
/// <param name="Number">The task's number in the plan, from 0.</param>
/// <param name="Task">The encoded task.</param>
/// <param name="Result">The encoded result; empty when it failed.</param>
/// <param name="Failure">Why it failed, or null.</param>
/// <param name="Run">Where and how long.</param>
internal sealed record TaskOutcome(long Number, ReadOnlyMemory<byte> Task, ReadOnlyMemory<byte> Result, TaskFailure? Failure, TaskRun Run);
