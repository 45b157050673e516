using ActorCompute.Cli.Output;
using ActorCompute.Client;

namespace ActorCompute.Cli.Running;

/// <summary>Where a job runs.</summary>
/// <param name="Workers">Processes of an own cluster; null for as many as cores.</param>
/// <param name="Slots">Slots of each.</param>
/// <param name="Cluster">The seed of a cluster that is there, or null for an own one.</param>
/// <param name="SecretFile">The file with that cluster's secret, or null for the usual places.</param>
/// <param name="TlsCertificate">The certificate to speak TLS with, or null for what the environment says.</param>
internal sealed record JobTarget(int? Workers, int Slots, string? Cluster, string? SecretFile, string? TlsCertificate)
{
    /// <summary>Tasks that wait which each of the own workers runs at a time; null for the usual number.</summary>
    public int? IoLimit { get; init; }

    /// <summary>Folders with kinds of others, for this command and its own workers.</summary>
    public IReadOnlyList<string> Plugins { get; init; } = [];

    /// <summary>Whether the kind crash may end the own workers.</summary>
    public bool AllowCrashes { get; init; }

    /// <summary>The variable that names a cluster for all commands of a shell.</summary>
    public const string ClusterVariable = "ACTORCOMPUTE_CLUSTER";
}

/// <summary>How a verb runs its job.</summary>
internal sealed record JobRunSettings(JobTarget Target, OutputFormat? Format, bool Ordered, ProgressMode Progress)
{
    /// <summary>The file for the answer; null for standard output.</summary>
    public string? Out { get; init; }

    /// <summary>How tasks are sent, and what happens when they fail.</summary>
    public JobOptions Options { get; init; } = new();
}
