namespace ActorCompute.Measuring;

/// <summary>One figure, measured several times.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">Of each value.</param>
/// <param name="Values">A value for each repetition, in their order; never empty.</param>
public sealed record Measurement(string Name, string Unit, IReadOnlyList<double> Values)
{
    /// <summary>The middle one; of two middle ones the mean.</summary>
    public double Median => MedianOf(Values);

    public double Least => Values.Min();

    public double Most => Values.Max();

    /// <summary>The value below which the given share of a sorted list lies.</summary>
    public static double Percentile(IReadOnlyList<double> sorted, double share) =>
        sorted[Math.Clamp((int)Math.Ceiling(sorted.Count * share) - 1, 0, sorted.Count - 1)];

    private static double MedianOf(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
