using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Tests.Bam;

/// <summary>What a person may have meant by a reference or a flag that is not there.</summary>
public sealed class SuggestionTests : TestFolder
{
    [Theory]
    [InlineData("chr29", "region 'chr29': there is no reference 'chr29'. Did you mean chr2 or chr9 or chr19?")]
    [InlineData("3", "region '3': there is no reference '3'. Did you mean chr3?")]
    [InlineData("CHR3:1-5", "region 'CHR3:1-5': there is no reference 'CHR3'. Did you mean chr3")]
    [InlineData("{chrx}", "region '{chrx}': there is no reference 'chrx'. Did you mean chrX")]
    [InlineData("crh7", "region 'crh7': there is no reference 'crh7'. Did you mean chr7?")]
    [InlineData("something else", "region 'something else': there is no reference 'something else'. The first of 25 is 'chr1'.")]
    [InlineData("chr1:0", "region 'chr1:0': positions count from 1; there is no 0.")]
    public void Region_OfNoReference_NamesTheNearOnes(string text, string expected)
    {
        var path = PathOf("x.bam");
        SyntheticBam.Write(path, 0);
        using var file = BamFile.Open(path);

        Assert.StartsWith($"{path}: {expected}", Assert.Throws<InputException>(() => RegionText.Parse(text, file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UNMAPED", "flags 'UNMAPED': there is no 'UNMAPED'. Did you mean UNMAP")]
    [InlineData("DUP,secondry", "flags 'DUP,secondry': there is no 'secondry'. Did you mean SECONDARY?")]
    [InlineData("duplicate", "flags 'duplicate': there is no 'duplicate'. Names: PAIRED,")]
    [InlineData("08", "flags '08': not a number from 0 to 65535")]
    public void Flags_OfNoName_NameTheNearOnes(string text, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<InputException>(() => FilterText.Flags(new ParameterValues().Add("flags", text), "flags")).Message, StringComparison.Ordinal);
}
