namespace ActorCompute.Support;

/// <summary>A theory that needs a Unix shell or POSIX signals: counted as skipped on Windows.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute()
    {
        if (OperatingSystem.IsWindows()) Skip = "needs a Unix shell";
    }
}
