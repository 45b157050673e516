namespace ActorCompute.Client;

/// <summary>A cluster of processes on this machine.</summary>
public sealed record LocalClusterOptions
{
    /// <summary>Worker processes. Default: one for each core.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Tasks that each worker runs at a time. Default: 1.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>A PKCS#12 file (.pfx) with the certificate and key to speak TLS with; default: the one that <c>ACTORCOMPUTE_TLS_CERTIFICATE</c> names, else connections are plain.</summary>
    public string? TlsCertificateFile { get; init; }

    /// <summary>That file's password; default: from <c>ACTORCOMPUTE_TLS_PASSWORD</c>.</summary>
    public string? TlsPassword { get; init; }

    /// <summary>How long to wait until all have registered. Default: 30 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Called with what a person should see: a worker that died and is started again, lines that it wrote to standard error.</summary>
    public Action<string>? OnNotice { get; init; }
}
