namespace ActorCompute.Scheduling;

/// <summary>When a running task is asked for what is left of it.</summary>
internal sealed record SplitPolicy
{
    /// <summary>What the task must have run: a shorter one is not worth the way there and back.</summary>
    public TimeSpan MinimumTime { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The pause before the same try is asked again: the message may be lost.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often the same try is asked; it may be of a kind that cannot be split here, or have too little left.</summary>
    public int MaxAsks { get; init; } = 3;

    /// <summary>A worker that leaves so many unanswered is asked no more until it answers something: it may hang, and then copies help.</summary>
    public int MaxUnanswered { get; init; } = 4;

    /// <summary>Pieces of one task, done ones too.</summary>
    public int MaxPieces { get; init; } = 256;
}
