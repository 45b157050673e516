using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

/// <summary>What samtools 1.16 prints for the files of the data folder. None of their reads failed the quality control.</summary>
internal static class RealFlagstat
{
    /// <summary>A file that the tests make: so there is data to run on wherever they run.</summary>
    public const string Made = "made.bam";

    private static readonly Dictionary<string, long[]> Passed = new()
    {
        ["bad_badeof.bam"] = [40, 40, 0, 0, 0, 0, 38, 38, 8, 5, 4, 8, 8, 0, 0, 0],
        ["bad_notargets.bam"] = [40, 40, 0, 0, 0, 0, 0, 0, 8, 5, 4, 0, 0, 0, 0, 0],
        ["bgzf_boundaries1.bam"] = [1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        ["bgzf_boundaries2.bam"] = [1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        ["bgzf_boundaries3.bam"] = [1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        ["cigar_64k.bam"] = [3, 3, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0],
        ["colons.bam"] = [6, 6, 0, 0, 0, 0, 6, 6, 0, 0, 0, 0, 0, 0, 0, 0],
        ["ex1.bam"] = [3270, 3270, 0, 0, 0, 0, 3235, 3235, 3270, 1636, 1634, 3124, 3124, 111, 0, 0],
        ["hg002_chr11.bam"] = [64, 62, 0, 2, 0, 0, 64, 62, 0, 0, 0, 0, 0, 0, 0, 0],
        ["long_contig.bam"] = [1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0],
        ["mpileup1.bam"] = [569, 569, 0, 0, 22, 22, 568, 568, 569, 277, 292, 546, 567, 1, 21, 21],
        ["nanopore.bam"] = [186, 41, 0, 145, 0, 0, 186, 41, 0, 0, 0, 0, 0, 0, 0, 0],
        ["no_hdr_sq_1.bam"] = [6, 5, 0, 1, 0, 0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0],
        ["range.bam"] = [112, 112, 0, 0, 0, 0, 112, 112, 112, 55, 57, 109, 112, 0, 2, 1],
    };

    public static IEnumerable<string> Files => ExpectedCount.SharedFolder is null ? [Made] : [Made, .. Passed.Keys];

    /// <summary>Where a file is and its numbers; null for <see cref="Made"/>.</summary>
    public static (string Path, FlagStatistics Expected)? Of(string file) => Passed.TryGetValue(file, out var n)
        ? (Path.Combine(ExpectedCount.SharedFolder!, file),
            new(new(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], n[11], n[12], n[13], n[14], n[15]), default))
        : null;
}
