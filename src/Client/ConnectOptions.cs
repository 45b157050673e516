using Microsoft.Extensions.Logging;

namespace ActorCompute;

/// <summary>How to attach to a running cluster.</summary>
public sealed record ConnectOptions
{
    /// <summary>The cluster's secret; default: from <c>ACTORCOMPUTE_SECRET</c>, else from <see cref="SecretFile"/>.</summary>
    public string? Secret { get; init; }

    /// <summary>A file with the secret; default: the one in the user's data folder, which a seed on this machine makes.</summary>
    public string? SecretFile { get; init; }

    /// <inheritdoc cref="LocalClusterOptions.Initializer"/>
    public WorkerInitializer? Initializer { get; init; }

    /// <summary>A PKCS#12 file (.pfx) with the certificate and key to speak TLS with; default: the one that <c>ACTORCOMPUTE_TLS_CERTIFICATE</c> names, else connections are plain.</summary>
    public string? TlsCertificateFile { get; init; }

    /// <summary>That file's password; default: from <c>ACTORCOMPUTE_TLS_PASSWORD</c>.</summary>
    public string? TlsPassword { get; init; }

    /// <summary>Told of the cluster's and the jobs' events: attaching, jobs that begin and end, workers lost, failures. Default: nobody.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>How long to wait for the seed, and then for a first worker. Default: 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}
