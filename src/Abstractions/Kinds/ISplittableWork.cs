namespace ActorCompute;

/// <summary>Work that can stop in the middle of a task and give back what is left of it, for idle slots to share.</summary>
public interface ISplittableWork<TTask, TResult> : ITaskWork<TTask, TResult>
{
    /// <summary>
    /// Computes one task. Looks at <paramref name="split"/> where it polls the token; when a split is wanted and the rest is worth it,
    /// gives the rest back as tasks and returns the result of what is done. It may go on to the end instead.
    /// </summary>
    /// <remarks>The result of what is done, merged with those of the rest in their order, must be the result of the whole task.</remarks>
    /// <exception cref="InputException">The input is wrong: trying again cannot help.</exception>
    TResult Execute(TTask task, TaskContext context, TaskSplit<TTask> split);

    /// <inheritdoc/>
    TResult ITaskWork<TTask, TResult>.Execute(TTask task, TaskContext context) => Execute(task, context, TaskSplit<TTask>.None);
}
