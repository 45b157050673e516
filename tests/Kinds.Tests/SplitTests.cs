using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Depth;
using ActorCompute.Kinds.Primes;
using ActorCompute.Kinds.Scan;

namespace ActorCompute.Kinds.Tests;

/// <summary>Wherever its tasks are split, a job has the same answer as when they are not.</summary>
public sealed class SplitTests : TestFolder
{
    private readonly string _path;
    private readonly SyntheticBamCounts _counts;

    public SplitTests()
    {
        _path = PathOf("x.bam");
        _counts = SyntheticBam.WriteOneReference(_path, 20_000, seed: 7);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Scan_SplitAnywhere_IsTheSameRows(int seed)
    {
        var whole = InProcess.Run(BuiltInKinds.Scan, ("file", _path), ("min-mapq", "30"));
        var runs = new SplitRuns(Scan(), seed);

        var answer = runs.Run(("file", _path), ("min-mapq", "30"));

        Assert.True(runs.Pieces > 10, $"only {runs.Pieces} pieces");
        Assert.Equal(whole.Column(2), answer.Column(2));
        Assert.Empty(answer.Notes);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Scan_RegionsSplitAnywhere_AreTheSameRows(int seed)
    {
        var name = _counts.Header[0].Name;
        (string, string)[] parameters = [("file", _path), ("region", name), ("region", $"{name}:1,000,000-2,000,000"), ("region", $"{name}:500,000-"), ("region", "*")];
        var runs = new SplitRuns(Scan(), seed);

        var answer = runs.Run(parameters);

        Assert.True(runs.Pieces > 10, $"only {runs.Pieces} pieces");
        Assert.Equal(InProcess.Run(BuiltInKinds.Scan, parameters).Column(2), answer.Column(2));
    }

    [Fact]
    public void Scan_WholeFile_IsNotSplit()
    {
        var runs = new SplitRuns(Scan(), 1);
        var answer = runs.Run(("file", _path), ("no-index", "true"));
        Assert.Equal((1, _counts.Total), (runs.Pieces, answer.Rows.Sum(row => (long)row.Values[2]!)));
    }

    [Fact]
    public void Scan_TooLittleLeft_IsReadToTheEnd()
    {
        var runs = new SplitRuns(new ScanKind { PartSizeAt = _ => long.MaxValue }, 1);
        Assert.Equal(_counts.Total, runs.Run(("file", _path)).Rows.Sum(row => (long)row.Values[2]!));
        Assert.Equal(0, runs.MostGivenBack);
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(3, "50000")]
    [InlineData(4, "123457")]
    [InlineData(5, "5000000")]
    [InlineData(6, "bed")]
    public void Depth_SplitAnywhere_IsTheSameRows(int seed, string by)
    {
        var random = new Random(seed);
        // Regions that overlap, dozens of them for each stretch.
        var begins = Enumerable.Range(0, 300).Select(_ => random.NextInt64(_counts.Header[0].Length));
        var bed = Write("x.bed", string.Concat(begins.Select(begin => $"{_counts.Header[0].Name}\t{begin}\t{begin + random.Next(3_000_000)}\n")));
        (string, string)[] parameters = [("file", _path), .. by.Length == 0 ? Array.Empty<(string, string)>() : [("by", by == "bed" ? bed : by)]];
        var runs = new SplitRuns(new DepthKind { MinPieceBases = 200_000 }, seed);

        var answer = runs.Run(parameters);

        var whole = InProcess.Run(BuiltInKinds.Depth, parameters);
        Assert.True(runs.Pieces > whole.Tasks + 10, $"only {runs.Pieces} pieces of {whole.Tasks} tasks");
        Assert.Equal(whole.Rows.Select(row => string.Join('\t', row.Values)), answer.Rows.Select(row => string.Join('\t', row.Values)));
        // The index says how many reads there are: as many were met.
        Assert.Empty(answer.Notes);
    }

    [Fact]
    public void Depth_TooLittleLeft_IsMeasuredToTheEnd()
    {
        var runs = new SplitRuns(new DepthKind { MinPieceBases = DepthScanner.LongestStretch }, 1);
        var answer = runs.Run(("file", _path));
        Assert.Equal(0, runs.MostGivenBack);
        Assert.Equal(InProcess.Run(BuiltInKinds.Depth, ("file", _path)).Column(2), answer.Column(2));
    }

    [Fact]
    public void PrimesCount_SplitAnywhere_IsTheKnownAnswer()
    {
        // In pieces of the usual length each is too short to be split.
        var runs = new SplitRuns(new PrimesCountKind { PieceLengthOf = _ => 1_000_000_000 }, 3);
        Assert.Equal([11_078_937UL], runs.Run(("from", "0"), ("to", "2e8")).Column(0));
        Assert.True(runs.Pieces > 2, $"only {runs.Pieces} pieces");
    }

    private static ScanKind Scan() => new() { PartSizeAt = _ => long.MaxValue, MinPieceBytes = 1 };
}
