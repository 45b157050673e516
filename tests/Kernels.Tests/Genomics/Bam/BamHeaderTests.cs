using System.Buffers.Binary;
using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

public sealed class BamHeaderTests : TestFolder
{
    [Fact]
    public void Open_SoundHeader_GivesTextReferencesAndFirstRecord()
    {
        var header = TestBam.Header(("chr1", 1000), ("chr2", 2000));
        using var bam = OpenInflated([.. header, .. new TestRecord(0, 5).Encode()]);

        Assert.Equal("@SQ\tSN:chr1\tLN:1000\n@SQ\tSN:chr2\tLN:2000\n", bam.Header.Text);
        Assert.Equal([new("chr1", 1000, 0), new("chr2", 2000, 1)], bam.Header.References);
        Assert.Equal(new VirtualOffset(0, header.Length), bam.Header.FirstRecord);
        Assert.True(bam.Header.TryFind("chr2", out var found));
        Assert.Equal(1, found.Id);
        Assert.False(bam.Header.TryFind("CHR2", out _));
    }

    [Fact]
    public void Open_HeaderOverManyBlocks_IsReadAlike()
    {
        var header = TestBam.Header(("chr1", 1000), ("chr2", 2000));
        for (var blockSize = 1; blockSize <= header.Length; blockSize++)
        {
            using var bam = BamFile.Open(Write("x.bam", TestBam.Compress(header, blockSize)));
            Assert.Equal(["chr1", "chr2"], bam.Header.References.Select(r => r.Name));
        }
    }

    [Fact]
    public void Open_TextWithoutSqLines_TakesTheBinaryList()
    {
        using var bam = OpenInflated(TestBam.HeaderWithText("@CO\tnothing\n", ("I", 100)));
        Assert.Equal(["I"], bam.Header.References.Select(r => r.Name));
    }

    [Fact]
    public void Open_NoReferences_IsValid()
    {
        using var bam = OpenInflated(TestBam.HeaderWithText(""));
        Assert.Empty(bam.Header.References);
        Assert.Empty(bam.Header.Text);
    }

    [Fact]
    public void Open_TextPaddedWithNuls_LosesThem()
    {
        using var bam = OpenInflated(TestBam.HeaderWithText("@CO\tx\n\0\0\0"));
        Assert.Equal("@CO\tx\n", bam.Header.Text);
    }

    [Fact]
    public void Open_OtherFiles_AreNotBam()
    {
        Expect(BamError.NotBam, Write("empty", []));
        Expect(BamError.NotBam, Write("text", "@SQ\tSN:chr1\tLN:1000\n"u8.ToArray()));
        Expect(BamError.NotBam, Write("other.gz", TestBam.Compress("some text"u8.ToArray())));
        Expect(BamError.NotBam, Write("nothing.gz", TestBam.EndOfFile));
        Assert.Throws<FileNotFoundException>(() => BamFile.Open(PathOf("missing")));
    }

    public static TheoryData<string, byte[]> OtherFiles => new()
    {
        { "CRAM", [.. "CRAM\x03\x00"u8, .. new byte[60]] },
        { "without compression", [.. TestBam.Header(("chr1", 1000)), .. new TestRecord(0, 5).Encode()] },
        { "gzip as one piece", Gzip([.. TestBam.Header(("chr1", 1000)), .. new TestRecord(0, 5).Encode()]) },
        { "SAM", "@HD\tVN:1.6\nr1\t0\tchr1\t1\t60\t4M\t*\t0\t0\tACGT\tIIII\n"u8.ToArray() },
        { "SAM", "r1\t0\tchr1\t1\t60\t4M\t*\t0\t0\tACGT\tIIII\n"u8.ToArray() },
        { "SAM", TestBam.Compress("@SQ\tSN:chr1\tLN:1000\n"u8.ToArray()) },
        { "index", "BAI\x01\0\0\0\0"u8.ToArray() },
        { "index", TestBam.Compress("CSI\x01\0\0\0\0"u8.ToArray()) },
        { "VCF", TestBam.Compress("##fileformat=VCFv4.2\n"u8.ToArray()) },
        { "FASTQ", "@read1\nACGT\n+\nIIII\n"u8.ToArray() },
        { "web page", "<!DOCTYPE html><html>404</html>"u8.ToArray() },
        { "Git LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:00\n"u8.ToArray() },
        { "zip", [.. "PK\x03\x04"u8, .. new byte[40]] },
        { "xz", [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, .. new byte[40]] },
        { "text file", "some text"u8.ToArray() },
        { "no format that is known", [0xDE, 0xAD, 0xBE, 0xEF, .. new byte[40]] },
    };

    [Theory]
    [MemberData(nameof(OtherFiles))]
    public void Open_OtherFormat_IsNamed(string name, byte[] content)
    {
        var error = Assert.Throws<BamException>(() => BamFile.Open(Write("x.bam", content)));
        Assert.Equal(BamError.NotBam, error.Error);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    private static byte[] Gzip(byte[] data)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(compressed, System.IO.Compression.CompressionLevel.Fastest)) gzip.Write(data);
        return compressed.ToArray();
    }

    [Theory]
    [InlineData(4, -1)] // l_text
    [InlineData(4, int.MaxValue)]
    [InlineData(4, BamHeader.MaxTextLength + 1)]
    [InlineData(29, -1)] // n_ref
    [InlineData(29, int.MaxValue)]
    [InlineData(29, BamHeader.MaxReferences + 1)]
    [InlineData(33, 0)] // l_name
    [InlineData(33, -5)]
    [InlineData(33, int.MaxValue)]
    public void Open_LengthOutOfRange_IsRefused(int at, int value)
    {
        var header = TestBam.HeaderWithText("@SQ\tSN:chr1\tLN:1000\n\n", ("chr1", 1000));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(at), value);
        Expect(BamError.BadHeader, Write("x.bam", TestBam.Compress(header)));
    }

    [Theory]
    [InlineData(4, BamHeader.MaxTextLength)] // more than there is: known without taking that much memory
    [InlineData(29, BamHeader.MaxReferences)]
    [InlineData(33, BamHeader.MaxNameLength)]
    public void Open_LengthBehindTheEnd_IsTruncated(int at, int value)
    {
        var header = TestBam.HeaderWithText("@SQ\tSN:chr1\tLN:1000\n\n", ("chr1", 1000));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(at), value);
        var path = Write("x.bam", TestBam.Compress(header));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Expect(BamError.Truncated, path);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Fact]
    public void Open_HeaderCutAnywhere_IsTruncated()
    {
        var header = TestBam.Header(("chr1", 1000));
        for (var length = 4; length < header.Length; length++)
            Expect(BamError.Truncated, Write("x.bam", TestBam.Compress(header[..length])));
    }

    [Fact]
    public void Open_TwoReferencesOfOneName_IsRefused() =>
        Expect(BamError.BadHeader, Write("x.bam", TestBam.Compress(TestBam.Header(("a", 1), ("a", 2)))));

    private static void Expect(BamError expected, string path)
    {
        var error = Assert.Throws<BamException>(() => BamFile.Open(path));
        Assert.Equal(expected, error.Error);
        Assert.Contains(path, error.Message);
    }

    private BamFile OpenInflated(byte[] data) => BamFile.Open(Write("x.bam", TestBam.Compress(data)));
}
