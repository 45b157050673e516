using Akka.Remote.Wire;

namespace ActorCompute.Engine.Tests.Remote;

public class WireReaderTests
{
    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        using var writer = new WireWriter(1);
        writer.WriteByte(7);
        writer.WriteBool(true);
        writer.WriteUInt16(65535);
        writer.WriteInt32(int.MinValue);
        writer.WriteInt64(long.MaxValue);
        writer.WriteVarUInt(0);
        writer.WriteVarUInt(ulong.MaxValue);
        writer.WriteVarInt32(-1);
        writer.WriteVarInt32(int.MaxValue);
        writer.WriteString("päth/∂");
        writer.WriteBytes([1, 2]);

        var reader = new WireReader(writer.Written);

        Assert.Equal(7, reader.ReadByte("a"));
        Assert.True(reader.ReadBool("b"));
        Assert.Equal(65535, reader.ReadUInt16("c"));
        Assert.Equal(int.MinValue, reader.ReadInt32("d"));
        Assert.Equal(long.MaxValue, reader.ReadInt64("e"));
        Assert.Equal(0ul, reader.ReadVarUInt("f"));
        Assert.Equal(ulong.MaxValue, reader.ReadVarUInt("g"));
        Assert.Equal(-1, reader.ReadVarInt32("h"));
        Assert.Equal(int.MaxValue, reader.ReadVarInt32("i"));
        Assert.Equal("päth/∂", reader.ReadString("j", 100));
        Assert.Equal(new byte[] { 1, 2 }, reader.ReadBytes("k", 100).ToArray());
        reader.ExpectEnd("all");
    }

    [Fact]
    public void ReadString_LongerThanWhatCame_NamesTheField()
    {
        var error = Assert.Throws<WireFormatException>(() => new WireReader([5, (byte)'a']).ReadString("role", 100));

        Assert.Contains("role", error.Message);
    }

    [Theory]
    [InlineData(new byte[] { 0x80 })] // cut short
    [InlineData(new byte[] { 0x80, 0x00 })] // padded
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02 })] // 65 bits
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 })] // 11 groups
    public void ReadVarUInt_Malformed_Throws(byte[] bytes) =>
        Assert.Throws<WireFormatException>(() => new WireReader(bytes).ReadVarUInt("n"));

    [Fact]
    public void ReadCount_MoreThanTheBytesCanHold_Throws()
    {
        using var writer = new WireWriter();
        writer.WriteVarUInt(1_000_000);
        writer.WriteInt32(0);
        var bytes = writer.Written.ToArray();

        Assert.Throws<WireFormatException>(() => new WireReader(bytes).ReadCount("members", 8, int.MaxValue));
    }

    [Fact]
    public void ReadString_InvalidUtf8_Throws() =>
        Assert.Throws<WireFormatException>(() => new WireReader([2, 0xC3, 0x28]).ReadString("name", 100));

    [Fact]
    public void ReadBytes_OverTheLimit_Throws() =>
        Assert.Throws<WireFormatException>(() => new WireReader([3, 1, 2, 3]).ReadBytes("payload", 2));
}
