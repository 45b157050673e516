using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Scan;

namespace ActorCompute.Kinds.Tests.Scan;

public sealed class IndexedReadsTests : TestFolder
{
    private readonly string _path;
    private readonly SyntheticBamCounts _counts;

    public IndexedReadsTests()
    {
        _path = PathOf("x.bam");
        _counts = SyntheticBam.Write(_path, 5000, seed: 7);
    }

    [Fact]
    public void Of_SoundFile_IsWhatAScanCounts()
    {
        var (rows, files) = IndexedReads.Of(new ParameterValues().Add("file", _path));
        var scan = InProcess.Run(BuiltInKinds.Scan, ("file", _path));
        Assert.Equal(["reference", "length", "reads", "mapped", "unmapped"], IndexedReads.Schema.Columns.Select(column => column.Name));
        Assert.Equal(scan.Rows.Select(row => (row.Values[0], Convert.ToInt64(row.Values[1], null), row.Values[2])), rows.Select(row => (row.Values[0], Convert.ToInt64(row.Values[1], null), row.Values[2])));
        Assert.Equal([.. _counts.References.Select(counts => counts.Mapped), 0], rows.Select(row => (long)row.Values[3]!));
        Assert.All(rows, row => Assert.Equal((long)row.Values[2]!, (long)row.Values[3]! + (long)row.Values[4]!));
    }

    [Fact]
    public void Of_NoIndex_IsBadInput()
    {
        File.Delete(_path + ".bai");
        Refused("no index", "samtools index");
    }

    [Fact]
    public void Of_IndexOlderThanTheFile_IsBadInput()
    {
        File.SetLastWriteTimeUtc(_path + ".bai", File.GetLastWriteTimeUtc(_path).AddHours(-1));
        Refused("older", "x.bam.bai");
    }

    [Fact]
    public void Of_IndexWithoutUnplaced_IsBadInput()
    {
        var index = File.ReadAllBytes(_path + ".bai");
        File.WriteAllBytes(_path + ".bai", index[..^8]);
        Refused("does not say", "without a reference");
    }

    [Fact]
    public void Of_IndexWithoutCounts_IsBadInput()
    {
        // A bin with a chunk on the first reference, no metadata bin, nothing on the others.
        using var file = BamFile.Open(_path);
        var index = BamIndex.Load(file);
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
        {
            writer.Write("BAI\x01"u8);
            writer.Write(file.Header.References.Count);
            foreach (var reference in file.Header.References)
            {
                writer.Write(index.RangeOf(reference.Id) is null ? 0 : 1);
                if (index.RangeOf(reference.Id) is { } range)
                {
                    // The bin of the whole reference.
                    writer.Write(0);
                    writer.Write(1);
                    writer.Write(range.Begin.Value);
                    writer.Write(range.End.Value);
                }

                writer.Write(0);
            }

            writer.Write(25L);
        }

        File.WriteAllBytes(_path + ".bai", stream.ToArray());
        Refused("does not say", "'chr1'");
    }

    [Fact]
    public void Of_FileCutOff_IsBadInput()
    {
        File.WriteAllBytes(_path, File.ReadAllBytes(_path)[..^28]);
        File.SetLastWriteTimeUtc(_path + ".bai", File.GetLastWriteTimeUtc(_path).AddSeconds(1));
        Refused("end-of-file block");
    }

    private void Refused(params string[] says)
    {
        var message = Assert.Throws<InputException>(() => IndexedReads.Of(new ParameterValues().Add("file", _path))).Message;
        Assert.All([_path, .. says], text => Assert.Contains(text, message, StringComparison.Ordinal));
    }
}
