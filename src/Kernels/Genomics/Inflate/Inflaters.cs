namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// The libraries of this machine that can inflate, found once at start: libdeflate where the system has it (a third
/// faster), and System.IO.Compression, which is always there.
/// </summary>
public static class Inflaters
{
    /// <summary>
    /// The environment variable that names the library to use, as in <see cref="InflaterProvider.Name"/>; without it the
    /// fastest is taken. For comparisons, and for a machine whose libdeflate is not to be trusted.
    /// </summary>
    public const string Variable = "ACTORCOMPUTE_INFLATE";

    private static readonly string? Wanted = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } name ? name : null;

    /// <summary>All that can be used here, fastest first; never empty.</summary>
    public static IReadOnlyList<InflaterProvider> Available { get; } = Find();

    /// <summary>The fastest one, or the one that the environment names.</summary>
    /// <exception cref="NotSupportedException">The one that the environment names is not here.</exception>
    public static InflaterProvider Default => Wanted is null ? Available[0] : Named(Wanted);

    /// <summary>The one of that name, in any case of letters.</summary>
    /// <exception cref="NotSupportedException">It is not here.</exception>
    public static InflaterProvider Named(string name) =>
        Available.FirstOrDefault(provider => provider.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new NotSupportedException($"{Variable}={name}: there is no such library here; there are {string.Join(", ", Available.Select(provider => provider.Name))}.");

    private static InflaterProvider[] Find()
    {
        var system = new SystemInflaterProvider();
        return Libdeflate.TryLoad(out var libdeflate) ? [new LibdeflateProvider(libdeflate), system] : [system];
    }
}
