namespace ActorCompute.Compare.Running;

/// <summary>One who takes part in a row: the product, in one of its ways, or a peer.</summary>
/// <param name="Name">As the table shows it, with the size of its work where that is not the same for all.</param>
/// <param name="MeasureAsync">Measures once; null when it cannot take part here.</param>
internal sealed record Contender(string Name, Func<CancellationToken, Task<double>>? MeasureAsync)
{
    /// <summary>Times that it runs unmeasured before. Code that is compiled while it runs needs more than one.</summary>
    public int WarmUps { get; init; } = 1;

    /// <summary>Why it cannot take part, and what to do about it.</summary>
    public string? Missing { get; private init; }

    public static Contender NotHere(string name, string why) => new(name, null) { Missing = why };
}
