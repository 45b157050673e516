using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

public class BaiBuilderTests
{
    [Fact]
    public void Add_NotSorted_Throws()
    {
        var builder = new BaiBuilder(2);
        builder.Add(1, 100, 110, true, Range(1));
        Assert.Throws<ArgumentException>(() => builder.Add(1, 99, 110, true, Range(2)));
        Assert.Throws<ArgumentException>(() => builder.Add(0, 200, 210, true, Range(2)));
        builder.Add(-1, -1, 0, false, Range(3));
        Assert.Throws<ArgumentException>(() => builder.Add(1, 200, 210, true, Range(4)));
    }

    [Fact]
    public void Add_BehindWhatBaiCanHold_Throws() =>
        Assert.Throws<ArgumentException>(() => new BaiBuilder(1).Add(0, 1 << 29, (1 << 29) + 1, true, Range(1)));

    private static VirtualRange Range(int block) => new(new VirtualOffset(block, 0), new VirtualOffset(block, 9));
}
