namespace ActorCompute;

/// <summary>The work of one job on one worker, where tasks wait more than they compute. Many calls are under way at a time.</summary>
public interface IIoTaskWork<in TTask, TResult>
{
    /// <summary>Works on one task. Passes the token of <paramref name="context"/> on to what it awaits.</summary>
    /// <exception cref="InputException">The input is wrong: trying again cannot help.</exception>
    ValueTask<TResult> ExecuteAsync(TTask task, TaskContext context);
}
