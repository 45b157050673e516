namespace ActorCompute.EndToEnd;

/// <summary>A fact about files of public reports: counted as skipped where they are not beside the repository.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReportedBamFactAttribute : FactAttribute
{
    public static string? Folder { get; } = ProgramFolder.RealBamFiles is { } real && Path.Combine(Path.GetDirectoryName(real)!, "bam-reports") is var folder && Directory.Exists(folder) ? folder : null;

    public ReportedBamFactAttribute()
    {
        if (Folder is null) Skip = "shared/data/bam-reports is not beside the repository";
    }
}
