using ActorCompute.Kernels.Primes;
using BenchmarkDotNet.Attributes;

namespace ActorCompute.Kernels.Benchmarks.Primes;

/// <summary>Counting the primes of an interval.</summary>
public class SieveBenchmarks
{
    /// <summary>π(10^8): small primes alone.</summary>
    [Benchmark]
    public ulong CountUpTo1e8() => PrimeSieve.Count(1, 100_000_000);

    /// <summary>10^8 numbers that take the sieving primes up to 3.2 · 10^7.</summary>
    [Benchmark]
    public ulong CountFrom1e15() => PrimeSieve.Count(1_000_000_000_000_000, 1_000_000_100_000_000);
}
