using ActorCompute.Kinds.Primes;

namespace ActorCompute.Kinds.Tests.Primes;

public sealed class PrimesTestCodecTests
{
    [Theory]
    [InlineData(new ulong[0], "numbers.txt")]
    [InlineData(new[] { 97UL }, null)]
    [InlineData(new[] { 0UL, ulong.MaxValue }, "/a/\u00e4.txt")]
    public void Read_WhatWriteWrote_IsTheSame(ulong[] numbers, string? file)
    {
        var read = PrimesTestCodec.Instance.Read(PrimesTestCodec.Instance.ToBytes(new(numbers, file)));
        Assert.Equal(numbers, read.Numbers);
        Assert.Equal(file, read.File);
    }

    public static TheoryData<byte[]> Malformed =>
    [
        [],
        [0, 0, 0],
        [1, 0, 0, 0],
        [1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7],
        [0xFF, 0xFF, 0xFF, 0xFF],
        [0xFF, 0xFF, 0xFF, 0x7F, 1, 2, 3, 4, 5, 6, 7, 8],
        [0, 0, 0, 0, 0xC3],
    ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Read_Malformed_Throws(byte[] bytes) => Assert.Throws<FormatException>(() => PrimesTestCodec.Instance.Read(bytes));
}
