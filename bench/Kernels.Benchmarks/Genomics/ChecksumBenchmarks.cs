using ActorCompute.Kernels.Genomics;
using BenchmarkDotNet.Attributes;

namespace ActorCompute.Kernels.Benchmarks.Genomics;

/// <summary>CRC-32 over the content of a block.</summary>
public class ChecksumBenchmarks
{
    private readonly byte[] _content = new byte[65_280];

    [ParamsSource(nameof(Libraries))]
    public string Library { get; set; } = "";

    public static IEnumerable<string> Libraries => ScanBenchmarks.Libraries;

    [GlobalSetup]
    public void Fill() => new Random(1).NextBytes(_content);

    [Benchmark]
    public uint Crc32() => Inflaters.Named(Library).Crc32(_content);
}
