namespace ActorCompute.Processes.Tests;

/// <summary>A test of file modes, which Windows does not have.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows()) Skip = "needs POSIX file modes";
    }
}
