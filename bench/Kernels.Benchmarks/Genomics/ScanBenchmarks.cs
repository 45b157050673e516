using ActorCompute.Kernels.Genomics;
using BenchmarkDotNet.Attributes;

namespace ActorCompute.Kernels.Benchmarks.Genomics;

/// <summary>
/// A whole file on one thread, with each library, beside the library alone: every block inflated and its CRC-32 compared,
/// from memory and with nothing done with the content. What a scan takes longer is its own.
/// </summary>
public class ScanBenchmarks
{
    private BamFileToScan _made = null!;
    private BamFile _file = null!;
    private BamIndex _index = null!;
    private InflaterProvider _library = null!;
    private byte[] _bytes = [];

    [ParamsSource(nameof(Libraries))]
    public string Library { get; set; } = "";

    public static IEnumerable<string> Libraries => Inflaters.Available.Select(library => library.Name);

    [GlobalSetup]
    public void Open()
    {
        _made = new();
        _file = BamFile.Open(_made.Path);
        _index = BamIndex.Load(_file);
        _library = Inflaters.Named(Library);
        _bytes = File.ReadAllBytes(_made.Path);
    }

    [GlobalCleanup]
    public void Close()
    {
        _file.Dispose();
        _made.Dispose();
    }

    [Benchmark(Baseline = true)]
    public long LibraryAlone()
    {
        using var inflater = _library.CreateInflater();
        var content = new byte[BgzfBlockHeader.MaxInflatedSize];
        var total = 0L;
        for (var at = 0; at < _bytes.Length;)
        {
            var block = _bytes.AsSpan(at);
            if (BgzfBlockHeader.Parse(block, out var header) != BgzfHeaderStatus.Ok) throw new InvalidDataException();
            var member = header.MemberOf(block);
            var size = (int)member.InflatedSize;
            if (inflater.Inflate(member, content.AsSpan(0, size)) != InflateOutcome.Ok) throw new InvalidDataException();
            total += size;
            at += header.BlockSize;
        }

        return total;
    }

    [Benchmark]
    public long Scan() => new BamScanner(_file, null, _library).CountFile().Count;

    [Benchmark]
    public long ScanFiltered() => new BamScanner(_file, null, _library).CountFile(new(0, 0x904, 30)).Count;

    [Benchmark]
    public long Flagstat() => new FlagstatScanner(_file, null, _library).CountFile().Statistics.Passed.Total;

    [Benchmark]
    public long Depth()
    {
        var scanner = new DepthScanner(_file, _index, _library);
        var sum = 0L;
        foreach (var reference in _file.Header.References)
        {
            for (var begin = 0L; begin < reference.Length; begin += DepthScanner.LongestStretch)
            {
                using var stretch = scanner.Measure(reference.Id, begin, Math.Min(begin + DepthScanner.LongestStretch, reference.Length), new());
                sum += stretch.Sum(begin, reference.Length);
            }
        }

        return sum;
    }
}
