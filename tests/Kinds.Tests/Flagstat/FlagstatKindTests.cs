using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Bam;
using ActorCompute.Kinds.Flagstat;

namespace ActorCompute.Kinds.Tests.Flagstat;

public sealed class FlagstatKindTests : TestFolder
{
    private readonly string _path;
    private readonly SyntheticBamCounts _counts;

    public FlagstatKindTests()
    {
        _path = PathOf("x.bam");
        _counts = SyntheticBam.Write(_path, 5000, seed: 7);
    }

    [Theory]
    [InlineData(true, 26)]
    [InlineData(false, 1)]
    public void Run_OfASoundFile_IsTheRowsOfSamtools(bool withIndex, int tasks)
    {
        if (!withIndex) File.Delete(_path + ".bai");

        var answer = InProcess.Run(BuiltInKinds.Flagstat, ("file", _path));

        Assert.Equal(tasks, answer.Planned);
        Assert.Equal(withIndex ? 0 : 1, answer.Notes.Count);
        Assert.Equal(["category", "passed", "failed"], answer.Schema.Columns.Select(column => column.Name));
        // Names and order as samtools flagstat -O tsv.
        Assert.Equal(
        [
            "total (QC-passed reads + QC-failed reads)", "primary", "secondary", "supplementary", "duplicates", "primary duplicates",
            "mapped", "mapped %", "primary mapped", "primary mapped %", "paired in sequencing", "read1", "read2",
            "properly paired", "properly paired %", "with itself and mate mapped", "singletons", "singletons %",
            "with mate mapped to a different chr", "with mate mapped to a different chr (mapQ>=5)",
        ], answer.Column(0));
        Assert.Equal(5000L, Passed(answer, "total (QC-passed reads + QC-failed reads)"));
        Assert.Equal(Sum(counts => counts.Mapped), Passed(answer, "mapped"));
        Assert.Equal(Sum(counts => counts.Primary), Passed(answer, "primary mapped"));
        Assert.Equal(Sum(counts => counts.Total - counts.NotDuplicate), Passed(answer, "duplicates"));
        Assert.All(answer.Rows, row => Assert.Equal(((string)row.Values[0]!).EndsWith(" %", StringComparison.Ordinal) ? "N/A" : 0L, row.Values[2]));
    }

    [Theory]
    [InlineData(1, 32, "3.12%")] // 3.125: halves go to the even digit
    [InlineData(3, 32, "9.38%")]
    [InlineData(1, 3, "33.33%")]
    [InlineData(0, 7, "0.00%")]
    [InlineData(7, 7, "100.00%")]
    [InlineData(0, 0, "N/A")]
    public void Reduce_Percentages_AreRoundedAsBySamtools(long mapped, long total, string expected)
    {
        var reduction = InProcess.Prepare(BuiltInKinds.Flagstat, ("file", _path)).Reduce();
        var answer = new InProcess.Answer(reduction.Schema, 1);
        var result = FlagstatCountsCodec.Instance.ToBytes(new(new(new FlagCounts() with { Total = total, Mapped = mapped }, default), IsTruncated: false));
        reduction.Add(new(0, BamTaskCodec.Instance.ToBytes(new(BamTargetKind.Unplaced, "*", new(-1, [], PartEnd.Open))), result, null, new("w", "h", 1, 1, TimeSpan.Zero)), answer);
        reduction.Complete(answer);
        Assert.Equal(expected, Passed(answer, "mapped %"));
    }

    [Fact]
    public void Run_APartFails_GivesNoSums()
    {
        var first = true;
        var answer = InProcess.Run(
            BuiltInKinds.Flagstat, task => Interlocked.Exchange(ref first, false) ? BamTaskCodec.Instance.ToBytes(new(BamTargetKind.Reference, "chr1", new(99, [], PartEnd.Open))) : task, ("file", _path));
        Assert.Empty(answer.Rows);
        var note = Assert.Single(answer.Notes);
        Assert.True(note.IsIncomplete);
        Assert.Contains("chr1 was not counted", note.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((int)BamTargetKind.Region)]
    [InlineData(77)]
    public void Execute_PartThatFlagstatHasNot_IsRefused(int number)
    {
        var kind = (BamTargetKind)number;
        var answer = InProcess.Run(BuiltInKinds.Flagstat, task => BamTaskCodec.Instance.ToBytes(BamTaskCodec.Instance.Read(task.Span) with { Kind = kind }), ("file", _path));
        Assert.Empty(answer.Rows);
        Assert.All(answer.Notes, note => Assert.Contains("same release", note.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Prepare_NoFile_IsBadInput() =>
        Assert.Contains("no such file", Assert.Throws<InputException>(() => InProcess.Run(BuiltInKinds.Flagstat, ("file", PathOf("none.bam")))).Message, StringComparison.Ordinal);

    private static object? Passed(InProcess.Answer answer, string category) => answer.Rows.Single(row => (string)row.Values[0]! == category).Values[1];

    private long Sum(Func<SyntheticReferenceCounts, long> count) => _counts.References.Sum(count) + count(_counts.Unplaced);
}
