namespace ActorCompute.Cli.Running;

/// <summary>Where the clusters that <c>up --detach</c> leaves behind on this machine keep their logs.</summary>
internal static class StateFolder
{
    /// <summary>Names another folder.</summary>
    public const string Variable = "ACTORCOMPUTE_STATE";

    /// <summary>The folder, which need not be there.</summary>
    public static string FullPath { get; } = Find(Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), OperatingSystem.IsWindows());

    /// <param name="variable">The environment.</param>
    /// <param name="data">The person's own data on Windows.</param>
    /// <param name="home">The person's own folder.</param>
    /// <param name="isWindows">Elsewhere the base directory specification of freedesktop.org holds.</param>
    internal static string Find(Func<string, string?> variable, string data, string home, bool isWindows)
    {
        if (variable(Variable) is { Length: > 0 } named) return Path.GetFullPath(named);
        if (isWindows) return Path.Combine(data, "actorcompute");
        var state = variable("XDG_STATE_HOME") is { Length: > 0 } folder && Path.IsPathFullyQualified(folder) ? folder
            : home.Length > 0 ? Path.Combine(home, ".local", "state")
            : Path.GetTempPath();
        return Path.Combine(state, "actorcompute");
    }
}
