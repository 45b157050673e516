using System.IO.Compression;
using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

/// <summary>Each library against an inflate that is written as the RFC reads: the same bytes, or no bytes.</summary>
public sealed class InflateFuzzTests : IDisposable
{
    private readonly List<(string Library, IInflater Inflater)> _inflaters =
    [
        .. Inflaters.Available.Select(library => (library.Name, library.CreateInflater())),
        ("stream", SystemInflaterProvider.CreateStreamInflater()),
    ];

    [Fact]
    public void Inflate_StreamsSoundAndDamaged_GivesWhatThePlainOneGives() => Fuzz.Run(1500, random =>
    {
        var content = Content(random);
        var deflated = Deflate(random, content);
        for (var flips = random.Next(4); flips > 0; flips--) deflated[random.Next(deflated.Length)] ^= (byte)(1 << random.Next(8));
        if (random.Next(8) == 0) deflated = deflated[..random.Next(2, deflated.Length + 1)];

        // With a footer that is right, whatever the stream has become: nothing but the stream itself is in question.
        var plain = PlainInflate.Inflate(deflated, BgzfBlockHeader.MaxInflatedSize);
        var said = plain ?? content;
        var block = TestBam.Block(deflated, TestBam.Crc32(said), (uint)said.Length);
        Assert.Equal(BgzfHeaderStatus.Ok, BgzfBlockHeader.Parse(block, out var header));
        foreach (var (library, inflater) in _inflaters)
        {
            var actual = new byte[said.Length];
            var outcome = inflater.Inflate(header.MemberOf(block), actual);
            if (plain is not null) Assert.Equal((library, InflateOutcome.Ok), (library, outcome));
            // The plain one is the stricter: what it refuses may pass, if the bytes are those that the footer is of.
            if (outcome == InflateOutcome.Ok) Assert.Equal(said, actual);
        }
    });

    [Fact]
    public void Inflate_FooterDamaged_IsNeverOk() => Fuzz.Run(300, random =>
    {
        var content = Content(random);
        var block = TestBam.Block(Deflate(random, content), TestBam.Crc32(content), (uint)content.Length);
        block[^random.Next(1, 9)] ^= (byte)(1 << random.Next(8));
        Assert.Equal(BgzfHeaderStatus.Ok, BgzfBlockHeader.Parse(block, out var header));
        var size = header.MemberOf(block).InflatedSize;
        if (size > BgzfBlockHeader.MaxInflatedSize) return; // the block reader asks no library for these
        foreach (var (library, inflater) in _inflaters)
        {
            Assert.NotEqual((library, InflateOutcome.Ok), (library, inflater.Inflate(header.MemberOf(block), new byte[size])));
            // And the block after a bad one is read as if nothing had been.
            var next = TestBam.Block(content);
            Assert.Equal(BgzfHeaderStatus.Ok, BgzfBlockHeader.Parse(next, out var nextHeader));
            var actual = new byte[content.Length];
            Assert.Equal((library, InflateOutcome.Ok), (library, inflater.Inflate(nextHeader.MemberOf(next), actual)));
            Assert.Equal(content, actual);
        }
    });

    public void Dispose() => _inflaters.ForEach(inflater => inflater.Inflater.Dispose());

    // Noise, runs, and what repeats near and far.
    private static byte[] Content(Random random)
    {
        var content = new byte[random.Next(3) == 0 ? random.Next(20) : random.Next(3000)];
        var letters = random.Next(1, 257);
        for (var i = 0; i < content.Length; i++)
            content[i] = i > 0 && random.Next(4) > 0 ? content[random.Next(2) == 0 ? i - 1 : random.Next(i)] : (byte)random.Next(letters);
        return content;
    }

    private static byte[] Deflate(Random random, byte[] content)
    {
        if (random.Next(2) == 0)
        {
            var library = Inflaters.Available[random.Next(Inflaters.Available.Count)];
            using var deflater = library.CreateDeflater(random.Next(1, 10));
            var room = new byte[content.Length + 1000];
            return room[..deflater.Deflate(content, room)] is { Length: >= 2 } some ? some : [3, 0];
        }

        CompressionLevel[] levels = [CompressionLevel.NoCompression, CompressionLevel.Fastest, CompressionLevel.SmallestSize];
        using var deflated = new MemoryStream();
        using (var stream = new DeflateStream(deflated, levels[random.Next(levels.Length)], leaveOpen: true))
        {
            stream.Write(content);
            if (random.Next(4) == 0) stream.Flush();
        }

        return deflated.Length < 2 ? [3, 0] : deflated.ToArray();
    }
}
