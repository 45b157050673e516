using System.Buffers.Binary;
using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kinds.Tests.Scan;

/// <summary>Scans of files that are cut off, damaged, or not what their index says: a failure that is seen, never a wrong count.</summary>
public sealed class ScanDamageTests : TestFolder
{
    private const int Reads = 20_000;

    private readonly string _path;
    private readonly SyntheticBamCounts _counts;

    public ScanDamageTests()
    {
        _path = PathOf("x.bam");
        _counts = SyntheticBam.Write(_path, Reads, seed: 3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_CutOff_CountsWhatIsThereAndSaysSo(bool withIndex)
    {
        var bytes = File.ReadAllBytes(_path);
        File.WriteAllBytes(_path, bytes[..(bytes.Length / 2)]);
        File.SetLastWriteTimeUtc(_path + ".bai", File.GetLastWriteTimeUtc(_path).AddSeconds(1));
        if (!withIndex) File.Delete(_path + ".bai");

        var answer = InProcess.Run(BuiltInKinds.Scan, ("file", _path));

        Assert.Contains(answer.Notes, note => note.IsIncomplete && note.Text.Contains("end-of-file block", StringComparison.Ordinal));
        Assert.Contains(answer.Notes, note => note.IsIncomplete && note.Text.Contains("ends too early", StringComparison.Ordinal));
        var rows = RowsOf(answer);
        Assert.Equal(_counts.References[0].Total, rows["chr1"]);
        Assert.InRange(rows.Values.Sum(), Reads * 3 / 10, Reads * 7 / 10);
        Assert.All(_counts.Header, reference => Assert.InRange(rows.GetValueOrDefault(reference.Name), 0, _counts.References[reference.Id].Total));
    }

    [Fact]
    public void Run_CutOffByTheLastBlockAlone_CountsAllAndSaysThatItMayBeCut()
    {
        var bytes = File.ReadAllBytes(_path);
        File.WriteAllBytes(_path, bytes[..^28]);

        var answer = InProcess.Run(BuiltInKinds.Scan, ("file", _path));

        Assert.Equal(Reads, RowsOf(answer).Values.Sum());
        Assert.Contains(answer.Notes, note => note.IsIncomplete);
    }

    [Fact]
    public void Run_BlockCorrupt_ThatReferenceFailsAndTheOthersAreFine()
    {
        var block = SecondBlockOf(reference: 4);
        var bytes = File.ReadAllBytes(_path);
        for (var i = 0; i < 16; i++) bytes[block + 200 + i] ^= 0x55;
        OverwriteKeepingTime(bytes);

        var answer = InProcess.Run(BuiltInKinds.Scan, ("file", _path));

        var rows = RowsOf(answer);
        Assert.Equal(_counts.Header.Where(reference => reference.Id != 4).Select(reference => reference.Name).Append("*"), rows.Keys);
        Assert.All(_counts.Header.Where(reference => reference.Id != 4), reference => Assert.Equal(_counts.References[reference.Id].Total, rows[reference.Name]));
        var note = Assert.Single(answer.Notes);
        Assert.Equal(NoteSeverity.Error, note.Severity);
        Assert.StartsWith("chr5 was not counted: ", note.Text, StringComparison.Ordinal);
        // Where: the file and the block.
        Assert.Contains(_path, note.Text, StringComparison.Ordinal);
        Assert.Contains($"{block}", note.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_BlockCorruptWithoutIndex_FailsAndCountsNothing()
    {
        var block = SecondBlockOf(reference: 4);
        File.Delete(_path + ".bai");
        var bytes = File.ReadAllBytes(_path);
        bytes[block + 200] ^= 0x55;
        File.WriteAllBytes(_path, bytes);

        var answer = InProcess.Run(BuiltInKinds.Scan, ("file", _path));

        Assert.Empty(answer.Rows);
        Assert.Contains(answer.Notes, note => note.IsIncomplete && note.Severity == NoteSeverity.Error);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(Reads)]
    [InlineData(60_000)]
    public void Run_IndexOfAnotherFile_AllIsCountedWithoutIt(int reads)
    {
        SyntheticBam.Write(PathOf("other.bam"), reads, seed: 4);
        File.Copy(PathOf("other.bam.bai"), _path + ".bai", overwrite: true);

        var answer = InProcess.Run(BuiltInKinds.Scan, ("file", _path));
        Assert.All(_counts.Header, reference => Assert.Equal(_counts.References[reference.Id].Total, RowsOf(answer)[reference.Name]));
        AssertIndexIsBlamed(answer);
    }

    [Fact]
    public void Run_IndexIsGarbage_AllIsCountedWithoutIt()
    {
        File.WriteAllText(_path + ".bai", "no index");
        var answer = InProcess.Run(BuiltInKinds.Scan, ("file", _path));
        Assert.Equal(Reads, RowsOf(answer).Values.Sum());
        AssertIndexIsBlamed(answer);
    }

    [Fact]
    public void Plan_IndexIsGarbageAndNeeded_IsBadInputThatNamesIt()
    {
        File.WriteAllText(_path + ".bai", "no index");
        foreach (var (kind, region) in new (IJobKind, (string, string)?)[] { (BuiltInKinds.Scan, ("region", "chr1")), (BuiltInKinds.Scan, ("index", _path + ".bai")), (BuiltInKinds.Depth, null) })
        {
            var error = Assert.Throws<InputException>(() => InProcess.Run(kind, [("file", _path), .. region is { } given ? new[] { given } : []]));
            Assert.StartsWith($"{_path}.bai: neither a BAI nor a CSI", error.Message, StringComparison.Ordinal);
        }
    }

    private void AssertIndexIsBlamed(InProcess.Answer answer)
    {
        Assert.Equal(2, answer.Notes.Count);
        Assert.StartsWith($"{_path}.bai: ", answer.Notes[0].Text, StringComparison.Ordinal);
        Assert.StartsWith($"{_path}: has no index that can be used", answer.Notes[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(answer.Notes, note => note.IsIncomplete);
    }

    [Fact]
    public void Run_IndexOlderThanTheFile_IsANoteAndAllIsCounted()
    {
        File.SetLastWriteTimeUtc(_path + ".bai", File.GetLastWriteTimeUtc(_path).AddHours(-1));

        var answer = InProcess.Run(BuiltInKinds.Scan, ("file", _path));

        Assert.Equal(Reads, RowsOf(answer).Values.Sum());
        var note = Assert.Single(answer.Notes);
        Assert.Contains("older", note.Text, StringComparison.Ordinal);
        Assert.False(note.IsIncomplete);
    }

    [Fact]
    public void Run_AnyByteChanged_FailsOrCountsRight()
    {
        var bytes = File.ReadAllBytes(_path);
        var random = new Random(1);
        for (var i = 0; i < 40; i++)
        {
            var at = random.Next(bytes.Length);
            var before = bytes[at];
            bytes[at] ^= (byte)random.Next(1, 256);
            OverwriteKeepingTime(bytes);
            bytes[at] = before;
            try
            {
                var answer = InProcess.Run(BuiltInKinds.Scan, ("file", _path));
                var rows = RowsOf(answer);
                Assert.All(_counts.Header.Where(reference => rows.ContainsKey(reference.Name)), reference =>
                    Assert.True(rows[reference.Name] == _counts.References[reference.Id].Total || answer.Notes.Any(note => note.IsIncomplete), $"byte {at}: {reference.Name} has {rows[reference.Name]}"));
            }
            catch (InputException)
            {
                // Damage of the header: the plan refuses the file.
            }
        }
    }

    private static Dictionary<string, long> RowsOf(InProcess.Answer answer) => answer.Rows.ToDictionary(row => (string)row.Values[0]!, row => (long)row.Values[2]!);

    /// <summary>A block that holds nothing but records of one reference.</summary>
    private int SecondBlockOf(int reference)
    {
        using var file = BamFile.Open(_path);
        var range = BamIndex.Load(file).RangeOf(reference)!.Value;
        var bytes = File.ReadAllBytes(_path);
        var first = (int)range.Begin.BlockOffset;
        var second = first + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(first + 16)) + 1;
        Assert.True(second < range.End.BlockOffset, "the reference has too few blocks for this test");
        return second;
    }

    private void OverwriteKeepingTime(byte[] bytes)
    {
        var time = File.GetLastWriteTimeUtc(_path);
        File.WriteAllBytes(_path, bytes);
        File.SetLastWriteTimeUtc(_path, time);
    }
}
