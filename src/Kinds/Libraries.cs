using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kinds;

/// <summary>Libraries that the kinds chose at start, for a person to see.</summary>
public static class Libraries
{
    /// <summary>The one that inflates BGZF blocks, and the others that are there.</summary>
    public static string Inflate => Inflaters.Available.Count == 1
        ? $"{Inflaters.Default}"
        : $"{Inflaters.Default} (also here: {string.Join(", ", Inflaters.Available.Skip(1))})";
}
