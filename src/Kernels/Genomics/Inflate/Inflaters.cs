namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// The libraries of this machine that can inflate, found once at start: libdeflate where the system has it (a third
/// faster), and System.IO.Compression, which is always there.
/// </summary>
public static class Inflaters
{
    /// <summary>The variable that names the one to prefer: to compare them, or to go without the system's.</summary>
    public const string Variable = "ACTORCOMPUTE_INFLATE";

    /// <summary>All that can be used here, the preferred one first and then the fastest; never empty.</summary>
    public static IReadOnlyList<InflaterProvider> Available { get; } = Find();

    /// <summary>The one to use.</summary>
    public static InflaterProvider Default => Available[0];

    private static InflaterProvider[] Find()
    {
        var system = new SystemInflaterProvider();
        InflaterProvider[] fastestFirst = Libdeflate.TryLoad(out var libdeflate) ? [new LibdeflateProvider(libdeflate), system] : [system];
        var preferred = Environment.GetEnvironmentVariable(Variable);
        return [.. fastestFirst.OrderByDescending(provider => string.Equals(provider.Name, preferred, StringComparison.OrdinalIgnoreCase))];
    }
}
