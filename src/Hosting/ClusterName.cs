using Microsoft.Extensions.Options;

namespace ActorCompute;

/// <summary>What a cluster of a host is called by those that know several; the one without a name has that of options without a name.</summary>
internal static class ClusterName
{
    public static readonly string Unnamed = Options.DefaultName;

    /// <summary>Where its options are in the configuration.</summary>
    public static string SectionOf(string? name) => string.IsNullOrEmpty(name) ? "ComputeCluster" : $"ComputeClusters:{name}";

    public static string HealthCheckOf(string name) => name == Unnamed ? "compute-cluster" : $"compute-cluster-{name}";
}
