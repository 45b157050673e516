namespace ActorCompute;

/// <summary>A number that was tested.</summary>
public sealed record PrimeRow(ulong Number, bool IsPrime);
