using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

public class SamFlagsTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("2308", 0x904)]
    [InlineData("0x904", 0x904)]
    [InlineData("0X904", 0x904)]
    [InlineData("04404", 0x904)]
    [InlineData("65535", 65535)]
    [InlineData("UNMAP,SECONDARY,SUPPLEMENTARY", 0x904)]
    [InlineData("unmap,Secondary", 0x104)]
    [InlineData("PAIRED,PROPER_PAIR,MUNMAP,REVERSE,MREVERSE,READ1,READ2,QCFAIL,DUP", 0x6FB)]
    [InlineData("DUP,0x100", 0x500)]
    public void Parse_NumberOrNames_GivesTheBits(string text, int expected) =>
        Assert.Equal(expected, SamFlags.Parse(text));

    [Fact]
    public void Names_InTheirOrder_AreTheBits()
    {
        for (var bit = 0; bit < SamFlags.Names.Count; bit++)
            Assert.Equal(1 << bit, SamFlags.Parse(SamFlags.Names[bit]));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("UNMAP,")]
    [InlineData("-1")]
    [InlineData("+4")]
    [InlineData("65536")]
    [InlineData("99999999999999999999")]
    [InlineData("0x")]
    [InlineData("0xG")]
    [InlineData("08")]
    [InlineData("12a")]
    [InlineData("1.5")]
    [InlineData("MAPPED?")]
    public void Parse_AnythingElse_SaysWhatWouldBeRight(string text) =>
        Assert.Contains(text.Split(',')[0], Assert.Throws<SamFlagsException>(() => SamFlags.Parse(text)).Message);

    [Theory]
    [InlineData("UNMAPED", "UNMAPED")]
    [InlineData("DUP,duplicate", "duplicate")]
    [InlineData("12a", null)]
    [InlineData("UNMAP,", null)]
    public void Parse_UnknownName_IsInTheError(string text, string? name) => Assert.Equal(name, Assert.Throws<SamFlagsException>(() => SamFlags.Parse(text)).UnknownName);
}
