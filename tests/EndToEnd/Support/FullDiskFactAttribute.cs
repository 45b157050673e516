namespace ActorCompute.EndToEnd;

/// <summary>A fact that needs a file to which nothing can be written: counted as skipped where there is no <see cref="Path"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FullDiskFactAttribute : FactAttribute
{
    public const string Path = "/dev/full";

    public FullDiskFactAttribute()
    {
        if (!File.Exists(Path)) Skip = $"needs {Path}";
    }
}
