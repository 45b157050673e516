using ActorCompute.Kinds.Flagstat;
using ActorCompute.Kinds.Primes;
using ActorCompute.Kinds.Scan;

namespace ActorCompute.Kinds;

/// <summary>The job kinds that come with ActorCompute, the same on client and worker.</summary>
public static class BuiltInKinds
{
    public static ScanKind Scan { get; } = new();

    public static FlagstatKind Flagstat { get; } = new();

    public static PrimesTestKind PrimesTest { get; } = new();

    public static PrimesCountKind PrimesCount { get; } = new();

    public static PrimesListKind PrimesList { get; } = new();

    public static IReadOnlyList<IJobKind> All { get; } = [Scan, Flagstat, PrimesTest, PrimesCount, PrimesList];
}
