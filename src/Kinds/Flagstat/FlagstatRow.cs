namespace ActorCompute;

/// <summary>A line of <c>samtools flagstat</c>.</summary>
/// <param name="Category">Its name, as samtools writes it.</param>
/// <param name="Passed">Reads that passed quality control, or their share in percent; not a number where there is nothing to have a share of.</param>
/// <param name="Failed">The same of those that failed it.</param>
/// <param name="IsPercentage">Whether the two are shares.</param>
public sealed record FlagstatRow(string Category, double Passed, double Failed, bool IsPercentage = false);
