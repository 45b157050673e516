namespace ActorCompute.Kernels.Genomics;

/// <summary>The references of a synthetic BAM file.</summary>
internal sealed class SyntheticGenome
{
    private const int Scale = 25;

    // Of the human reference genome GRCh38.
    private static readonly (string Name, int Length)[] Chromosomes =
    [
        ("chr1", 248956422), ("chr2", 242193529), ("chr3", 198295559), ("chr4", 190214555), ("chr5", 181538259),
        ("chr6", 170805979), ("chr7", 159345973), ("chr8", 145138636), ("chr9", 138394717), ("chr10", 133797422),
        ("chr11", 135086622), ("chr12", 133275309), ("chr13", 114364328), ("chr14", 107043718), ("chr15", 101991189),
        ("chr16", 90338345), ("chr17", 83257441), ("chr18", 80373285), ("chr19", 58617616), ("chr20", 64444167),
        ("chr21", 46709983), ("chr22", 50818468), ("chrX", 156040895), ("chrY", 57227415), ("chrM", 16569),
    ];

    private readonly long[] _weights;

    private SyntheticGenome(IEnumerable<(string Name, int Length, long Weight)> references)
    {
        var all = references.ToList();
        References = [.. all.Select((r, id) => new ReferenceSequence(r.Name, r.Length, id))];
        _weights = [.. all.Select(r => r.Weight)];
    }

    /// <summary>
    /// Those of a human genome, a 25th as long, but for the small chrM. Each has reads in proportion to its length, chrM as
    /// if it were a thousand times as long, for a cell has many copies of it.
    /// </summary>
    public static SyntheticGenome Human { get; } =
        new(Chromosomes.Select(r => r.Name == "chrM" ? (r.Name, r.Length, 1000L * r.Length) : (r.Name, r.Length / Scale, r.Length)));

    /// <summary>One reference for all reads, as long as the 25 together.</summary>
    public static SyntheticGenome OneReference { get; } = new([("chr1", (int)Human.References.Sum(r => (long)r.Length), 1)]);

    public IReadOnlyList<ReferenceSequence> References { get; }

    /// <summary>How many of the placed reads each reference has.</summary>
    public long[] Share(long reads)
    {
        var total = _weights.Sum();
        var shares = new long[_weights.Length];
        long weight = 0, given = 0;
        for (var i = 0; i < shares.Length; i++)
        {
            weight += _weights[i];
            var upToHere = (long)((Int128)reads * weight / total);
            shares[i] = upToHere - given;
            given = upToHere;
        }

        return shares;
    }
}
