namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// The libraries of this machine that can inflate, found once at start: libdeflate where the system has it (a third
/// faster), and System.IO.Compression, which is always there.
/// </summary>
public static class Inflaters
{
    /// <summary>All that can be used here, fastest first; never empty.</summary>
    public static IReadOnlyList<InflaterProvider> Available { get; } = Find();

    /// <summary>The fastest one.</summary>
    public static InflaterProvider Default => Available[0];

    private static InflaterProvider[] Find()
    {
        var system = new SystemInflaterProvider();
        return Libdeflate.TryLoad(out var libdeflate) ? [new LibdeflateProvider(libdeflate), system] : [system];
    }
}
