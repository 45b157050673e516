namespace ActorCompute.EndToEnd;

/// <summary>A fact about what a terminal shows: counted as skipped without <see cref="Program"/>, which makes one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TerminalFactAttribute : FactAttribute
{
    /// <summary>Of util-linux; elsewhere it takes other arguments.</summary>
    public const string Program = "/usr/bin/script";

    public TerminalFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(Program)) Skip = $"needs {Program}";
    }
}
