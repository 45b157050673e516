namespace ActorCompute;

/// <summary>Why a task has no result.</summary>
/// <param name="Cause">The cause a program can act on.</param>
/// <param name="Type">The type of the exception, where there was one.</param>
/// <param name="Message">What a person reads.</param>
public sealed record TaskFailure(FailureCause Cause, string Type, string Message)
{
    /// <summary>Of an exception: its text, those of its inner exceptions and their stack traces, as on the worker; otherwise null.</summary>
    public string? Details { get; init; }

    /// <summary>Of a <see cref="ReportedException"/>: what the kind tells a program; otherwise empty. A journal does not keep it.</summary>
    internal ReadOnlyMemory<byte> Report { get; init; }
}

/// <summary>Causes of failure.</summary>
public enum FailureCause
{
    /// <summary>The work threw an exception.</summary>
    Exception,

    /// <summary>The input was wrong; it is never tried again.</summary>
    BadInput,

    /// <summary>The workers that ran it died, as often as is allowed.</summary>
    WorkerDied,

    /// <summary>It took longer than the job allows a task.</summary>
    TimedOut,

    /// <summary>Its worker's process outgrew its memory limit, also when it ran alone.</summary>
    OutOfMemory,

    /// <summary>The job was cancelled first.</summary>
    Cancelled,
}
