using System.Text;
using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Depth;

namespace ActorCompute.Kinds.Tests.Depth;

/// <summary>Depths of a file whose mapped reads all have 150 bases, so that the counts of reads say how many bases there are.</summary>
public sealed class DepthKindTests : TestFolder
{
    private const int ReadLength = 150;

    private readonly string _path;
    private readonly SyntheticBamCounts _counts;

    public DepthKindTests()
    {
        _path = PathOf("x.bam");
        _counts = SyntheticBam.Write(_path, 5000, seed: 7);
    }

    /// <summary>Workers of the same release read it; a journal has a checksum of it.</summary>
    [Fact]
    public void Write_Task_IsTheSameTextAsEver() => Assert.Equal(
        """{"Name":"chr1","Reference":3,"Length":1000,"Begin":10,"End":20,"Window":5,"Regions":[{"Number":1,"Begin":2,"End":3,"Name":"n"}],"Expected":7,"Whole":{"Begin":10,"End":30}}""",
        Encoding.UTF8.GetString(JsonCodec<DepthTask>.Instance.ToBytes(new("chr1", 3, 1000, 10, 20, 5, [new(1, 2, 3, "n")], 7, new(10, 30)))));

    [Fact]
    public void Run_WithoutBy_IsARowForEachReference()
    {
        var answer = Run();

        Assert.Empty(answer.Notes);
        Assert.Equal(["reference", "length", "bases", "mean", "min", "max"], answer.Schema.Columns.Select(column => column.Name));
        Assert.Equal(_counts.Header.Select(reference => reference.Name), answer.Column(0));
        Assert.Equal(_counts.Header.Select(reference => reference.Length), answer.Column(1).Cast<long>());
        Assert.Equal(_counts.References.Select(counts => counts.Primary * ReadLength), answer.Column(2).Cast<long>());
        Assert.All(answer.Rows, row => Assert.Equal((long)row.Values[2]! / (double)(long)row.Values[1]!, row.Values[3]));
        Assert.All(answer.Rows, row => Assert.InRange((int)row.Values[5]!, (int)row.Values[4]!, 5000));
        Assert.Equal(answer.Planned, answer.Tasks);
        Assert.Contains(_counts.Header, reference => reference.Length > DepthScanner.LongestStretch);
    }

    [Theory]
    [InlineData("10000")]
    [InlineData("3e5")]
    [InlineData("5000000")] // longer than a stretch
    [InlineData("4294967295")]
    public void Run_ByWindow_RowsCoverEachReferenceOnceAndAddUp(string window)
    {
        var answer = Run(("by", window));
        Assert.Equal(["reference", "start", "end", "mean"], answer.Schema.Columns.Select(column => column.Name));
        Assert.Equal(answer.Planned, answer.Tasks);
        var length = (long)double.Parse(window, System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (reference, counts) in _counts.Header.Zip(_counts.References))
        {
            var rows = answer.Rows.Where(row => (string)row.Values[0]! == reference.Name).Select(row => (Start: (long)row.Values[1]!, End: (long)row.Values[2]!, Mean: (double)row.Values[3]!)).ToList();
            Assert.Equal(Enumerable.Range(0, rows.Count).Select(i => (i * length, Math.Min((i + 1) * length, reference.Length))), rows.Select(row => (row.Start, row.End)));
            Assert.Equal(reference.Length, rows[^1].End);
            Assert.Equal(counts.Primary * ReadLength, rows.Sum(row => row.Mean * (row.End - row.Start)), 3);
        }
    }

    [Fact]
    public void Run_ByBed_IsARowForEachRegion()
    {
        var (one, two) = (_counts.Header[0], _counts.Header[1]);
        var half = two.Length / 2;
        var bed = Write("x.bed", $"""
            # a comment
            track name=x
            {one.Name}	0	{one.Length}	all of it

            {two.Name}	{half}	{two.Length}	right
            {two.Name}	0	{half}	left
            {two.Name}	0	{half}	left again	and more columns
            {two.Name}	5	5
            {two.Name}	{two.Length - 1000}	{two.Length + 1000}	over the end
            {two.Name}	{two.Length + 5}	{two.Length + 10}	behind the end

            """);

        var answer = Run(("by", bed));

        Assert.Empty(answer.Notes);
        Assert.Equal(["reference", "start", "end", "name", "mean"], answer.Schema.Columns.Select(column => column.Name));
        var means = answer.Rows.ToDictionary(row => (string?)row.Values[3] ?? "", row => (double)row.Values[4]!);
        Assert.Equal(7, answer.Rows.Count);
        Assert.Equal(BasesOf(0), means["all of it"] * one.Length, 3);
        Assert.Equal(BasesOf(1), (means["left"] * half) + (means["right"] * (two.Length - half)), 3);
        Assert.Equal(means["left"], means["left again"]);
        Assert.Equal((0.0, 0.0), (means[""], means["behind the end"]));
        // The half of it that is there has twice the mean.
        var end = Run(("by", Write("end.bed", $"{two.Name}\t{two.Length - 1000}\t{two.Length}")));
        Assert.Equal((double)end.Rows[0].Values[4]! / 2, means["over the end"], 9);
    }

