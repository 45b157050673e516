using System.Text;
using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

public class InflaterTests
{
    public static TheoryData<string> Names => [.. Inflaters.Available.Select(p => p.Name)];

    [Fact]
    public void Available_AnyMachine_EndsWithTheSystemsOwn() =>
        Assert.Equal("System.IO.Compression", Inflaters.Available[^1].Name);

    [Fact]
    public void Named_EachOfThem_IsFoundInAnyCase() =>
        Assert.All(Inflaters.Available, library => Assert.Same(library, Inflaters.Named(library.Name.ToUpperInvariant())));

    [Fact]
    public void Named_NotHere_SaysWhatIs()
    {
        var message = Assert.Throws<NotSupportedException>(() => Inflaters.Named("gzip")).Message;
        Assert.Contains($"{Inflaters.Variable}=gzip", message, StringComparison.Ordinal);
        Assert.Contains("System.IO.Compression", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Default_ForPeople_HasNameAndVersion()
    {
        Assert.NotEmpty(Inflaters.Default.Name);
        Assert.NotEmpty(Inflaters.Default.Version);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Crc32_KnownAnswers_AreGiven(string name)
    {
        var provider = Provider(name);
        Assert.Equal(0u, provider.Crc32([]));
        Assert.Equal(0xE8B7BE43, provider.Crc32("a"u8));
        Assert.Equal(0xCBF43926, provider.Crc32("123456789"u8));
        Assert.Equal(0x414FA339u, provider.Crc32("The quick brown fox jumps over the lazy dog"u8));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Crc32_EveryLengthAndAlignment_IsThatOfTheDefinition(string name)
    {
        var bytes = new byte[200];
        new Random(1).NextBytes(bytes);
        for (var start = 0; start < 16; start++)
        {
            for (var length = 0; length < 150; length++)
            {
                var part = bytes.AsSpan(start, length);
                Assert.Equal(TestBam.Crc32(part), Provider(name).Crc32(part));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Inflate_ManyBlocksInTurn_GivesTheirContent(string name)
    {
        using var inflater = Provider(name).CreateInflater();
        foreach (var size in new[] { 1, 65536, 0, 17, 0, 0, 65280, 100 })
        {
            var content = new byte[size];
            new Random(size).NextBytes(content.AsSpan(0, size / 2));
            Assert.Equal(InflateOutcome.Ok, Inflate(inflater, TestBam.Block(content), out var result));
            Assert.Equal(content, result);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Inflate_DamagedBlocks_AreToldAndSpoilNothing(string name)
    {
        using var inflater = Provider(name).CreateInflater();
        var content = Encoding.ASCII.GetBytes("some content, some content");
        var deflated = TestBam.Block(content)[18..^8];
        var crc = TestBam.Crc32(content);
        var length = (uint)content.Length;

        Expect(InflateOutcome.BadData, TestBam.Block([0xFF, 0xFF, 0xFF], crc, length));
        Expect(InflateOutcome.CrcMismatch, TestBam.Block(deflated, crc ^ 1, length));
        Expect(InflateOutcome.SizeMismatch, TestBam.Block(deflated, crc, length + 1));
        Expect(InflateOutcome.SizeMismatch, TestBam.Block(deflated, crc, length - 1));
        Expect(InflateOutcome.SizeMismatch, TestBam.Block(deflated, crc, 0));

        void Expect(InflateOutcome expected, byte[] block)
        {
            Assert.Equal(expected, Inflate(inflater, block, out _));
            Assert.Equal(InflateOutcome.Ok, Inflate(inflater, TestBam.Block(content), out var result));
            Assert.Equal(content, result);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Inflate_CutOffData_IsRefused(string name)
    {
        using var inflater = Provider(name).CreateInflater();
        var content = Enumerable.Range(0, 5000).Select(i => (byte)(i * i >> 3)).ToArray();
        var deflated = TestBam.Block(content)[18..^8];
        for (var kept = 2; kept < deflated.Length; kept += 37)
        {
            var block = TestBam.Block(deflated[..kept], TestBam.Crc32(content), (uint)content.Length);
            Assert.NotEqual(InflateOutcome.Ok, Inflate(inflater, block, out _));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Inflate_BytesBehindTheDeflatedData_DoNotSpoilTheNextBlock(string name)
    {
        using var inflater = Provider(name).CreateInflater();
        var content = "content"u8.ToArray();
        var (crc, length) = (TestBam.Crc32(content), (uint)content.Length);
        byte[] surplus = [.. TestBam.Block(content)[18..], 9, 9, 9];

        Inflate(inflater, TestBam.Block(surplus, crc, length), out _);

        Assert.Equal(InflateOutcome.Ok, Inflate(inflater, TestBam.Block(content), out var result));
        Assert.Equal(content, result);
    }

    private static InflaterProvider Provider(string name) => Inflaters.Available.Single(p => p.Name == name);

    private static InflateOutcome Inflate(IInflater inflater, byte[] block, out byte[] content)
    {
        Assert.Equal(BgzfHeaderStatus.Ok, BgzfBlockHeader.Parse(block, out var header));
        content = new byte[header.MemberOf(block).InflatedSize];
        return inflater.Inflate(header.MemberOf(block), content);
    }
}
