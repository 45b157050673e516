namespace ActorCompute.Kernels.Genomics;

/// <summary>The references of a synthetic BAM file: those of a human genome, a 25th as long, but for the small chrM.</summary>
internal static class SyntheticGenome
{
    private const int Scale = 25;

    // Of the human reference genome GRCh38.
    private static readonly (string Name, int Length)[] Human =
    [
        ("chr1", 248956422), ("chr2", 242193529), ("chr3", 198295559), ("chr4", 190214555), ("chr5", 181538259),
        ("chr6", 170805979), ("chr7", 159345973), ("chr8", 145138636), ("chr9", 138394717), ("chr10", 133797422),
        ("chr11", 135086622), ("chr12", 133275309), ("chr13", 114364328), ("chr14", 107043718), ("chr15", 101991189),
        ("chr16", 90338345), ("chr17", 83257441), ("chr18", 80373285), ("chr19", 58617616), ("chr20", 64444167),
        ("chr21", 46709983), ("chr22", 50818468), ("chrX", 156040895), ("chrY", 57227415), ("chrM", 16569),
    ];

    public static IReadOnlyList<ReferenceSequence> References { get; } =
    [
        .. Human.Select((r, id) => new ReferenceSequence(r.Name, r.Name == "chrM" ? r.Length : r.Length / Scale, id)),
    ];

    /// <summary>
    /// How many of the placed reads each reference has: in proportion to its length, chrM as if it were a thousand times as
    /// long, for a cell has many copies of it.
    /// </summary>
    public static long[] Share(long reads)
    {
        var weights = Human.Select(r => r.Name == "chrM" ? 1000L * r.Length : r.Length).ToArray();
        var total = weights.Sum();
        var shares = new long[weights.Length];
        long weight = 0, given = 0;
        for (var i = 0; i < shares.Length; i++)
        {
            weight += weights[i];
            var upToHere = (long)((Int128)reads * weight / total);
            shares[i] = upToHere - given;
            given = upToHere;
        }

        return shares;
    }
}
