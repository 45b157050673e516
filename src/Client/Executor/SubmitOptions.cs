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

    /// <exception cref="InputException">A value is out of range.</exception>
    internal JobOptions ToJobOptions()
    {
        var options = new JobOptions { Needs = Needs, Priority = Priority };
        options.Check();
        return options;
    }
}
