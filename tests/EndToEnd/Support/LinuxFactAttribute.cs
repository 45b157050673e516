namespace ActorCompute.EndToEnd;

/// <summary>For what a person sets up otherwise on Windows and macOS.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute(string reason)
    {
        if (!OperatingSystem.IsLinux()) Skip = $"only on Linux: {reason}";
    }
}
