namespace ActorCompute;

/// <summary>A task failed on its worker: what was thrown there, and where.</summary>
public sealed class RemoteTaskException : Exception
{
    internal RemoteTaskException(TaskFailure failure, TaskRun run)
        : base(Describe(failure, run)) => (Failure, Run) = (failure, run);

    /// <summary>Why: cause, the type of the exception on the worker, its text.</summary>
    public TaskFailure Failure { get; }

    /// <summary>Where: worker, host, process, attempt, time.</summary>
    public TaskRun Run { get; }

    /// <summary>The full name of the type that was thrown on the worker; empty if nothing was.</summary>
    public string RemoteType => Failure.Type;

    /// <summary>The exception here, and behind it the one on the worker with its inner exceptions and stack traces.</summary>
    public override string ToString() => Failure.Details is null ? base.ToString() : $"{base.ToString()}{Environment.NewLine}--- thrown on worker {Run.Worker} ---{Environment.NewLine}{Failure.Details}";

    private static string Describe(TaskFailure failure, TaskRun run)
    {
        var type = failure.Type.Length > 0 ? failure.Type + ": " : "";
        return run.Worker.Length > 0 ? $"{type}{failure.Message} (worker {run.Worker} on {run.Host}, attempt {run.Attempt})" : type + failure.Message;
    }
}
