using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

public class BgzfBlockHeaderTests
{
    private static readonly byte[] Sound = TestBam.Block("content"u8.ToArray());

    [Fact]
    public void Parse_EndOfFileBlock_IsMeasured()
    {
        Assert.Equal(TestBam.EndOfFile, BgzfBlockHeader.EndOfFileBlock.ToArray());
        Assert.Equal(BgzfHeaderStatus.Ok, BgzfBlockHeader.Parse(TestBam.EndOfFile, out var header));
        Assert.Equal((18, 28), (header.HeaderSize, header.BlockSize));
        var member = header.MemberOf(TestBam.EndOfFile);
        Assert.Equal((0u, 0u), (member.Crc32, member.InflatedSize));
        Assert.Equal([3, 0], member.Deflated.ToArray());
    }

    [Fact]
    public void Parse_EveryShorterPrefix_IsIncomplete()
    {
        for (var length = 0; length < 18; length++)
            Assert.Equal(BgzfHeaderStatus.Incomplete, BgzfBlockHeader.Parse(Sound.AsSpan(0, length), out _));
        Assert.Equal(BgzfHeaderStatus.Ok, BgzfBlockHeader.Parse(Sound.AsSpan(0, 18), out _));
    }

    [Theory]
    [InlineData(0, 0x1E, BgzfHeaderStatus.NotBgzf)]
    [InlineData(1, 0x8A, BgzfHeaderStatus.NotBgzf)]
    [InlineData(2, 7, BgzfHeaderStatus.NotBgzf)] // another compression method
    [InlineData(3, 0, BgzfHeaderStatus.NotBgzf)] // plain gzip
    [InlineData(3, 12, BgzfHeaderStatus.NotBgzf)] // a file name follows
    [InlineData(10, 5, BgzfHeaderStatus.Bad)] // XLEN too short for BC
    [InlineData(10, 0, BgzfHeaderStatus.Bad)]
    [InlineData(12, (byte)'X', BgzfHeaderStatus.Bad)] // no BC
    [InlineData(13, (byte)'X', BgzfHeaderStatus.Bad)]
    [InlineData(14, 3, BgzfHeaderStatus.Bad)] // BC of another length
    [InlineData(14, 1, BgzfHeaderStatus.Bad)]
    [InlineData(15, 1, BgzfHeaderStatus.Bad)]
    [InlineData(16, 26, BgzfHeaderStatus.Bad)] // no room for deflated data and footer
    [InlineData(16, 0, BgzfHeaderStatus.Bad)]
    public void Parse_MalformedByte_IsTold(int at, byte value, BgzfHeaderStatus expected)
    {
        var bytes = (byte[])Sound.Clone();
        bytes[at] = value;
        Assert.Equal(expected, BgzfBlockHeader.Parse(bytes, out _));
    }

    [Fact]
    public void Parse_OtherSubfieldsAroundBc_AreSteppedOver()
    {
        byte[] bytes = [0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 255, 18, 0,
            (byte)'A', (byte)'A', 3, 0, 1, 2, 3, (byte)'B', (byte)'C', 2, 0, 99, 0, (byte)'Z', (byte)'Z', 1, 0, 1];
        Assert.Equal(BgzfHeaderStatus.Ok, BgzfBlockHeader.Parse(bytes, out var header));
        Assert.Equal((30, 100), (header.HeaderSize, header.BlockSize));
    }

    [Fact]
    public void Parse_ExtraFieldAsLongAsABlock_IsBad()
    {
        var bytes = (byte[])Sound.Clone();
        bytes[10] = bytes[11] = 0xFF;
        Assert.Equal(BgzfHeaderStatus.Bad, BgzfBlockHeader.Parse(bytes, out _));
    }

    [Fact]
    public void Parse_RandomBytes_NeverThrows()
    {
        var random = new Random(5);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Sound.Concat(new byte[20]).ToArray();
            for (var i = 0; i < 4; i++)
                bytes[random.Next(30)] = (byte)random.Next(256);
            var status = BgzfBlockHeader.Parse(bytes.AsSpan(0, random.Next(bytes.Length)), out var header);
            if (status == BgzfHeaderStatus.Ok)
                Assert.InRange(header.BlockSize, header.HeaderSize + 10, BgzfBlockHeader.MaxBlockSize);
        }
    }
}
