namespace ActorCompute;

/// <summary>Where a task ran.</summary>
/// <param name="Worker">The worker's name.</param>
/// <param name="Host">Its machine.</param>
/// <param name="ProcessId">Its process, 0 if it never ran.</param>
/// <param name="Attempt">The attempt that decided, from 1.</param>
/// <param name="Elapsed">Time in the work itself.</param>
public sealed record TaskRun(string Worker, string Host, int ProcessId, int Attempt, TimeSpan Elapsed);
