namespace ActorCompute.Client;

/// <summary>How one call is submitted.</summary>
public sealed record SubmitOptions
{
    /// <summary>A name for people; the future carries it.</summary>
    public string? Name { get; init; }
}
