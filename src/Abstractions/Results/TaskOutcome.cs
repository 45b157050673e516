namespace ActorCompute;

/// <summary>How one task of a job ended: each task has one outcome, whatever happened on the way.</summary>
/// <param name="Number">The task's number in the plan, from 0.</param>
/// <param name="Task">The encoded task.</param>
/// <param name="Result">The encoded result; empty when it failed.</param>
/// <param name="Failure">Why it failed, or null.</param>
/// <param name="Run">Where and how long.</param>
public sealed record TaskOutcome(long Number, ReadOnlyMemory<byte> Task, ReadOnlyMemory<byte> Result, TaskFailure? Failure, TaskRun Run);

/// <summary>Where a task ran.</summary>
/// <param name="Worker">The worker's name.</param>
/// <param name="Host">Its machine.</param>
/// <param name="ProcessId">Its process, 0 if it never ran.</param>
/// <param name="Attempt">The attempt that decided, from 1.</param>
/// <param name="Elapsed">Time in the work itself.</param>
public sealed record TaskRun(string Worker, string Host, int ProcessId, int Attempt, TimeSpan Elapsed);

/// <summary>Why a task has no result.</summary>
/// <param name="Cause">The cause a program can act on.</param>
/// <param name="Type">The type of the exception, where there was one.</param>
/// <param name="Message">What a person reads.</param>
public sealed record TaskFailure(FailureCause Cause, string Type, string Message);

/// <summary>Causes of failure.</summary>
public enum FailureCause
{
    /// <summary>The work threw an exception.</summary>
    Exception,

    /// <summary>The input was wrong; it is never tried again.</summary>
    BadInput,

    /// <summary>The workers that ran it died, as often as is allowed.</summary>
    WorkerDied,

    /// <summary>The job was cancelled first.</summary>
    Cancelled,
}
