using System.IO.Compression;
using ActorCompute.Kinds.Depth;

namespace ActorCompute.Kinds.Tests.Depth;

/// <summary>BED as people have it: display lines, blank lines, Windows' line ends, compressed.</summary>
public sealed class BedFileTests : TestFolder
{
    [Theory]
    [InlineData("track name=x\nchr1\t1\t2\n", "chr1")]
    [InlineData("track\nbrowser position chr1:1-2\nchr1\t1\t2\n", "chr1")]
    [InlineData("track\tname=x\tdescription=y\nchr1\t1\t2\n", "chr1")]
    [InlineData("track1\t1\t2\nbrowserX\t1\t2\n", "track1 browserX")]
    [InlineData("track\t1\t2\n", "track")] // a reference of that name
    [InlineData("#x\n\n \t \nchr1\t1\t2\n", "chr1")]
    [InlineData("chr1\t1\t2\r\n\r\nchr2\t1\t2\r\n", "chr1 chr2")]
    [InlineData("chr1\t1\t2\r", "chr1")]
    public void Read_LinesThatAreNoRegions_AreSkippedAndNoOthers(string text, string references) =>
        Assert.Equal(references.Split(' '), BedFile.Read(Write("x.bed", text), default).Select(region => region.Reference));

    [Fact]
    public void Read_CrLf_NameHasNoReturn() => Assert.Equal("A", BedFile.Read(Write("x.bed", "chr1\t1\t2\tA\r\n"), default)[0].Region.Name);

    [Fact]
    public void Read_LineBehindBlankOnes_IsNamedByItsNumberInTheFile() =>
        Assert.Contains("line 3", Assert.Throws<InputException>(() => BedFile.Read(Write("x.bed", "\r\n\r\nchr1\r\n"), default)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_Gzip_OneMemberOrMany_IsRead()
    {
        File.WriteAllBytes(PathOf("x.bed.gz"), [.. Gzip("chr1\t1\t2\n"), .. Gzip(""), .. Gzip("chr2\t1\t"), .. Gzip("2\n")]);
        Assert.Equal(["chr1", "chr2"], BedFile.Read(PathOf("x.bed.gz"), default).Select(region => region.Reference));
    }

    /// <summary>The runtime's own reader takes a file that was cut off for a shorter one.</summary>
    [Fact]
    public void Read_GzipCutAnywhere_IsRefused()
    {
        var whole = Gzip(string.Concat(Enumerable.Range(0, 300).Select(i => $"chr{i}\t{i * 7}\t{(i * 7) + 5}\n")));
        for (var length = 2; length < whole.Length; length++)
        {
            File.WriteAllBytes(PathOf("x.bed.gz"), whole[..length]);
            Assert.Contains("damaged or cut off", Assert.Throws<InputException>(() => BedFile.Read(PathOf("x.bed.gz"), default)).Message, StringComparison.Ordinal);
        }

        File.WriteAllBytes(PathOf("x.bed.gz"), [.. whole, 1, 2, 3]);
        Assert.Throws<InputException>(() => BedFile.Read(PathOf("x.bed.gz"), default));
        File.WriteAllBytes(PathOf("x.bed.gz"), whole);
        Assert.Equal(300, BedFile.Read(PathOf("x.bed.gz"), default).Count);
    }

    [Theory]
    [InlineData("nowhere.bed", "no such file")]
    [InlineData("https://example.org/x.bed", "is a URL")]
    [InlineData("", "is a folder")]
    public void Read_NoFile_SaysWhatItIs(string name, string reason) =>
        Assert.Contains(reason, Assert.Throws<InputException>(() => BedFile.Read(name.Contains("://", StringComparison.Ordinal) ? name : PathOf(name), default)).Message, StringComparison.Ordinal);

    private static byte[] Gzip(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) gzip.Write(System.Text.Encoding.ASCII.GetBytes(text));
        return compressed.ToArray();
    }
}