    [Fact]
    public void Run_BedOfAnotherGenome_TellsWhatIsLeftOut()
    {
        var answer = Run(("by", Write("x.bed", $"nowhere\t1\t2\nnowhere\t3\t4\n{_counts.Header[0].Name}\t0\t10\n")));
        Assert.Single(answer.Rows);
        var note = Assert.Single(answer.Notes);
        Assert.Contains("2 regions are on 'nowhere'", note.Text, StringComparison.Ordinal);
        Assert.True(note.IsIncomplete);
    }

    [Theory]
    [InlineData("chr1\t5", "line 1")]
    [InlineData("chr1\t5\t9\nchr1\t9\t5", "line 2")]
    [InlineData("chr1\t-5\t9", "line 1")]
    [InlineData("chr1\t5\t99999999999", "line 1")]
    [InlineData("chr1 5 9", "line 1")]
    [InlineData("# nothing", "no region")]
    [InlineData("", "no region")]
    public void Plan_WrongBed_IsBadInputThatNamesThePlace(string text, string says)
    {
        var message = Assert.Throws<InputException>(() => Run(("by", Write("x.bed", text)))).Message;
        Assert.StartsWith(PathOf("x.bed"), message, StringComparison.Ordinal);
        Assert.Contains(says, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("by", "0")]
    [InlineData("by", "")]
    [InlineData("by", "4294967296")]
    [InlineData("by", "no-such-file.bed")]
    [InlineData("min-mapq", "256")]
    [InlineData("fast-mode", "perhaps")]
    public void Run_WrongParameter_IsBadInput(string name, string value) => Assert.Throws<InputException>(() => Run((name, value)));

    [Fact]
    public void Run_Filters_CountLess()
    {
        long Total(params (string, string)[] parameters) => InProcess.Run(BuiltInKinds.Depth, [("file", _path), .. parameters]).Column(2).Sum(bases => (long)bases!);
        Assert.Equal(_counts.References.Sum(counts => counts.Mapped) * ReadLength, Total(("exclude-flags", "UNMAP"), ("fast-mode", "true")));
        Assert.InRange(Total(), 1, Total(("exclude-flags", "UNMAP")) - 1);
        Assert.InRange(Total(("min-mapq", "30")), 1, Total() - 1);
    }

    [Fact]
    public void Plan_NoIndex_SaysHowToMakeOne()
    {
        File.Delete(_path + ".bai");
        Assert.Contains("samtools index", Assert.Throws<InputException>(() => Run()).Message, StringComparison.Ordinal);
        Assert.Contains("samtools index", Assert.Throws<InputException>(() => ((IJobKind)BuiltInKinds.Depth).Open(InProcess.Prepare(BuiltInKinds.Depth, ("file", _path)).Parameters)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "Reference":99,"Length":5,"Begin":0,"End":5 """)]
    [InlineData(""" "Reference":0,"Length":5,"Begin":0,"End":5 """)]
    [InlineData(""" "Reference":0,"Length":LENGTH,"Begin":-1,"End":5 """)]
    [InlineData(""" "Reference":0,"Length":LENGTH,"Begin":0,"End":4000001 """)]
    [InlineData(""" "Reference":0,"Length":LENGTH,"Begin":9,"End":5 """)]
    [InlineData(""" "Reference":0,"Length":LENGTH,"Begin":0,"End":5,"Window":-1 """)]
    [InlineData(""" "Reference":0 """)]
    public void Execute_TaskThatCannotBe_FailsAndOnlyItsRowIsMissing(string task)
    {
        var first = true;
        var json = $"{{\"Name\":\"chr1\",{task.Replace("LENGTH", $"{_counts.Header[0].Length}", StringComparison.Ordinal)}}}";
        var answer = InProcess.Run(BuiltInKinds.Depth, bytes => Interlocked.Exchange(ref first, false) ? Encoding.UTF8.GetBytes(json) : bytes, ("file", _path));
        Assert.Equal(_counts.Header.Skip(1).Select(reference => reference.Name), answer.Column(0));
        Assert.StartsWith("chr1:1-", Assert.Single(answer.Notes).Text, StringComparison.Ordinal);
    }

    private InProcess.Answer Run(params (string, string)[] parameters) =>
        InProcess.Run(BuiltInKinds.Depth, [("file", _path), ("exclude-flags", "0x904"), .. parameters]);

    private double BasesOf(int reference) => _counts.References[reference].Primary * ReadLength;
}
