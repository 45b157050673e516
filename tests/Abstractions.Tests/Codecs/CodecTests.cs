namespace ActorCompute.Abstractions.Tests.Codecs;

public sealed class CodecTests
{
    public sealed record Sample(string Name, IReadOnlyList<long> Numbers, double Ratio, string? Note = null);

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Boolean_Value_IsOneByte(bool value, byte expected)
    {
        Assert.Equal([expected], BooleanCodec.Instance.ToBytes(value));
        Assert.Equal(value, BooleanCodec.Instance.Read([expected]));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 2 })]
    [InlineData(new byte[] { 1, 0 })]
    public void Boolean_OtherBytes_AreRefused(byte[] bytes) => Assert.Throws<FormatException>(() => BooleanCodec.Instance.Read(bytes));

    [Theory]
    [InlineData(0UL)]
    [InlineData(0x0102030405060708UL)]
    [InlineData(ulong.MaxValue)]
    public void UInt64_Value_IsEightBytesLittleEndian(ulong value)
    {
        var bytes = UInt64Codec.Instance.ToBytes(value);
        Assert.Equal(8, bytes.Length);
        Assert.Equal((byte)value, bytes[0]);
        Assert.Equal(value, UInt64Codec.Instance.Read(bytes));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(9)]
    public void UInt64_OtherLengths_AreRefused(int length) => Assert.Throws<FormatException>(() => UInt64Codec.Instance.Read(new byte[length]));

    [Fact]
    public void Json_Record_ComesBack()
    {
        var sample = new Sample("\u00e4 \"quoted\"", [long.MinValue, 0, long.MaxValue], 0.1, null);
        var read = JsonCodec<Sample>.Instance.Read(JsonCodec<Sample>.Instance.ToBytes(sample));
        Assert.Equal(sample with { Numbers = read.Numbers }, read);
        Assert.Equal(sample.Numbers, read.Numbers);
    }

    [Fact]
    public void Json_ValuesThatTheSerializerWouldChange_ComeBackOrAreRefused()
    {
        var sent = (1, System.Numerics.BigInteger.Pow(7, 100), new Stack<int>([1, 2, 3]));
        var read = JsonCodec<(int, System.Numerics.BigInteger, Stack<int>)>.Instance.Read(JsonCodec<(int, System.Numerics.BigInteger, Stack<int>)>.Instance.ToBytes(sent));
        Assert.Equal((sent.Item1, sent.Item2), (read.Item1, read.Item2));
        Assert.Equal(sent.Item3, read.Item3);
        var error = Assert.Throws<InputException>(() => JsonCodec<Values.Animal>.Instance.ToBytes(new Values.Dog()));
        Assert.Contains("a Dog stands where Animal is declared", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"Name\":")]
    [InlineData("{\"Name\":7,\"Numbers\":[],\"Ratio\":1}")]
    [InlineData("{\"Name\":\"a\",\"Numbers\":[],\"Ratio\":1} trailing")]
    // Whoever reads a value relies on its type: what may not be null is there.
    [InlineData("{}")]
    [InlineData("{\"Numbers\":[],\"Ratio\":1}")]
    [InlineData("{\"Name\":null,\"Numbers\":[],\"Ratio\":1}")]
    [InlineData("{\"Name\":\"a\",\"Numbers\":null,\"Ratio\":1}")]
    public void Json_OtherBytes_AreRefused(string text) =>
        Assert.Throws<FormatException>(() => JsonCodec<Sample>.Instance.Read(System.Text.Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Json_OptionalPartsMissing_HaveTheirDefaults() =>
        Assert.Null(JsonCodec<Sample>.Instance.Read("{\"Name\":\"a\",\"Numbers\":[],\"Ratio\":1}"u8).Note);

    [Fact]
    public void Json_NestedBeyondReason_IsRefused() =>
        Assert.Throws<FormatException>(() => JsonCodec<Sample>.Instance.Read(Enumerable.Repeat((byte)'[', 1_000_000).ToArray()));
}
