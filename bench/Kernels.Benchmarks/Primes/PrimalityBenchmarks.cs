using ActorCompute.Kernels.Primes;
using BenchmarkDotNet.Attributes;

namespace ActorCompute.Kernels.Benchmarks.Primes;

/// <summary>Primality of single numbers; the figures are for each number.</summary>
public class PrimalityBenchmarks
{
    private const int Numbers = 4096;

    private readonly ulong[] _randomOdd = new ulong[Numbers];
    private ulong[] _largestPrimes = [];

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(64);
        for (var i = 0; i < Numbers; i++)
            _randomOdd[i] = (ulong)random.NextInt64() << 1 | 1;
        _largestPrimes = [.. PrimeSieve.Enumerate(ulong.MaxValue - 200_000, ulong.MaxValue).TakeLast(Numbers)];
    }

    [Benchmark(OperationsPerInvoke = Numbers)]
    public int RandomOdd64() => CountPrimes(_randomOdd);

    [Benchmark(OperationsPerInvoke = Numbers)]
    public int LargestPrimes64() => CountPrimes(_largestPrimes);

    private static int CountPrimes(ulong[] numbers)
    {
        var count = 0;
        foreach (var number in numbers)
            count += Primality.IsPrime(number) ? 1 : 0;
        return count;
    }
}
