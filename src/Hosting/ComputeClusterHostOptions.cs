using ActorCompute.Processes;
using Microsoft.Extensions.Logging;

namespace ActorCompute;

/// <summary>
/// The cluster of a host: one that stays when there is a <see cref="Seed"/>, else a local one. Read from the section
/// <c>ComputeCluster</c> of the configuration, of a named one from <c>ComputeClusters:NAME</c>; what the program sets itself comes after
/// that. Checked when the host starts. What is null has the default of <see cref="LocalClusterOptions"/> or <see cref="ConnectOptions"/>.
/// </summary>
public sealed class ComputeClusterHostOptions
{
    /// <summary>
    /// The seed of a cluster that stays, <c>HOST:PORT</c>. Default: null, a local cluster. With a seed, what is said of local workers
    /// has no effect, so that the configuration of one place alone may name it.
    /// </summary>
    public string? Seed { get; set; }

    /// <summary>The cluster's secret. A cluster that stays: <see cref="ConnectOptions.Secret"/>; a local one: <see cref="LocalClusterOptions.Secret"/>.</summary>
    public string? Secret { get; set; }

    /// <summary>A file with the secret of a cluster that stays: <see cref="ConnectOptions.SecretFile"/>.</summary>
    public string? SecretFile { get; set; }

    /// <inheritdoc cref="ConnectOptions.TlsCertificateFile"/>
    public string? TlsCertificateFile { get; set; }

    /// <inheritdoc cref="ConnectOptions.TlsPassword"/>
    public string? TlsPassword { get; set; }

    /// <summary>How long the start may take before it fails, and the host with it. Default: 30 s for a local cluster, 10 s each for seed and first worker of one that stays.</summary>
    public TimeSpan? StartTimeout { get; set; }

    /// <summary>How long the health check waits for the seed. Default: 5 s.</summary>
    public TimeSpan HealthCheckTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc cref="LocalClusterOptions.Initializer"/>
    public WorkerInitializer? Initializer { get; set; }

    /// <inheritdoc cref="LocalClusterOptions.Workers"/>
    public int? Workers { get; set; }

    /// <inheritdoc cref="LocalClusterOptions.Slots"/>
    public int? Slots { get; set; }

    /// <inheritdoc cref="LocalClusterOptions.IoLimit"/>
    public int? IoLimit { get; set; }

    /// <summary>What each local worker has beside slots, by name: <c>["gpu"] = "1"</c>, <c>["mem"] = "8GiB"</c>. See <see cref="LocalClusterOptions.Resources"/>.</summary>
    public IDictionary<string, string> Resources { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <inheritdoc cref="LocalClusterOptions.Plugins"/>
    public IList<string> Plugins { get; } = [];

    /// <inheritdoc cref="LocalClusterOptions.MaxTasksPerWorker"/>
    public int? MaxTasksPerWorker { get; set; }

    /// <inheritdoc cref="LocalClusterOptions.MemoryLimit"/>
    public long? MemoryLimit { get; set; }

    /// <inheritdoc cref="LocalClusterOptions.DrainTimeout"/>
    public TimeSpan? DrainTimeout { get; set; }

    /// <inheritdoc cref="LocalClusterOptions.AllowCommands"/>
    public bool? AllowCommands { get; set; }

    /// <inheritdoc cref="LocalClusterOptions.BuiltInOnly"/>
    public bool? BuiltInOnly { get; set; }

    /// <inheritdoc cref="LocalClusterOptions.Port"/>
    public int? Port { get; set; }

    /// <inheritdoc cref="LocalClusterOptions.SeparateSeed"/>
    public bool? SeparateSeed { get; set; }

    internal LocalClusterOptions ToLocal(ILogger? logger = null)
    {
        var otherwise = new LocalClusterOptions();
        return new()
        {
            Workers = Workers ?? otherwise.Workers,
            Slots = Slots ?? otherwise.Slots,
            IoLimit = IoLimit ?? otherwise.IoLimit,
            Resources = Resources.Count == 0 ? otherwise.Resources : ActorCompute.Resources.Parse(Resources.Select(resource => $"{resource.Key}={resource.Value}")),
            Plugins = [.. Plugins],
            Initializer = Initializer,
            MaxTasksPerWorker = MaxTasksPerWorker,
            MemoryLimit = MemoryLimit,
            DrainTimeout = DrainTimeout ?? otherwise.DrainTimeout,
            AllowCommands = AllowCommands,
            BuiltInOnly = BuiltInOnly ?? otherwise.BuiltInOnly,
            Port = Port ?? otherwise.Port,
            SeparateSeed = SeparateSeed ?? otherwise.SeparateSeed,
            Secret = Secret,
            TlsCertificateFile = TlsCertificateFile,
            TlsPassword = TlsPassword,
            StartTimeout = StartTimeout ?? otherwise.StartTimeout,
            Logger = logger,
        };
    }

    internal ConnectOptions ToConnect(ILogger? logger = null) => new()
    {
        Secret = Secret,
        SecretFile = SecretFile,
        Initializer = Initializer,
        TlsCertificateFile = TlsCertificateFile,
        TlsPassword = TlsPassword,
        Timeout = StartTimeout ?? new ConnectOptions().Timeout,
        Logger = logger,
    };

    /// <exception cref="InputException">A value cannot be used.</exception>
    internal void Check()
    {
        if (HealthCheckTimeout <= TimeSpan.Zero || HealthCheckTimeout > Duration.Longest) throw new InputException($"HealthCheckTimeout {HealthCheckTimeout}: give more than 0 and at most {Duration.Longest.TotalDays:0} days.");
        if (Seed is null)
        {
            ToLocal().Check();
            return;
        }

        HostEndpoint.Parse(Seed);
        if (StartTimeout < TimeSpan.Zero) throw new InputException("the start time-out is negative; give 0 or more.");
    }
}
