using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

public sealed class BgzfReaderTests : TestFolder
{
    public static TheoryData<string> Names => InflaterTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_WhatTheWriterWrote_IsTheSame(string name)
    {
        var provider = Inflaters.Available.Single(p => p.Name == name);
        var content = RandomContent(400_000);
        using var stream = new MemoryStream();
        using (var writer = new BgzfWriter(stream, 6, provider))
        {
            foreach (var piece in content.Chunk(777))
                writer.Write(piece);
            writer.Finish();
        }

        using var file = BgzfFile.Open(Write("x.bgzf", stream.ToArray()));
        Assert.True(file.HasEndOfFileBlock);
        Assert.Equal(content, ReadAll(file, provider));
    }

    [Fact]
    public void Position_OfTheWriter_IsWhereTheReaderFindsTheByte()
    {
        var content = RandomContent(300_000);
        var positions = new List<VirtualOffset>();
        using var stream = new MemoryStream();
        using (var writer = new BgzfWriter(stream))
        {
            foreach (var piece in content.Chunk(4080)) // 16 of them make a full block
            {
                positions.Add(writer.Position);
                writer.Write(piece);
            }

            writer.Finish();
        }

        using var file = BgzfFile.Open(Write("x.bgzf", stream.ToArray()));
        using var inflater = Inflaters.Default.CreateInflater();
        using var reader = new BgzfReader(file, inflater);
        Span<byte> one = stackalloc byte[1];
        for (var i = positions.Count - 1; i >= 0; i--)
        {
            reader.Seek(positions[i]);
            Assert.Equal(positions[i], reader.Position);
            Assert.Equal(1, reader.Read(one));
            Assert.Equal(content[i * 4080], one[0]);
        }
    }

    [Fact]
    public void Seek_BehindTheDataOfABlock_IsRefused()
    {
        using var file = BgzfFile.Open(Write("x.bgzf", TestBam.Compress(new byte[100])));
        using var inflater = Inflaters.Default.CreateInflater();
        using var reader = new BgzfReader(file, inflater);
        reader.Seek(new VirtualOffset(0, 100));
        var error = Assert.Throws<BgzfException>(() => reader.Seek(new VirtualOffset(0, 101)));
        Assert.Equal(BgzfError.BadVirtualOffset, error.Error);
    }

    [Fact]
    public void Read_FileCutAnywhere_SaysTruncatedWithTheBlocksOffset()
    {
        var whole = TestBam.Compress(RandomContent(3000), 1000);
        var starts = BlockStarts(whole);
        for (var length = 1; length < whole.Length; length++)
        {
            using var file = BgzfFile.Open(Write("cut.bgzf", whole[..length]));
            Assert.False(file.HasEndOfFileBlock);
            if (starts.Contains(length))
            {
                Assert.Equal(1000 * starts.IndexOf(length), ReadAll(file, Inflaters.Default).Length);
                continue;
            }

            var error = Assert.Throws<BgzfException>(() => ReadAll(file, Inflaters.Default));
            Assert.Equal(BgzfError.Truncated, error.Error);
            Assert.Equal(starts.Last(s => s < length), error.Offset);
            Assert.Contains(file.Path, error.Message);
        }
    }

    [Theory]
    [InlineData(0, 0x00, BgzfError.NotBgzf)]
    [InlineData(14, 0x07, BgzfError.BadHeader)]
    [InlineData(17, 0xFF, BgzfError.BadHeader)] // reaches past the end of a file that is complete
    [InlineData(18, 0x07, BgzfError.InflateFailed)] // the reserved block type
    [InlineData(-8, 0xAA, BgzfError.CrcMismatch)]
    [InlineData(-4, 0xAA, BgzfError.SizeMismatch)]
    [InlineData(-1, 0xFF, BgzfError.SizeMismatch)] // 4 GiB
    public void Read_DamagedByte_SaysWhatAndWhere(int at, byte value, BgzfError expected)
    {
        foreach (var provider in Inflaters.Available)
        {
            var first = TestBam.Block(RandomContent(1000));
            var second = TestBam.Block("the second block"u8.ToArray());
            second[at < 0 ? second.Length + at : at] = value;
            using var file = BgzfFile.Open(Write("x.bgzf", [.. first, .. second, .. TestBam.EndOfFile]));

            var error = Assert.Throws<BgzfException>(() => ReadAll(file, provider));

            Assert.Equal((expected, first.Length), (error.Error, error.Offset));
        }
    }

    [Fact]
    public void Read_EmptyBlocksInBetween_AreSteppedOver()
    {
        byte[] bytes = [.. TestBam.EndOfFile, .. TestBam.Block([1, 2]), .. TestBam.EndOfFile, .. TestBam.EndOfFile,
            .. TestBam.Block([3]), .. TestBam.EndOfFile];
        using var file = BgzfFile.Open(Write("x.bgzf", bytes));
        Assert.Equal([1, 2, 3], ReadAll(file, Inflaters.Default));
    }

    [Fact]
    public void Write_NotFinished_LooksTruncated()
    {
        using var stream = new MemoryStream();
        using (var writer = new BgzfWriter(stream))
            writer.Write(RandomContent(100_000));
        using var file = BgzfFile.Open(Write("x.bgzf", stream.ToArray()));
        Assert.False(file.HasEndOfFileBlock);
    }

    private static byte[] RandomContent(int length)
    {
        var content = new byte[length];
        new Random(3).NextBytes(content);
        content.AsSpan(length / 2).Clear();
        return content;
    }

    private static List<int> BlockStarts(byte[] file)
    {
        var starts = new List<int>();
        for (var at = 0; at < file.Length; at += BitConverter.ToUInt16(file, at + 16) + 1)
            starts.Add(at);
        return starts;
    }

    private static byte[] ReadAll(BgzfFile file, InflaterProvider provider)
    {
        using var inflater = provider.CreateInflater();
        using var reader = new BgzfReader(file, inflater);
        using var content = new MemoryStream();
        var piece = new byte[999];
        int read;
        while ((read = reader.Read(piece)) > 0)
            content.Write(piece, 0, read);
        return content.ToArray();
    }
}
