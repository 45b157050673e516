using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

public sealed class RegionParserTests : TestFolder
{
    private const long Open = Region.OpenEnd;

    private readonly BamFile _bam;

    public RegionParserTests() => _bam = BamFile.Open(Write("x.bam", TestBam.Compress(TestBam.Header(("chr1", 1000),
        ("chr1:100", 1000), ("chr1:100-200", 1000), ("chr2:100-200", 1000), ("chr3", 1000), ("chr1,chr3", 1000),
        ("chrX", 1000), ("HLA-A*01:01", 1000), ("*odd", 1000)))));

    private BamHeader Header => _bam.Header;

    [Theory]
    [InlineData("chr3", "chr3", 1, Open)]
    [InlineData("chr3:", "chr3", 1, Open)]
    [InlineData("chr3:500", "chr3", 500, Open)]
    [InlineData("chr3:500-", "chr3", 500, Open)]
    [InlineData("chr3:-500", "chr3", 1, 500)]
    [InlineData("chr3:100-200", "chr3", 100, 200)]
    [InlineData("chr3:7-7", "chr3", 7, 7)]
    [InlineData("chr3:1,000-2,000", "chr3", 1000, 2000)]
    [InlineData("chr3:1k-1.5M", "chr3", 1000, 1_500_000)]
    [InlineData("chr3:1e3-25E+2", "chr3", 1000, 2500)]
    [InlineData("chr3:15e-1", "chr3", 1, Open)]
    [InlineData("chr3:5000-6000", "chr3", 5000, 6000)] // behind the end of the reference
    [InlineData("chr3:600000000-3000000000", "chr3", 600_000_000, 3_000_000_000)]
    [InlineData("chr1,chr3", "chr1,chr3", 1, Open)]
    [InlineData("chr1,chr3:5-6", "chr1,chr3", 5, 6)]
    [InlineData("chr2:100-200", "chr2:100-200", 1, Open)] // there is no chr2
    [InlineData("chr2:100-200:5-6", "chr2:100-200", 5, 6)]
    [InlineData("chr1:5-6", "chr1", 5, 6)]
    [InlineData("{chr1:100-200}", "chr1:100-200", 1, Open)]
    [InlineData("{chr1}:100-200", "chr1", 100, 200)]
    [InlineData("{chr1:100}:5", "chr1:100", 5, Open)]
    [InlineData("{chr1:100}-200", null, 0, 0)]
    [InlineData("HLA-A*01:01", "HLA-A*01:01", 1, Open)]
    [InlineData("HLA-A*01:01:10-20", "HLA-A*01:01", 10, 20)]
    [InlineData("*odd", "*odd", 1, Open)]
    public void Parse_AsSamtoolsTakesIt_GivesTheRegion(string text, string? name, long first, long last)
    {
        if (name is null)
        {
            Assert.Throws<RegionException>(() => RegionParser.Parse(text, Header));
            return;
        }

        var region = RegionParser.Parse(text, Header);
        Assert.Equal((name, first, last), (region.Reference?.Name, region.First, region.Last));
    }

    [Fact]
    public void Parse_Star_IsTheUnplacedReads()
    {
        Assert.True(RegionParser.Parse("*", Header).IsUnplaced);
        Assert.Equal("*", Region.Unplaced.ToString());
    }

    [Theory]
    [InlineData("chr3:-500", "chr3:1-500")]
    [InlineData("chr3:5,000", "chr3:5000")]
    [InlineData("chr2:100-200", "{chr2:100-200}")]
    [InlineData("chr2:100-200:5-6", "{chr2:100-200}:5-6")]
    [InlineData("HLA-A*01:01", "{HLA-A*01:01}")]
    public void ToString_OfARegion_IsAsPeopleWriteIt(string text, string expected)
    {
        var region = RegionParser.Parse(text, Header);
        Assert.Equal(expected, region.ToString());
        Assert.Equal(region, RegionParser.Parse(expected, Header));
    }

    [Theory]
    [InlineData("chr1:100", "{chr1:100}", "{chr1}:100")]
    [InlineData("chr1:100-200", "{chr1:100-200}", "{chr1}:100-200")]
    public void Parse_WholeNameOrNameAndRange_NamesBothReadings(string text, string whole, string range)
    {
        var error = Assert.Throws<RegionException>(() => RegionParser.Parse(text, Header));
        Assert.Equal(RegionError.Ambiguous, error.Error);
        Assert.Contains(whole, error.Message);
        Assert.Contains(range, error.Message);
    }

    [Theory]
    [InlineData("chr4", "chr4")]
    [InlineData("CHR3:1-5", "CHR3")]
    [InlineData("{chrY}", "chrY")]
    [InlineData("something else", "something else")]
    [InlineData("", "")]
    public void Parse_UnknownName_IsInTheErrorWithOneThatIsThere(string text, string name)
    {
        var error = Assert.Throws<RegionException>(() => RegionParser.Parse(text, Header));
        Assert.Equal((RegionError.UnknownReference, name), (error.Error, error.UnknownName));
        Assert.Contains($"there is no reference '{name}'. The first of 9 is 'chr1'", error.Message);
    }

    [Theory]
    [InlineData("chr3:0", RegionError.BadRange)]
    [InlineData("chr3:0-5", RegionError.BadRange)]
    [InlineData("chr3:5-0", RegionError.BadRange)]
    [InlineData("chr3:-0", RegionError.BadRange)]
    [InlineData("chr3:0.5", RegionError.BadRange)]
    [InlineData("chr3:200-100", RegionError.BadRange)]
    [InlineData("chr3:-100-200", RegionError.BadRange)]
    [InlineData("chr3:100--200", RegionError.BadRange)]
    [InlineData("chr3:99999999999999999999", RegionError.BadRange)]
    [InlineData("chr3:1e999999999", RegionError.BadRange)]
    [InlineData("chr3:1-1e40", RegionError.BadRange)]
    [InlineData("chr3:a", RegionError.BadSyntax)]
    [InlineData("chr3:-", RegionError.BadSyntax)]
    [InlineData("chr3:10-20-30", RegionError.BadSyntax)]
    [InlineData("chr3:10-20x", RegionError.BadSyntax)]
    [InlineData("chr3:10..20", RegionError.BadSyntax)]
    [InlineData("chr3:10 20", RegionError.BadSyntax)]
    [InlineData("{chr3:10-20", RegionError.BadSyntax)]
    [InlineData("{chr3}10-20", RegionError.BadSyntax)]
    public void Parse_WrongRange_IsToldApart(string text, RegionError expected)
    {
        var error = Assert.Throws<RegionException>(() => RegionParser.Parse(text, Header));
        Assert.Equal((expected, text, null), (error.Error, error.Region, error.UnknownName));
    }

    [Fact]
    public void Parse_FileWithoutReferences_SaysSo()
    {
        using var bam = BamFile.Open(Write("none.bam", TestBam.Compress(TestBam.HeaderWithText(""))));
        var error = Assert.Throws<RegionException>(() => RegionParser.Parse("chr1", bam.Header));
        Assert.Contains("no references", error.Message);
    }

    [Fact]
    public void Parse_RandomText_NeverFailsOtherwise()
    {
        var random = new Random(11);
        for (var round = 0; round < 50_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "chr13:-,{}*.ekMG0"[random.Next(17)]));
            try
            {
                var region = RegionParser.Parse("chr3:" + text, Header);
                Assert.InRange(region.First, 1, region.Last);
            }
            catch (RegionException)
            {
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        _bam.Dispose();
        base.Dispose(disposing);
    }
}
