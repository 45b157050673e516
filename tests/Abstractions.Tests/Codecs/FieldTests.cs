using System.Buffers;

namespace ActorCompute.Abstractions.Tests.Codecs;

/// <summary>Values that are written one after the other come back as they were, in bytes that stay the same, and anything else is refused.</summary>
public sealed class FieldTests
{
    [Fact]
    public void Write_EachField_IsTheseBytes()
    {
        Assert.Equal("00", Written(fields => fields.Number(0)));
        Assert.Equal("7F", Written(fields => fields.Number(127)));
        Assert.Equal("8001", Written(fields => fields.Number(128)));
        Assert.Equal("FFFFFFFFFFFFFFFFFF01", Written(fields => fields.Number(ulong.MaxValue)));
        Assert.Equal("FFFFFFFFFFFFFFFF7F", Written(fields => fields.NaturalNumber(long.MaxValue)));
        Assert.Equal("01", Written(fields => fields.SignedNumber(-1)));
        Assert.Equal("02", Written(fields => fields.SignedNumber(1)));
        Assert.Equal("FFFFFFFFFFFFFFFFFF01", Written(fields => fields.SignedNumber(long.MinValue)));
        Assert.Equal("0100", Written(fields =>
        {
            fields.Truth(true);
            fields.Truth(false);
        }));
        Assert.Equal("FF", Written(fields => fields.Byte(255)));
        Assert.Equal("04030201", Written(fields => fields.UInt32(0x01020304)));
        Assert.Equal("03C3BC78", Written(fields => fields.Text("üx")));
        Assert.Equal("020506", Written(fields => fields.Bytes([5, 6])));
        Assert.Equal("0506", Written(fields => fields.Rest([5, 6])));
    }

    [Fact]
    public void WriteRead_RandomFields_AreTheSame()
    {
        var random = new Random(1);
        for (var round = 0; round < 1000; round++)
        {
            var number = (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            var text = new string('ö', random.Next(300));
            var output = new ArrayBufferWriter<byte>();
            var writer = new FieldWriter(output);
            writer.Number(number);
            writer.SignedNumber((long)number);
            writer.NaturalNumber((long)(number >> 1));
            writer.SignedNumber((int)number);
            writer.Truth(number % 2 == 0);
            writer.Byte((byte)number);
            writer.UInt32((uint)number);
            writer.Text(text);
            writer.Bytes([1, 2, (byte)number]);
            writer.Rest([9]);

            var reader = new FieldReader(output.WrittenSpan);
            Assert.Equal(number, reader.Number());
            Assert.Equal((long)number, reader.SignedNumber());
            Assert.Equal((long)(number >> 1), reader.NaturalNumber());
            Assert.Equal((int)number, reader.SmallNumber());
            Assert.Equal(number % 2 == 0, reader.Truth());
            Assert.Equal((byte)number, reader.Byte());
            Assert.Equal((uint)number, reader.UInt32());
            Assert.Equal(text, reader.Text());
            Assert.Equal([1, 2, (byte)number], reader.Bytes());
            Assert.Equal([9], reader.Rest.ToArray());
            Assert.Equal(9, reader.Byte());
            reader.End();
        }
    }

    [Theory]
    [InlineData("", "the bytes end within a number.")]
    [InlineData("80", "the bytes end within a number.")]
    [InlineData("808080808080808080", "the bytes end within a number.")]
    [InlineData("FFFFFFFFFFFFFFFFFF02", "a number has more than 64 bits.")]
    [InlineData("FFFFFFFFFFFFFFFFFF81", "a number has more than 64 bits.")]
    public void Number_OfOtherBytes_IsAFormatException(string hex, string expected) => Assert.Equal(expected, Refusal(hex, (ref FieldReader fields) => fields.Number()));

    [Fact]
    public void Read_OtherBytes_IsAFormatException()
    {
        Assert.Equal("a number has more than 63 bits.", Refusal("80808080808080808001", (ref FieldReader fields) => fields.NaturalNumber()));
        Assert.Equal("a number has more than 32 bits.", Refusal("8080808010", (ref FieldReader fields) => fields.SmallNumber()));
        Assert.Equal("2 is neither true nor false.", Refusal("02", (ref FieldReader fields) => fields.Truth()));
        Assert.Equal("1 bytes cannot be in 0.", Refusal("", (ref FieldReader fields) => fields.Byte()));
        Assert.Equal("4 bytes cannot be in 3.", Refusal("010203", (ref FieldReader fields) => fields.UInt32()));
        Assert.Equal("3 elements cannot be in 2 bytes.", Refusal("030102", (ref FieldReader fields) => fields.Count()));
        Assert.Equal("3 elements cannot be in 2 bytes.", Refusal("034142", (ref FieldReader fields) => fields.Text()));
        Assert.Equal("a text is not UTF-8.", Refusal("01FF", (ref FieldReader fields) => fields.Text()));
        Assert.Equal("9223372036854775807 elements cannot be in 0 bytes.", Refusal("FFFFFFFFFFFFFFFF7F", (ref FieldReader fields) => fields.Bytes()));
        Assert.Equal("1 bytes are left.", Refusal("00", (ref FieldReader fields) =>
        {
            fields.End();
            return 0;
        }));
    }

    [Fact]
    public void Write_NaturalNumberBelowZero_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new FieldWriter(new ArrayBufferWriter<byte>()).NaturalNumber(-1));

    private static string Written(Action<FieldWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(new(output));
        return Convert.ToHexString(output.WrittenSpan);
    }

    private static string Refusal<T>(string hex, Reading<T> read) => Assert.Throws<FormatException>(() =>
    {
        var fields = new FieldReader(Convert.FromHexString(hex));
        read(ref fields);
    }).Message;

    private delegate T Reading<T>(ref FieldReader fields);
}
