namespace ActorCompute.Scheduling;

/// <summary>A process that is over its memory limit.</summary>
/// <param name="Reason">In words.</param>
/// <param name="MustEnd">It had its time to come to an end in order, or has grown far beyond.</param>
internal readonly record struct MemoryExcess(string Reason, bool MustEnd);
