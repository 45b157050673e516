namespace ActorCompute.Kernels.Genomics;

/// <summary>A reference sequence that reads are aligned to, a chromosome for example.</summary>
/// <param name="Name">As in the BAM file's binary reference list.</param>
/// <param name="Length">In bases.</param>
/// <param name="Id">Its number in that list, from 0: what records call refID.</param>
public sealed record ReferenceSequence(string Name, long Length, int Id);
