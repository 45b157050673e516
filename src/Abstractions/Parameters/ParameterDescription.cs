namespace ActorCompute;

/// <summary>A parameter of a kind.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">One line: meaning, unit, range.</param>
/// <param name="IsRequired">Whether a job must have it.</param>
/// <param name="IsRepeatable">Whether it may come several times.</param>
public sealed record ParameterDescription(string Name, string Description, bool IsRequired = false, bool IsRepeatable = false);
