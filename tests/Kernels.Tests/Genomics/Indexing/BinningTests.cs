using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

public class BinningTests
{
    [Theory]
    [InlineData(0, 1, 4681)]
    [InlineData(16383, 16384, 4681)]
    [InlineData(16384, 16385, 4682)]
    [InlineData(16383, 16385, 585)]
    [InlineData((1 << 29) - 1, 1 << 29, 37448)]
    [InlineData(0, 1 << 29, 0)]
    [InlineData((1 << 26) - 1, (1 << 26) + 1, 0)]
    [InlineData(1 << 26, (1 << 26) + (1 << 24), 2)]
    public void BinOf_InBai_IsThatOfTheSpecification(long begin, long end, uint expected) =>
        Assert.Equal(expected, Binning.Bai.BinOf(begin, end));

    [Fact]
    public void Bai_ItsNumbers_AreThoseOfTheSpecification()
    {
        Assert.Equal(37449u, Binning.Bai.BinCount);
        Assert.Equal(37450u, Binning.Bai.MetadataBin);
        Assert.Equal(1L << 29, Binning.Bai.MaxPosition);
        Assert.Equal([0u, 1u, 9u, 73u, 585u, 4681u], Enumerable.Range(0, 6).Select(Binning.FirstBin));
    }

    [Fact]
    public void BinOf_AtTheLargestDepth_FitsAndHoldsTheInterval()
    {
        var binning = new Binning(31, Binning.MaxDepth);
        Assert.Equal(binning.BinCount - 1, binning.BinOf(binning.MaxPosition - 1, binning.MaxPosition));
        Assert.Equal(0u, binning.BinOf(0, binning.MaxPosition));
    }
}
