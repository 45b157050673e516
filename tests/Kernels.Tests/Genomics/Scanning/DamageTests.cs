using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

/// <summary>
/// Random damage to a file and its index. A count is then right, or flagged as truncated, or a typed error: never a crash,
/// never silently wrong.
/// </summary>
public sealed class DamageTests : TestFolder
{
    private static readonly (string, int)[] References = [("chr1", 400_000), ("chr2", 400_000), ("chr3", 400_000)];

    [Theory]
    [InlineData(1, 65280)]
    [InlineData(2, 2000)]
    [InlineData(3, 200)]
    public void Count_BitsOfTheFileFlipped_IsRightOrFlaggedOrRefused(int seed, int blockSize)
    {
        var (path, truth) = Make(seed, blockSize);
        var random = new Random(seed);
        var sound = File.ReadAllBytes(path);
        for (var round = 0; round < 400; round++)
        {
            var damaged = (byte[])sound.Clone();
            for (var flips = random.Next(1, 4); flips > 0; flips--)
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, damaged);
            Check(path, truth, regions: true);
        }
    }

    [Theory]
    [InlineData(4, 65280)]
    [InlineData(5, 1000)]
    [InlineData(6, 150)]
    public void Count_FileCutAnywhere_IsFlaggedOrRefused(int seed, int blockSize)
    {
        var (path, truth) = Make(seed, blockSize);
        var random = new Random(seed);
        var sound = File.ReadAllBytes(path);
        for (var round = 0; round < 400; round++)
        {
            // The last blocks most of all.
            var length = round % 2 == 0 ? random.Next(sound.Length) : sound.Length - 1 - random.Next(Math.Min(600, sound.Length));
            File.WriteAllBytes(path, sound[..length]);
            Check(path, truth, regions: true);
            try
            {
                using var bam = BamFile.Open(path);
                Assert.True(new BamScanner(bam).CountFile().Truncated);
            }
            catch (GenomicsFileException e)
            {
                Assert.True(e is BgzfException { Error: BgzfError.Truncated } || e is BamException, e.Message);
            }
        }
    }

    [Theory]
    [InlineData(7, 65280)]
    [InlineData(8, 1000)]
    public void Count_BitOfTheIndexFlipped_IsRightOrRefused(int seed, int blockSize)
    {
        var (path, truth) = Make(seed, blockSize);
        var random = new Random(seed);
        var sound = File.ReadAllBytes(path + ".bai");
        for (var round = 0; round < 600; round++)
        {
            var damaged = (byte[])sound.Clone();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path + ".bai", damaged);
            // What the index says of a region cannot be checked: regions may come out wrong, but nothing may break.
            Check(path, truth, regions: false);
        }
    }

    [Fact]
    public void Count_BlocksSwappedOrLost_IsRightOrRefused()
    {
        var (path, truth) = Make(9, 3000);
        var random = new Random(9);
        var sound = File.ReadAllBytes(path);
        var blocks = new List<byte[]>();
        for (var at = 0; at < sound.Length; at += blocks[^1].Length)
            blocks.Add(sound[at..(at + BitConverter.ToUInt16(sound, at + 16) + 1)]);
        for (var round = 0; round < 200; round++)
        {
            var damaged = blocks.ToList();
            var at = random.Next(1, blocks.Count - 1);
            damaged.RemoveAt(at);
            if (round % 2 == 0)
                damaged.Insert(random.Next(1, damaged.Count), blocks[at]);
            File.WriteAllBytes(path, [.. damaged.SelectMany(b => b)]);
            // Each block is sound, so a file without an index to compare with can only be read as it is.
            Check(path, truth, regions: false, wholeFile: false);
        }
    }

    private static void Check(string path, ReferenceBamReader truth, bool regions, bool wholeFile = true)
    {
        foreach (var provider in Inflaters.Available)
        {
            BamFile bam;
            BamIndex index;
            try
            {
                bam = BamFile.Open(path);
            }
            catch (GenomicsFileException)
            {
                continue;
            }

            using var closing = bam;
            CheckFile(new BamScanner(bam, null, provider), truth, wholeFile);
            try
            {
                index = BamIndex.Load(bam);
            }
            catch (GenomicsFileException)
            {
                continue;
            }

            var scanner = new BamScanner(bam, index, provider);
            CheckOne(() => scanner.CountUnplaced(), truth.Count(r => r.ReferenceId < 0), true);
            for (var id = 0; id < bam.Header.References.Count; id++)
            {
                var number = id;
                CheckOne(() => scanner.CountReference(number), truth.Count(r => r.ReferenceId == number), true);
                var region = Region.Of(bam.Header.References[number], 150_000, 250_000);
                CheckOne(() => scanner.CountRegion(region), truth.CountRegion(number, 150_000, 250_000), regions);
            }
        }
    }

    private static void CheckFile(BamScanner scanner, ReferenceBamReader truth, bool compare)
    {
        try
        {
            var file = scanner.CountFile();
            if (compare && !file.Truncated)
                Assert.Equal(truth.Records.Count, file.Count);
            if (compare)
                Assert.InRange(file.Count, 0, truth.Records.Count);
        }
        catch (GenomicsFileException)
        {
        }
    }

    private static void CheckOne(Func<ScanResult> count, long expected, bool compare)
    {
        try
        {
            var result = count();
            if (compare && !result.Truncated)
                Assert.Equal(expected, result.Count);
            if (compare)
                Assert.InRange(result.Count, 0, expected);
        }
        catch (GenomicsFileException)
        {
        }
    }

    private (string Path, ReferenceBamReader Truth) Make(int seed, int blockSize)
    {
        var path = IndexedBam.Write(this, "x.bam", References, IndexedBam.RandomRecords(seed, 300, 3, 400_000), blockSize);
        return (path, ReferenceBamReader.Read(path));
    }
}
