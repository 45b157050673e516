namespace ActorCompute.Processes;

/// <summary>A program of ActorCompute that this one starts is not installed beside it, or the system cannot start it.</summary>
public sealed class ProgramMissingException(string message) : Exception(message);
