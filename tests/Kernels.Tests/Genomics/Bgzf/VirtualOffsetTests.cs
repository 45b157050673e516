using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

public class VirtualOffsetTests
{
    [Fact]
    public void Parts_OfALargeOffset_AreThoseItWasMadeOf()
    {
        var offset = new VirtualOffset(VirtualOffset.MaxBlockOffset, 65535);
        Assert.Equal((VirtualOffset.MaxBlockOffset, 65535), (offset.BlockOffset, offset.WithinBlock));
        Assert.Equal(VirtualOffset.End, offset);
        Assert.Equal("291:7", new VirtualOffset(291, 7).ToString());
        Assert.Equal(0x1230007ul, new VirtualOffset(0x123, 7).Value);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(VirtualOffset.MaxBlockOffset + 1, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 65536)]
    public void Constructor_PartThatDoesNotFit_Throws(long block, int within) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new VirtualOffset(block, within));

    [Fact]
    public void Order_IsThatOfTheData()
    {
        Assert.True(new VirtualOffset(5, 65535) < new VirtualOffset(6, 0));
        Assert.True(new VirtualOffset(5, 1) <= new VirtualOffset(5, 1));
        Assert.True(new VirtualOffset(1L << 47, 0) > new VirtualOffset(5, 1)); // the top bit is no sign
    }
}
