namespace ActorCompute;

/// <summary>How one call is submitted.</summary>
public sealed record SubmitOptions
{
    /// <summary>A name for people; the future carries it.</summary>
    public string? Name { get; init; }

    /// <inheritdoc cref="JobOptions.Needs"/>
    public Resources? Needs { get; init; }

    /// <inheritdoc cref="JobOptions.Priority"/>
    public int Priority { get; init; }

    /// <inheritdoc cref="JobOptions.LargestResult"/>
    public long LargestResult { get; init; } = 1L << 30;

    /// <exception cref="InputException">A value is out of range.</exception>
    internal JobOptions ToJobOptions()
    {
        var options = new JobOptions { Needs = Needs, Priority = Priority, LargestResult = LargestResult };
        options.Check();
        return options;
    }
}
