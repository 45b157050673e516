namespace ActorCompute;

/// <summary>The work of one job on one worker. Several slots call it at the same time, each on a thread of its own.</summary>
public interface ITaskWork<in TTask, out TResult>
{
    /// <summary>Computes one task. May take as long as it needs; polls the token now and then.</summary>
    /// <exception cref="InputException">The input is wrong: trying again cannot help.</exception>
    TResult Execute(TTask task, TaskContext context);
}

/// <summary>What a task may know of where it runs.</summary>
/// <param name="Number">The task's number in the plan, from 0.</param>
/// <param name="Attempt">Which try this is, from 1.</param>
/// <param name="Cancellation">Set when nobody wants the result any more.</param>
public readonly record struct TaskContext(long Number, int Attempt, CancellationToken Cancellation);
