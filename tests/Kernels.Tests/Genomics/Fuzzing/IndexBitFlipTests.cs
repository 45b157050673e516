using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

/// <summary>
/// An index has no checksum. Each of its bits is flipped in turn: what is counted and measured with it is right, or an error
/// says that it is not to be trusted.
/// </summary>
public sealed class IndexBitFlipTests : TestFolder
{
    private const int Length = 200_000;
    private const int Stretch = 50_000;

    private static readonly (string, int)[] References = [("chr1", Length), ("none", 1000), ("chr2", Length)];

    private static readonly (long Begin, long End)[] Regions = [(0, 1), (0, 20_000), (30_000, 30_500), (16_384, 32_768), (65_536, 131_072), (150_000, Length), (199_000, Length)];

    [Theory]
    [InlineData(false, 400)]
    [InlineData(true, 400)]
    public void FlippedBit_CountsDepthsAndRegions_AreRightOrAnError(bool csi, int blockSize)
    {
        var records = IndexedBam.RandomRecords(11, 14, 2, Length - 1000).Select(record => record with
        {
            ReferenceId = record.ReferenceId == 1 ? 2 : record.ReferenceId,
            Position = record.ReferenceId < 0 ? -1 : Math.Max(0, record.Position),
        }).ToArray();
        var path = IndexedBam.Write(this, "x.bam", References, records, blockSize, csi: csi);
        var indexPath = path + (csi ? ".csi" : ".bai");
        var index = File.ReadAllBytes(indexPath);
        using var bam = BamFile.Open(path);
        var right = Answers(bam, null);
        Assert.All(right, answer => Assert.NotNull(answer));

        var wrong = new List<string>();
        for (var bit = 0; bit < index.Length * 8; bit++)
        {
            index[bit / 8] ^= (byte)(1 << bit % 8);
            File.WriteAllBytes(indexPath, index);
            index[bit / 8] ^= (byte)(1 << bit % 8);
            var answers = Answers(bam, indexPath);
            wrong.AddRange(answers.Index().Where(pair => pair.Item is not null && pair.Item != right[pair.Index]).Select(pair => $"bit {bit} (byte {bit / 8}): answer {pair.Index} is {pair.Item}, not {right[pair.Index]}"));
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {index.Length * 8 * right.Count}:\n{string.Join('\n', wrong.Take(60))}");
    }

    /// <summary>An index of more bins than are looked at when it is loaded: a region's reads in a bin of another number are not missed.</summary>
    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    public void FlippedBinNumber_OfManyBins_RegionsAreRightOrAnError(bool csi, int seed)
    {
        const int Far = 4_000_000;
        var records = IndexedBam.RandomRecords(seed, 60, 1, Far - 1000).Where(record => record.ReferenceId >= 0).Select(record => record with { Position = Math.Max(0, record.Position) }).ToArray();
        var path = IndexedBam.Write(this, "x.bam", [("chr1", Far)], records, blockSize: 300, csi: csi);
        var indexPath = path + (csi ? ".csi" : ".bai");
        var index = File.ReadAllBytes(indexPath);
        var numbers = BinNumbersOf(index, csi);
        Assert.InRange(numbers.Count, 30, 200);
        using var bam = BamFile.Open(path);
        var regions = records.Select(record => Region.Of(bam.Header.References[0], record.Position + 1, record.Position + 1)).Distinct().ToList();
        var right = RegionCounts(bam, indexPath, regions);

        var wrong = new List<string>();
        // Above these bits no bin exists.
        foreach (var bit in numbers.SelectMany(at => Enumerable.Range(at * 8, 16)))
        {
            index[bit / 8] ^= (byte)(1 << bit % 8);
            File.WriteAllBytes(indexPath, index);
            index[bit / 8] ^= (byte)(1 << bit % 8);
            var counts = RegionCounts(bam, indexPath, regions);
            wrong.AddRange(counts.Index().Where(pair => pair.Item is not null && pair.Item != right[pair.Index]).Select(pair => $"bit {bit}: {regions[pair.Index]} is {pair.Item}, not {right[pair.Index]}"));
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count}:\n{string.Join('\n', wrong.Take(60))}");
    }

    // Where the numbers of the bins stand in the index of one reference, but for that of its counts.
    private static List<int> BinNumbersOf(byte[] index, bool csi)
    {
        var at = csi ? 16 + BitConverter.ToInt32(index, 12) + 4 : 8;
        var places = new List<int>();
        var count = BitConverter.ToInt32(index, at);
        at += 4;
        for (var i = 0; i < count; i++)
        {
            if (BitConverter.ToInt32(index, at) != 37450) places.Add(at);
            var chunks = at + (csi ? 12 : 4);
            at = chunks + 4 + (16 * BitConverter.ToInt32(index, chunks));
        }

        return places;
    }

    private static List<string?> RegionCounts(BamFile bam, string path, List<Region> regions)
    {
        BamIndex index;
        try
        {
            index = BamIndex.Load(bam, path);
            index.CheckFits(bam);
        }
        catch (GenomicsFileException)
        {
            return [.. regions.Select(_ => (string?)null)];
        }

        var scanner = new BamScanner(bam, index);
        return [.. regions.Select(region => Try(() => scanner.CountRegion(region).Count))];
    }

    // Null is an error. Null as path: the index as it was made.
    private static List<string?> Answers(BamFile bam, string? path)
    {
        BamIndex index;
        try
        {
            index = BamIndex.Load(bam, path);
            index.CheckFits(bam);
        }
        catch (GenomicsFileException)
        {
            return [.. Enumerable.Repeat<string?>(null, 5 + (2 * Regions.Length))];
        }

        var scanner = new BamScanner(bam, index);
        return
        [
            Try(() => scanner.CountReference(0).Count),
            Try(() => scanner.CountReference(2).Count),
            Try(() => scanner.CountUnplaced().Count),
            Try(() => Depth(bam, index, 0)),
            Try(() => Depth(bam, index, 2)),
            .. new[] { 0, 2 }.SelectMany(id => Regions.Select(region =>
                Try(() => scanner.CountRegion(Region.Of(bam.Header.References[id], region.Begin + 1, region.End)).Count))),
        ];
    }

    // As the kind puts it together: the records that start in the stretches are as many as the index has.
    private static string Depth(BamFile bam, BamIndex index, int id)
    {
        var scanner = new DepthScanner(bam, index);
        var (bases, starts) = (0L, 0L);
        for (var begin = 0L; begin < Length; begin += Stretch)
        {
            using var stretch = scanner.Measure(id, begin, begin + Stretch, new());
            bases += stretch.Sum(0, Length);
            starts += stretch.Starts;
        }

        return index.CountsOf(id) is { } counts && counts.Total != starts ? throw new InvalidDataException() : $"{bases}";
    }

    private static string? Try<T>(Func<T> work)
    {
        try
        {
            return $"{work()}";
        }
        catch (Exception e) when (e is GenomicsFileException or InvalidDataException)
        {
            return null;
        }
    }
}
