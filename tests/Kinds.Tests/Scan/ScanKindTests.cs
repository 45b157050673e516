using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Tests.Scan;

/// <summary>Scans of sound files, against the counts that were taken while they were written.</summary>
public sealed class ScanKindTests : TestFolder
{
    private readonly string _path;
    private readonly SyntheticBamCounts _counts;

    public ScanKindTests()
    {
        _path = PathOf("x.bam");
        _counts = SyntheticBam.Write(_path, 5000, seed: 7);
    }

    [Fact]
    public void Run_WithIndex_IsATaskAndARowForEachReference()
    {
        var answer = InProcess.Run(BuiltInKinds.Scan, ("file", _path));

        Assert.Equal(26, answer.Planned);
        Assert.Equal(Rows(counts => counts.Total), ReadsOf(answer));
        Assert.Empty(answer.Notes);
        Assert.Equal(["reference", "length", "reads", "seconds", "worker"], answer.Schema.Columns.Select(column => column.Name));
        Assert.Equal(_counts.Header[0].Length, Convert.ToInt64(answer.Rows[0].Values[1], null));
        Assert.Matches(@"^chr1: [\d,]+ reads in 0\.25 s, worker w$", answer.Rows[0].Line!);
    }

    [Fact]
    public void Run_WithoutIndex_IsOneTaskWithTheSameRowsAndANote()
    {
        File.Delete(_path + ".bai");

        var answer = InProcess.Run(BuiltInKinds.Scan, ("file", _path));

        Assert.Equal(1, answer.Planned);
        Assert.Equal(Rows(counts => counts.Total), ReadsOf(answer));
        var note = Assert.Single(answer.Notes);
        Assert.Contains("no index", note.Text, StringComparison.Ordinal);
        Assert.False(note.IsIncomplete);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_Filters_AreThoseOfSamtools(bool withIndex)
    {
        if (!withIndex) File.Delete(_path + ".bai");
        Assert.Equal(Rows(counts => counts.Primary), ReadsOf(InProcess.Run(BuiltInKinds.Scan, ("file", _path), ("exclude-flags", "0x904"))));
        Assert.Equal(Rows(counts => counts.Primary), ReadsOf(InProcess.Run(BuiltInKinds.Scan, ("file", _path), ("exclude-flags", "UNMAP,SECONDARY,SUPPLEMENTARY"))));
        Assert.Equal(Rows(counts => counts.Quality30), ReadsOf(InProcess.Run(BuiltInKinds.Scan, ("file", _path), ("min-mapq", "30"))));
        Assert.Equal(Rows(counts => counts.Total - counts.NotDuplicate), ReadsOf(InProcess.Run(BuiltInKinds.Scan, ("file", _path), ("require-flags", "DUP"))));
    }

    [Fact]
    public void Run_Regions_AreCountedEachByItself()
    {
        var half = _counts.Header[1].Length / 2;
        var answer = InProcess.Run(
            BuiltInKinds.Scan, ("file", _path), ("region", "chr2"), ("region", $"chr2:1-{half:N0}"), ("region", $"chr2:{half + 1}-"), ("region", "*"), ("region", "chr2:1-999999999"));

        var reads = ReadsOf(answer).Select(row => row.Reads).ToList();
        Assert.Equal(["chr2", $"chr2:1-{half:N0}", $"chr2:{half + 1}-", "*", "chr2:1-999999999"], answer.Column(0));
        Assert.Equal(_counts.References[1].Total, reads[0]);
        // A read that lies across the border is in both halves.
        Assert.InRange(reads[1] + reads[2] - reads[0], 0, 10);
        Assert.Equal((_counts.Unplaced.Total, reads[0]), (reads[3], reads[4]));
        Assert.Equal([_counts.Header[1].Length, half, _counts.Header[1].Length - half, 0L, _counts.Header[1].Length], answer.Column(1).Select(value => Convert.ToInt64(value, null)));
    }

    [Fact]
    public void Plan_RegionsWithoutIndex_IsBadInput()
    {
        File.Delete(_path + ".bai");
        Assert.Contains("samtools index", Refused(("file", _path), ("region", "chr2")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chr99", "no reference 'chr99'")]
    [InlineData("chr2:10-5", "10 comes after 5")]
    [InlineData("chr2:x", "chr2:x")]
    [InlineData("", "x.bam")]
    public void Plan_WrongRegion_IsBadInputThatNamesTheFile(string region, string says)
    {
        var message = Refused(("file", _path), ("region", region));
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.StartsWith(_path, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("min-mapq", "256")]
    [InlineData("min-mapq", "-1")]
    [InlineData("min-mapq", "high")]
    [InlineData("exclude-flags", "NOSUCHFLAG")]
    [InlineData("require-flags", "65536")]
    public void Prepare_WrongFilter_IsBadInput(string name, string value) => Refused(("file", _path), (name, value));

    [Fact]
    public void Prepare_NoFile_IsBadInput()
    {
        Assert.Contains("file is missing", Refused(), StringComparison.Ordinal);
        Assert.Contains("no such file", Refused(("file", PathOf("none.bam"))), StringComparison.Ordinal);
        Assert.Contains("folder", Refused(("file", Folder)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("just text, no BAM file")]
    public void Plan_NoBam_IsBadInputThatNamesTheFile(string text) =>
        Assert.Contains("text.bam", Refused(("file", Write("text.bam", text))), StringComparison.Ordinal);

    [Fact]
    public void Open_OtherFileUnderThePathOfTheClient_IsBadInput()
    {
        IJobKind kind = BuiltInKinds.Scan;
        var job = InProcess.Prepare(kind, ("file", _path));
        SyntheticBam.Write(_path, 6000);
        Assert.Contains("same file", Assert.Throws<InputException>(() => kind.Open(job.Parameters)).Message, StringComparison.Ordinal);
    }

    public static TheoryData<byte[]> TasksThatCannotBe()
    {
        BamTask[] tasks =
        [
            new(BamTargetKind.Reference, "x", Of(25)),
            new(BamTargetKind.Reference, "x", Of(-1)),
            new(BamTargetKind.Region, "x", Of(-7), 1, 2),
            new(BamTargetKind.Region, "x", Of(0), -5, -9),
            new(BamTargetKind.Reference, "x", Of(0, new VirtualRange(new(5 << 16), new(4 << 16)))),
            new(BamTargetKind.Reference, "x", Of(0, new VirtualRange(new(1), new(ulong.MaxValue)))),
            new((BamTargetKind)99, "x", Of(-1)),
        ];
        return [.. tasks.Select(BamTaskCodec.Instance.ToBytes), [], [0], [.. Enumerable.Repeat((byte)0xFF, 40)], [.. BamTaskCodec.Instance.ToBytes(tasks[0]), 0]];

        static BamPart Of(int reference, params VirtualRange[] ranges) => new(reference, ranges, PartEnd.Open);
    }

    [Theory]
    [MemberData(nameof(TasksThatCannotBe))]
    public void Execute_TaskThatCannotBe_FailsAndTheOthersAreFine(byte[] task)
    {
        var first = true;
        var answer = InProcess.Run(BuiltInKinds.Scan, bytes => Interlocked.Exchange(ref first, false) ? task : bytes, ("file", _path));

        Assert.Equal(Rows(counts => counts.Total).Skip(1), ReadsOf(answer));
        Assert.StartsWith("chr1 was not counted", Assert.Single(answer.Notes).Text, StringComparison.Ordinal);
    }

    private static string Refused(params (string, string)[] parameters) =>
        Assert.Throws<InputException>(() => InProcess.Run(BuiltInKinds.Scan, parameters)).Message;

    private static IEnumerable<(string Reference, long Reads)> ReadsOf(InProcess.Answer answer) => answer.Rows.Select(row => ((string)row.Values[0]!, (long)row.Values[2]!));

    private IEnumerable<(string, long)> Rows(Func<SyntheticReferenceCounts, long> count) =>
        _counts.Header.Select(reference => (reference.Name, count(_counts.References[reference.Id]))).Append(("*", count(_counts.Unplaced)));
}
