namespace ActorCompute;

/// <summary>The work of one job on one worker. Several slots call it at the same time, each on a thread of its own.</summary>
public interface ITaskWork<in TTask, out TResult>
{
    /// <summary>Computes one task. May take as long as it needs; polls the token now and then.</summary>
    /// <exception cref="InputException">The input is wrong: trying again cannot help.</exception>
    TResult Execute(TTask task, TaskContext context);
}
