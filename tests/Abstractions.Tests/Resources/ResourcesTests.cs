namespace ActorCompute.Abstractions.Tests;

public sealed class ResourcesTests
{
    [Fact]
    public void Parse_CountsAndBytes_AreShownAsPeopleWriteThem()
    {
        var has = Resources.Parse("mem=64GiB", "gpu=2", "tape-drive=1024", "cache=512KiB", "disk=3TiB", "shm=1536MiB");
        Assert.Equal((2, 64L << 30, 1024, 512L << 10, 3L << 40), (has["gpu"], has["mem"], has["tape-drive"], has["cache"], has["disk"]));
        Assert.Equal("cache=524288 disk=3TiB gpu=2 mem=64GiB shm=1536MiB tape-drive=1024", has.ToString());
        Assert.Equal(has, Resources.Parse(has.ToString().Split(' ')));
    }

    [Theory]
    [InlineData("gpu", "'gpu' is not NAME=AMOUNT; give a whole number above 0, or bytes with KiB, MiB, GiB or TiB: gpu=2, mem=64GiB.")]
    [InlineData("=2", "'=2' is not NAME=AMOUNT")]
    [InlineData("gpu=", "'gpu=' is not NAME=AMOUNT")]
    [InlineData("gpu=0", "'gpu=0' is not NAME=AMOUNT")]
    [InlineData("gpu=-1", "'gpu=-1' is not NAME=AMOUNT")]
    [InlineData("gpu=1.5", "'gpu=1.5' is not NAME=AMOUNT")]
    [InlineData("gpu= 1", "'gpu= 1' is not NAME=AMOUNT")]
    [InlineData("mem=64GB", "'mem=64GB' is not NAME=AMOUNT")]
    [InlineData("mem=GiB", "'mem=GiB' is not NAME=AMOUNT")]
    [InlineData("mem=8388608TiB", "'mem=8388608TiB' is not NAME=AMOUNT")]
    [InlineData("mem=9223372036854775808", "'mem=9223372036854775808' is not NAME=AMOUNT")]
    [InlineData("GPU=1", "'GPU' is not the name of a resource; give 1 to 64 lower-case letters, digits and hyphens.")]
    [InlineData("g pu=1", "'g pu' is not the name of a resource")]
    public void Parse_NotAResource_SaysWhatToGive(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<InputException>(() => Resources.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_LargestAmount_IsKept() => Assert.Equal(long.MaxValue, Resources.Parse("a=9223372036854775807")["a"]);

    [Fact]
    public void Of_TwiceOrTooMany_IsRefused()
    {
        Assert.Equal("the resource gpu is given twice; give it once.", Assert.Throws<InputException>(() => Resources.Parse("gpu=1", "gpu=2")).Message);
        Assert.Equal("gpu=0: give 1 or more.", Assert.Throws<InputException>(() => Resources.Of(("gpu", 0))).Message);
        Assert.Equal(Resources.MaxNames, Resources.Of(Enumerable.Range(0, 16).Select(i => ($"r{i}", 1L))).Amounts.Count);
        Assert.Equal("more than 16 resources; give 16 at most.", Assert.Throws<InputException>(() => Resources.Of(Enumerable.Range(0, 17).Select(i => ($"r{i}", 1L)))).Message);
        Assert.Throws<InputException>(() => Resources.Of((new string('a', 65), 1)));
        Assert.Throws<InputException>(() => Resources.Of(("", 1)));
    }

    [Fact]
    public void Covers_AndTimes_GoByTheScarcest()
    {
        var has = Resources.Of(("gpu", 4), ("mem", 10));
        Assert.True(has.Covers(Resources.None));
        Assert.True(has.Covers(Resources.Of(("gpu", 4))));
        Assert.False(has.Covers(Resources.Of(("gpu", 5))));
        Assert.False(has.Covers(Resources.Of(("fpga", 1))));
        Assert.Equal(3, has.Times(Resources.Of(("gpu", 1), ("mem", 3))));
        Assert.Equal(0, has.Times(Resources.Of(("fpga", 1))));
        Assert.Equal(int.MaxValue, has.Times(Resources.None));
        Assert.Equal(int.MaxValue, Resources.Of(("mem", long.MaxValue)).Times(Resources.Of(("mem", 1))));
    }

    [Fact]
    public void Equals_SameAmountsInAnyOrder_AreEqual()
    {
        var (one, other) = (Resources.Of(("gpu", 1), ("mem", 2)), Resources.Of(("mem", 2), ("gpu", 1)));
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, Resources.Of(("gpu", 1)));
        Assert.NotEqual(one, Resources.Of(("gpu", 1), ("mem", 3)));
        Assert.Same(Resources.None, Resources.Parse());
    }
}
