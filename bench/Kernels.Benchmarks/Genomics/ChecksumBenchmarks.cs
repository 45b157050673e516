using ActorCompute.Kernels.Genomics;
using BenchmarkDotNet.Attributes;

namespace ActorCompute.Kernels.Benchmarks.Genomics;

/// <summary>CRC-32 over the content of a block, and over a few bytes: by each library, and by the package of the framework's makers.</summary>
public class ChecksumBenchmarks
{
    private byte[] _content = [];

    [ParamsSource(nameof(Libraries))]
    public string Library { get; set; } = "";

    [Params(64, 65_536)]
    public int Bytes { get; set; }

    public static IEnumerable<string> Libraries => [.. ScanBenchmarks.Libraries, "System.IO.Hashing"];

    [GlobalSetup]
    public void Fill()
    {
        _content = new byte[Bytes];
        new Random(1).NextBytes(_content);
    }

    [Benchmark]
    public uint Crc32() => Library == "System.IO.Hashing" ? System.IO.Hashing.Crc32.HashToUInt32(_content) : Inflaters.Named(Library).Crc32(_content);
}
