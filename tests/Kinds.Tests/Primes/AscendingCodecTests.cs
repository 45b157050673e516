using ActorCompute.Kinds.Primes;
using FsCheck;
using FsCheck.Fluent;

namespace ActorCompute.Kinds.Tests.Primes;

public sealed class AscendingCodecTests
{
    [Fact]
    public void Write_Numbers_AreDifferencesOfSevenBitsAByte() =>
        // 2, then +1, +2, +2, then +123 (one byte) and +128 (two).
        Assert.Equal([2, 1, 2, 2, 123, 0x80, 1], AscendingCodec.Instance.ToBytes([2, 3, 5, 7, 130, 258]));

    [Fact]
    public void Read_AnyAscendingNumbers_ComeBack() =>
        Prop.ForAll(Arb.From(Gen.ListOf(Gen.Zip(Gen.Choose(0, 63), Gen.Choose(0, int.MaxValue), (shift, low) => (1UL << shift) + (ulong)low))), numbers =>
        {
            ulong[] ascending = [.. numbers.Distinct().Order()];
            return AscendingCodec.Instance.Read(AscendingCodec.Instance.ToBytes(ascending)).SequenceEqual(ascending);
        }).Check(PropertyRuns.Of(200));

    [Theory]
    [InlineData(new ulong[0])]
    [InlineData(new[] { 0UL })]
    [InlineData(new[] { 0UL, 1UL, ulong.MaxValue })]
    [InlineData(new[] { ulong.MaxValue })]
    public void Read_Edges_ComeBack(ulong[] numbers) => Assert.Equal(numbers, AscendingCodec.Instance.Read(AscendingCodec.Instance.ToBytes(numbers)));

    public static TheoryData<byte[]> Malformed =>
    [
        [0x80],
        [1, 0xFF, 0xFF],
        [1, 0],
        // 2^64-1, and one more.
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 1],
        // 65 bits.
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2],
        [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1],
    ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Read_OtherBytes_AreRefused(byte[] bytes) => Assert.Throws<FormatException>(() => AscendingCodec.Instance.Read(bytes));

    [Fact]
    public void Read_AnyBytes_AreAscendingNumbersOrRefused() =>
        Prop.ForAll(Arb.Array(Arb.From(Gen.Choose(0, 255).Select(value => (byte)value))), bytes =>
        {
            try
            {
                var numbers = AscendingCodec.Instance.Read(bytes);
                return numbers.Zip(numbers.Skip(1)).All(pair => pair.First < pair.Second) && numbers.Count <= bytes.Length;
            }
            catch (FormatException)
            {
                return true;
            }
        }).Check(PropertyRuns.Of(500));
}
