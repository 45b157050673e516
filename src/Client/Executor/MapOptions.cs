using System.Threading.Channels;

namespace ActorCompute;

/// <summary>How a function is mapped over inputs.</summary>
public sealed record MapOptions
{
    /// <inheritdoc cref="JobOptions.ChunkSize"/>
    public int? ChunkSize { get; init; }

    /// <inheritdoc cref="JobOptions.MaxInFlight"/>
    public int MaxInFlight { get; init; } = int.MaxValue;

    /// <summary>
    /// Inputs drawn whose results have not been taken yet, at most: bounds memory, and how far one result may overtake
    /// another in an ordered map. Default: 65,536.
    /// </summary>
    public int BufferSize { get; init; } = 65536;

    /// <inheritdoc cref="JobOptions.MaxBufferedBytes"/>
    public long MaxBufferedBytes { get; init; } = 128 << 20;

    /// <inheritdoc cref="JobOptions.LargestResult"/>
    public long LargestResult { get; init; } = 1L << 30;

    /// <summary>The time from the start within which the next result must be there; default: as long as it takes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <inheritdoc cref="JobOptions.Retry"/>
    public RetryPolicy Retry { get; init; } = RetryPolicy.None;

    /// <inheritdoc cref="JobOptions.TaskTimeout"/>
    public TimeSpan? TaskTimeout { get; init; }

    /// <inheritdoc cref="JobOptions.Grace"/>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);

    /// <inheritdoc cref="JobOptions.MaxWorkerDeaths"/>
    public int MaxWorkerDeaths { get; init; } = 3;

    /// <inheritdoc cref="JobOptions.Stragglers"/>
    public StragglerPolicy Stragglers { get; init; } = new();

    /// <inheritdoc cref="JobOptions.Needs"/>
    public Resources? Needs { get; init; }

    /// <inheritdoc cref="JobOptions.Priority"/>
    public int Priority { get; init; }

    /// <inheritdoc cref="JobOptions.Progress"/>
    public IProgress<JobProgress>? Progress { get; init; }

    /// <inheritdoc cref="JobOptions.Events"/>
    public ChannelWriter<SchedulingEvent>? Events { get; init; }

    /// <exception cref="InputException">A value is out of range.</exception>
    internal void Check()
    {
        ToJobOptions(ordered: true).Check();
        if (Limits.IsNegative(Timeout)) throw new InputException("the time-out is negative; give 0 or more.");
    }

    internal JobOptions ToJobOptions(bool ordered) => new()
    {
        Ordered = ordered,
        ChunkSize = ChunkSize,
        MaxInFlight = MaxInFlight,
        MaxOutstanding = BufferSize,
        MaxBufferedBytes = MaxBufferedBytes,
        LargestResult = LargestResult,
        Retry = Retry,
        MaxWorkerDeaths = MaxWorkerDeaths,
        TaskTimeout = TaskTimeout,
        Grace = Grace,
        Stragglers = Stragglers,
        Needs = Needs,
        Priority = Priority,
        Progress = Progress,
        Events = Events,
    };
}
