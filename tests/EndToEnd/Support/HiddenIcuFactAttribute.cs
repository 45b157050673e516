namespace ActorCompute.EndToEnd;

/// <summary>A fact about a machine without ICU: counted as skipped where the library cannot be hidden from a process.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HiddenIcuFactAttribute : FactAttribute
{
    public HiddenIcuFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/unshare")) Skip = "needs root and util-linux' unshare";
        else if (Libraries.Count == 0) Skip = "needs ICU";
    }

    /// <summary>The files of the ICU that this process has.</summary>
    public static IReadOnlyList<string> Libraries { get; } =
        OperatingSystem.IsLinux() ? [.. File.ReadLines("/proc/self/maps").Where(line => line.Contains("/libicu", StringComparison.Ordinal)).Select(line => line[line.IndexOf('/', StringComparison.Ordinal)..]).Distinct()] : [];
}
