using Microsoft.Extensions.Logging;

namespace ActorCompute;

/// <summary>What the client library logs.</summary>
internal static partial class ClientLog
{
    /// <summary>The event by which the command line knows a notice.</summary>
    public const int NoticeId = 3;

    [LoggerMessage(1, LogLevel.Information, "Attached to the cluster at {Seed}")]
    public static partial void Attached(ILogger log, string seed);

    [LoggerMessage(2, LogLevel.Information, "Left the cluster at {Seed}")]
    public static partial void Left(ILogger log, string seed);

    /// <summary>A process of a local cluster: what it wrote to standard error, or that it ended and is started again.</summary>
    [LoggerMessage(NoticeId, LogLevel.Warning, "{Notice}")]
    public static partial void Notice(ILogger log, string notice);

    [LoggerMessage(4, LogLevel.Debug, "Job {Job} of kind {Kind} began")]
    public static partial void JobBegan(ILogger log, string job, string kind);

    [LoggerMessage(5, LogLevel.Information, "Job {Job} of kind {Kind} ended: {Done} tasks with an outcome, {Failed} of them failed, {Resent} attempts after a first, in {Elapsed}")]
    public static partial void JobEnded(ILogger log, string job, string kind, long done, long failed, long resent, TimeSpan elapsed);

    [LoggerMessage(6, LogLevel.Warning, "Job {Job} lost worker {Worker}: {Reason}; what it held runs elsewhere")]
    public static partial void WorkerLost(ILogger log, string job, string worker, string reason);

    [LoggerMessage(7, LogLevel.Warning, "Job {Job}: worker {Worker} will not run it: {Reason}")]
    public static partial void WorkerRefused(ILogger log, string job, string worker, string reason);

    [LoggerMessage(8, LogLevel.Debug, "Job {Job}: task {Task} failed, {Cause}: {Reason}")]
    public static partial void TaskFailed(ILogger log, string job, long task, FailureCause cause, string reason);

    [LoggerMessage(14, LogLevel.Information, "Job {Job}: task {Task} has run for {Seconds:F1} s, much longer than the others; a copy of it runs on worker {Worker}")]
    public static partial void TaskCopied(ILogger log, string job, long task, double seconds, string worker);

    [LoggerMessage(15, LogLevel.Information, "Job {Job}: task {Task} was split after {Seconds:F1} s; what was left of it runs in {Pieces} pieces")]
    public static partial void TaskSplit(ILogger log, string job, long task, double seconds, int pieces);

    [LoggerMessage(9, LogLevel.Error, "Job {Job} of kind {Kind} cannot go on")]
    public static partial void JobBroke(ILogger log, Exception error, string job, string kind);

    /// <summary>What a caller asked to be called threw: it is told, and nothing else changes.</summary>
    [LoggerMessage(12, LogLevel.Warning, "The caller's {Callback} threw; that changes nothing else")]
    public static partial void CallbackThrew(ILogger log, Exception error, string callback);

    [LoggerMessage(13, LogLevel.Error, "This client cannot go on: {Reason}")]
    public static partial void Broke(ILogger log, string reason);

    [LoggerMessage(10, LogLevel.Warning, "Job {Job} has had no worker for {Seconds} s; it goes on as soon as one registers")]
    public static partial void NoWorkers(ILogger log, string job, double seconds);

    [LoggerMessage(11, LogLevel.Information, "Job {Job} goes on: {Workers} workers are back")]
    public static partial void WorkersBack(ILogger log, string job, int workers);
}
