namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// The bins of an index (SAM specification, section 5.3): level 0 is one bin for the whole reference; each bin has eight
/// children of an eighth of its length; the smallest are 2^<see cref="MinShift"/> bases long.
/// </summary>
/// <remarks><code>
/// level 0                 0                    2^(MinShift + 3 Depth) bases
/// level 1     1     2     3   …   8
/// level 2   9…16 17…24 …                       first bin of level l: (8^l - 1) / 7
/// </code></remarks>
/// <param name="MinShift">14 in BAI.</param>
/// <param name="Depth">The number of the last level; 5 in BAI.</param>
public readonly record struct Binning(int MinShift, int Depth)
{
    /// <summary>The largest depth accepted: its bin numbers just fit into 32 bits.</summary>
    public const int MaxDepth = 10;

    /// <summary>That of every BAI index: references up to 2^29 bases.</summary>
    public static Binning Bai { get; } = new(14, 5);

    // Positions and sizes of bins are computed in 64 bits with a sign.
    private const int MaxBits = 62;

    /// <summary>Whether an index can have these: <c>samtools index -c -m</c> takes any size of the smallest bins.</summary>
    public static bool CanBe(int minShift, int depth) => depth is >= 0 and <= MaxDepth && minShift >= 1 && minShift <= MaxBits - 3 * depth;

    /// <summary>How many bins there can be; their numbers are below it.</summary>
    public uint BinCount => FirstBin(Depth + 1);

    /// <summary>The pseudo-bin that holds a reference's counts instead of chunks.</summary>
    public uint MetadataBin => BinCount + 1;

    /// <summary>Positions below this, from 0, can be indexed.</summary>
    public long MaxPosition => 1L << MinShift + 3 * Depth;

    /// <summary>The first bin of a level.</summary>
    public static uint FirstBin(int level) => (uint)(((1UL << 3 * level) - 1) / 7);

    /// <summary>The level's bin size, as a power of two.</summary>
    public int Shift(int level) => MinShift + 3 * (Depth - level);

    /// <summary>
    /// Where programs put records that have a reference but no position (pos -1): by the rule for bins
    /// that is the last bin of the level above the smallest.
    /// </summary>
    public uint BinWithoutPosition => FirstBin(Depth) - 1;

    /// <summary>The level that a bin is of.</summary>
    public int LevelOf(uint bin)
    {
        var level = 0;
        while (level < Depth && bin >= FirstBin(level + 1))
            level++;
        return level;
    }

    /// <summary>The first base of a bin, from 0.</summary>
    public long BeginOf(uint bin)
    {
        var level = LevelOf(bin);
        return (long)(bin - FirstBin(level)) << Shift(level);
    }

    /// <summary>The base behind a bin's last one.</summary>
    public long EndOf(uint bin) => BeginOf(bin) + (1L << Shift(LevelOf(bin)));

    /// <summary>The smallest bin that holds all of [begin, end), positions from 0.</summary>
    public uint BinOf(long begin, long end)
    {
        var last = Math.Max(begin, end - 1);
        for (var level = Depth; level > 0; level--)
        {
            if (begin >> Shift(level) == last >> Shift(level))
                return FirstBin(level) + (uint)(begin >> Shift(level));
        }

        return 0;
    }
}
