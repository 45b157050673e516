using System.Globalization;
using ActorCompute.Cli.Output;

namespace ActorCompute.Cli.Running;

/// <summary>Where a job runs.</summary>
/// <param name="Workers">Processes of a local cluster; null for as many as cores.</param>
/// <param name="Slots">Slots of each.</param>
/// <param name="Cluster">The seed of a cluster that is there, or null for an own one.</param>
/// <param name="SecretFile">The file with that cluster's secret, or null for the usual places.</param>
/// <param name="TlsCertificate">The certificate to speak TLS with, or null for what the environment says.</param>
internal sealed record JobTarget(int? Workers, int Slots, string? Cluster, string? SecretFile, string? TlsCertificate)
{
    /// <summary>Tasks that wait which each of the own workers runs at a time; null for the usual number.</summary>
    public int? IoLimit { get; init; }

    /// <summary>What each of the own workers has beside slots.</summary>
    public Resources Resources { get; init; } = Resources.None;

    /// <summary>Folders with kinds of others, for this command and its own workers.</summary>
    public IReadOnlyList<string> Plugins { get; init; } = [];

    /// <summary>Whether the own workers have the kind crash, which ends them.</summary>
    public bool AllowCrashes { get; init; }

    /// <summary>The variable that names a cluster for all commands of a shell.</summary>
    public const string ClusterVariable = "ACTORCOMPUTE_CLUSTER";
}

/// <summary>How a verb runs its job.</summary>
internal sealed record JobRunSettings(JobTarget Target, OutputFormat? Format, bool Ordered, ProgressMode Progress)
{
    /// <summary>The file for the answer; null for standard output.</summary>
    public string? Out { get; init; }

    /// <summary>The file for the scheduler's events; null for none.</summary>
    public string? Events { get; init; }

    /// <summary>The file for a line about each program that ran; null for none.</summary>
    public string? JobLog { get; init; }

    /// <summary>The journal to begin or to go on with; null for none.</summary>
    public JournalSettings? Journal { get; init; }

    /// <summary>How tasks are sent, and what happens when they fail.</summary>
    public JobOptions Options { get; init; } = new();
}

/// <summary>Which journal, and how it is opened.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Resumes">It is there, and its job goes on.</param>
/// <param name="Salvages">What is damaged in the middle is left out.</param>
internal sealed record JournalSettings(string Folder, bool Resumes = false, bool Salvages = false)
{
    /// <param name="job">The job.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="settings">What a new journal keeps of it: what shapes the answer, so that it is the same on resume.</param>
    /// <exception cref="JournalException">It cannot be opened, or is of another job.</exception>
    public JobJournal Open(Job job, JobPlan<ReadOnlyMemory<byte>> plan, JobRunSettings settings) =>
        Resumes ? JobJournal.Resume(Folder, job, plan, Salvages) : JobJournal.Create(Folder, job, plan, Kept(settings));

    /// <summary>The names under which <see cref="Kept"/> has the plug-in folders, numbered.</summary>
    public const string PluginPrefix = "plugins.";

    private static Dictionary<string, string> Kept(JobRunSettings settings)
    {
        var kept = new Dictionary<string, string>();
        if (settings.Ordered) kept["ordered"] = "true";
        if (settings.Format is { } format) kept["format"] = format.ToString();
        if (settings.Target.AllowCrashes) kept["allow-crashes"] = "true";
        if (settings.Options.MaxInFlight != int.MaxValue) kept["max-in-flight"] = settings.Options.MaxInFlight.ToString(CultureInfo.InvariantCulture);
        if (settings.Options.Priority != 0) kept["priority"] = settings.Options.Priority.ToString(CultureInfo.InvariantCulture);
        if (settings.Options.Needs is { } needs) kept["needs"] = needs.ToString();
        if (settings.Options.Retry.MaxRetries > 0) kept["retries"] = settings.Options.Retry.MaxRetries.ToString(CultureInfo.InvariantCulture);
        foreach (var (index, folder) in settings.Target.Plugins.Index()) kept[PluginPrefix + index.ToString(CultureInfo.InvariantCulture)] = Path.GetFullPath(folder);
        return kept;
    }
}
