using ActorCompute.Cli.Output;

namespace ActorCompute.Cli.Running;

/// <summary>Where a job runs.</summary>
/// <param name="Workers">Processes of an own cluster; null for as many as cores.</param>
/// <param name="Slots">Slots of each.</param>
/// <param name="Cluster">The seed of a cluster that is there, or null for an own one.</param>
/// <param name="SecretFile">The file with that cluster's secret, or null for the usual places.</param>
/// <param name="TlsCertificate">The certificate to speak TLS with, or null for what the environment says.</param>
internal sealed record JobTarget(int? Workers, int Slots, string? Cluster, string? SecretFile, string? TlsCertificate)
{
    /// <summary>The variable that names a cluster for all commands of a shell.</summary>
    public const string ClusterVariable = "ACTORCOMPUTE_CLUSTER";
}

/// <summary>How a verb runs its job.</summary>
internal sealed record JobRunSettings(JobTarget Target, OutputFormat? Format, bool Ordered, ProgressMode Progress);
