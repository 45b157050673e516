namespace ActorCompute.Kernels.Genomics;

/// <summary>A stretch of a reference: the bases [Begin, End), counted from 0.</summary>
public readonly record struct ReferenceStretch(long Begin, long End);
