using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Bam;
using ActorCompute.Kinds.Flagstat;
using ActorCompute.Kinds.Scan;

namespace ActorCompute.Kinds.Tests.Bam;

/// <summary>References that are cut into many parts give the same answer as whole ones.</summary>
public sealed class BamPartsTests : TestFolder
{
    private readonly string _path;
    private readonly SyntheticBamCounts _counts;

    public BamPartsTests()
    {
        _path = PathOf("x.bam");
        _counts = SyntheticBam.Write(_path, 5000, seed: 7);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3000)]
    [InlineData(20_000)]
    [InlineData(int.MaxValue)]
    public void Scan_PartsOfAnySize_IsTheSameRows(int size)
    {
        var whole = InProcess.Run(BuiltInKinds.Scan, ("file", _path));
        var answer = InProcess.Run(new ScanKind { PartSizeAt = _ => size }, ("file", _path));
        if (size <= 3000) Assert.InRange(answer.Planned!.Value, 27, 10_000);
        else if (size == int.MaxValue) Assert.Equal(whole.Planned, answer.Planned);
        Assert.Equal(answer.Planned, answer.Tasks);
        Assert.Equal(whole.Rows.Select(row => (row.Values[0], row.Values[1], row.Values[2])), answer.Rows.Select(row => (row.Values[0], row.Values[1], row.Values[2])));
        Assert.Equal(_counts.Total, answer.Rows.Sum(row => (long)row.Values[2]!));
        Assert.Empty(answer.Notes);
        // The time is that of all parts together.
        Assert.Equal(0.25 * answer.Tasks, answer.Rows.Sum(row => (double)row.Values[3]!), 6);
    }

    [Fact]
    public void Scan_PartsOfFilteredRegions_AreTheSameRows()
    {
        (string, string)[] parameters = [("file", _path), ("region", "chr1"), ("region", "chr1:1,000,000-"), ("region", "chr1"), ("region", "*"), ("min-mapq", "30")];
        var whole = InProcess.Run(BuiltInKinds.Scan, parameters);
        var answer = InProcess.Run(new ScanKind { PartSizeAt = _ => 2000 }, parameters);
        Assert.True(answer.Planned > whole.Planned);
        Assert.Equal(whole.Column(2), answer.Column(2));
    }

    [Fact]
    public void Flagstat_ManyParts_IsTheSameRows()
    {
        var whole = InProcess.Run(BuiltInKinds.Flagstat, ("file", _path));
        var answer = InProcess.Run(new FlagstatKind { PartSizeAt = _ => 2000 }, ("file", _path));
        Assert.True(answer.Planned > whole.Planned);
        Assert.Equal(whole.Column(1), answer.Column(1));
    }

    [Fact]
    public void Scan_OnePartDamaged_ItsReferenceFailsWithOneNote()
    {
        var bytes = File.ReadAllBytes(_path);
        using (var file = BamFile.Open(_path))
        {
            var range = BamIndex.Load(file).RangeOf(0)!.Value;
            foreach (var at in new[] { 0.3, 0.7 }) bytes[(int)(range.Begin.BlockOffset + (at * (range.End.BlockOffset - range.Begin.BlockOffset)))] ^= 0x10;
        }

        File.WriteAllBytes(_path, bytes);
        File.SetLastWriteTimeUtc(_path + ".bai", File.GetLastWriteTimeUtc(_path).AddSeconds(1));
        var answer = InProcess.Run(new ScanKind { PartSizeAt = _ => 3000 }, ("file", _path));
        Assert.StartsWith("chr1 was not counted: ", Assert.Single(answer.Notes).Text, StringComparison.Ordinal);
        Assert.Equal(_counts.Header.Skip(1).Select(reference => reference.Name).Append("*"), answer.Column(0));
    }

    [Fact]
    public void Plan_AnyFile_PartsGetSmallerTowardsTheEnd()
    {
        Assert.Equal(6 << 20, PartSizes.At(long.MaxValue));
        Assert.Equal(1 << 20, PartSizes.At(0));
        Assert.Equal(1 << 20, PartSizes.At(-5));
        for (var left = 1L << 20; left < 1L << 32; left *= 2) Assert.InRange(PartSizes.At(left), PartSizes.At(left / 2), Math.Max(1 << 20, left / 32));
    }
}
