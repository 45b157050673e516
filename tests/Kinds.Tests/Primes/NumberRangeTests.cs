using ActorCompute.Kinds.Primes;
using FsCheck;
using FsCheck.Fluent;

namespace ActorCompute.Kinds.Tests.Primes;

public sealed class NumberRangeTests
{
    private const ulong Top = ulong.MaxValue;

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0, 9, 10)]
    [InlineData(0, 10, 10)]
    [InlineData(5, 24, 10)]
    [InlineData(Top, Top, 1)]
    [InlineData(Top, Top, Top)]
    [InlineData(Top - 9, Top, 10)]
    [InlineData(Top - 10, Top, 10)]
    [InlineData(Top - 10, Top, 3)]
    [InlineData(0, Top, Top)]
    [InlineData(0, Top, 1UL << 60)]
    [InlineData(1, Top, Top)]
    public void Split_Edges_CoverTheRangeWithoutGapOrOverlap(ulong from, ulong to, ulong length) => Assert.True(IsCovered(new(from, to), length));

    [Fact]
    public void Split_AnyRange_CoversItWithoutGapOrOverlap() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, 5000)), Arb.From(Gen.Choose(0, 5000)), Arb.From(Gen.Choose(1, 600)), (start, size, length) =>
            IsCovered(new((ulong)start, (ulong)(start + size)), (ulong)length)
            && IsCovered(new(Top - (ulong)(start + size), Top - (ulong)start), (ulong)length)).Check(PropertyRuns.Of(200));

    [Fact]
    public void Codec_Range_ComesBack()
    {
        var range = new NumberRange(1, Top);
        var bytes = NumberRangeCodec.Instance.ToBytes(range);
        Assert.Equal(16, bytes.Length);
        Assert.Equal(range, NumberRangeCodec.Instance.Read(bytes));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    public void Codec_OtherLengths_AreRefused(int length) => Assert.Throws<FormatException>(() => NumberRangeCodec.Instance.Read(new byte[length]));

    [Fact]
    public void Codec_EmptyRange_IsRefused() => Assert.Throws<FormatException>(() => NumberRangeCodec.Instance.Read(NumberRangeCodec.Instance.ToBytes(new(2, 1))));

    [Theory]
    [InlineData("10", "9", "is empty")]
    [InlineData("-1", "9", "negative")]
    [InlineData("0", "2^64", "2^64")]
    [InlineData("one", "9", "'one'")]
    [InlineData("1", "", "''")]
    public void Read_NoRange_IsBadInput(string from, string to, string says) =>
        Assert.Contains(says, Assert.Throws<InputException>(() => NumberRange.Read(new ParameterValues().Add("from", from).Add("to", to))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_NumbersAsPeopleWriteThem_AreTaken() =>
        Assert.Equal(new(10_000_000_000, Top), NumberRange.Read(new ParameterValues().Add("from", "1e10").Add("to", "2^64-1")));

    private static bool IsCovered(NumberRange range, ulong length)
    {
        var (next, pieces, last) = (range.From, 0L, default(NumberRange));
        foreach (var piece in range.Split(length))
        {
            if (piece.From != next || piece.To < piece.From || piece.To > range.To || piece.To - piece.From >= length) return false;
            pieces++;
            last = piece;
            next = unchecked(piece.To + 1);
        }

        return last.To == range.To && pieces == range.PiecesOf(length);
    }
}
