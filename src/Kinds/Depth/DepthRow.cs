namespace ActorCompute;

/// <summary>The coverage of a reference, window or region.</summary>
/// <param name="Reference">The reference's name.</param>
/// <param name="Start">The first base, from 0.</param>
/// <param name="End">The one behind the last.</param>
/// <param name="Name">The name of a region that has one.</param>
/// <param name="Bases">The sum of the depths of its bases.</param>
/// <param name="Mean">Their mean.</param>
public sealed record DepthRow(string Reference, long Start, long End, string? Name, long Bases, double Mean)
{
    /// <summary>The smallest depth; of whole references.</summary>
    public int? Min { get; init; }

    /// <summary>The largest depth; of whole references.</summary>
    public int? Max { get; init; }
}
