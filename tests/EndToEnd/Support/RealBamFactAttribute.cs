namespace ActorCompute.EndToEnd;

/// <summary>A fact about real BAM files: counted as skipped where they are not beside the repository.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealBamFactAttribute : FactAttribute
{
    public RealBamFactAttribute()
    {
        if (ProgramFolder.RealBamFiles is null) Skip = "shared/data/bam is not beside the repository";
    }
}
