using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

/// <summary>What mosdepth 0.3.3 measures on the files of the data folder, and on a made one that is always there.</summary>
public sealed class RealDepthTests : TestFolder
{
    private const string Made = "made.bam";

    // File, reference, bases, bases in fast mode, smallest and largest depth. It refuses the two files that are not sound.
    private static readonly (string File, string Reference, long Bases, long FastBases, int Min, int Max)[] Known =
    [
        (Made, "one", 17, 22, 0, 2),
        ("bgzf_boundaries1.bam", "CHROMOSOME_I", 100, 101, 0, 1),
        ("bgzf_boundaries2.bam", "CHROMOSOME_I", 100, 101, 0, 1),
        ("bgzf_boundaries3.bam", "CHROMOSOME_I", 100, 101, 0, 1),
        ("cigar_64k.bam", "1", 135525, 146440, 0, 1),
        ("cigar_64k.bam", "13", 445621, 497223, 0, 1),
        ("cigar_64k.bam", "18", 145428, 159025, 0, 1),
        ("colons.bam", "chr1", 20, 20, 0, 1),
        ("colons.bam", "chr1:100", 10, 10, 0, 1),
        ("colons.bam", "chr1:100-200", 10, 10, 0, 1),
        ("colons.bam", "chr2:100-200", 10, 10, 0, 1),
        ("colons.bam", "chr1,chr3", 10, 10, 0, 1),
        ("ex1.bam", "chr1", 50883, 50899, 0, 63),
        ("ex1.bam", "chr2", 63015, 63017, 0, 64),
        ("hg002_chr11.bam", "chr11", 982731, 985575, 0, 29),
        ("long_contig.bam", "ref", 15, 16, 0, 1),
        ("mpileup1.bam", "17", 54179, 54343, 0, 25),
        ("nanopore.bam", "LXWQ01001294.1", 194207, 207828, 31, 131),
        ("no_hdr_sq_1.bam", "CHROMOSOME_I", 600, 100605, 0, 6),
        ("range.bam", "CHROMOSOME_I", 1728, 1730, 0, 4),
        ("range.bam", "CHROMOSOME_II", 3400, 3400, 0, 5),
        ("range.bam", "CHROMOSOME_III", 4099, 4099, 0, 6),
        ("range.bam", "CHROMOSOME_IV", 1900, 1900, 0, 3),
    ];

    public static TheoryData<string, string, long, long, int, int> Rows
    {
        get
        {
            var data = new TheoryData<string, string, long, long, int, int>();
            foreach (var row in Known.Where(row => row.File == Made || ExpectedCount.SharedFolder is not null))
                data.Add(row.File, row.Reference, row.Bases, row.FastBases, row.Min, row.Max);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Measure_AFile_IsThatOfMosdepth(string file, string name, long bases, long fastBases, int min, int max)
    {
        var path = file == Made ? Make() : Path.Combine(ExpectedCount.SharedFolder!, file);
        using var bam = BamFile.Open(path);
        var scanner = new DepthScanner(bam, BamIndex.Load(bam));
        Assert.True(bam.Header.TryFind(name, out var reference));
        Assert.Equal((bases, min, max), Measure(scanner, reference, new()));
        Assert.Equal(fastBases, Measure(scanner, reference, new(FastMode: true)).Bases);
    }

    private static (long Bases, int Min, int Max) Measure(DepthScanner scanner, ReferenceSequence reference, DepthOptions options)
    {
        var (bases, min, max) = (0L, int.MaxValue, 0);
        for (var begin = 0L; begin < reference.Length; begin += DepthScanner.LongestStretch)
        {
            using var stretch = scanner.Measure(reference.Id, begin, Math.Min(begin + DepthScanner.LongestStretch, reference.Length), options);
            if (!stretch.Depths.ContainsAnyExcept(0))
            {
                min = 0; // most of a genome, and quickly seen
                continue;
            }

            bases += stretch.Sum(begin, reference.Length);
            foreach (var depth in stretch.Depths)
                (min, max) = (Math.Min(min, depth), Math.Max(max, depth));
        }

        return (bases, min, max);
    }

    private string Make() => IndexedBam.Write(this, Made, [("one", 30)],
    [
        new(0, 0, "3M2D3M"),
        new(0, 10, "6M", 99, 60, "pair") { MateReferenceId = 0, MatePosition = 14 },
        new(0, 14, "3M1D1M", 147, 60, "pair") { MateReferenceId = 0, MatePosition = 10 },
        new(0, 20, "2M", 99, 60, "lonely") { MateReferenceId = 0, MatePosition = 21 },
        new(0, 21, "1M") { Bases = 1 },
    ]);
}
