namespace ActorCompute.Client;

/// <summary>A cluster of processes on this machine.</summary>
public sealed record LocalClusterOptions
{
    /// <summary>Worker processes. Default: one for each core.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Tasks that each worker runs at a time. Default: 1.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>How long to wait until all have registered. Default: 30 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Called with what a person should see: a worker that died and is started again, lines that it wrote to standard error.</summary>
    public Action<string>? OnNotice { get; init; }
}
