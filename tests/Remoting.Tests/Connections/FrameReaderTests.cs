using ActorCompute.Remoting.Tests.Support;
using ActorCompute.Remoting.Transport;

namespace ActorCompute.Remoting.Tests.Connections;

public sealed class FrameReaderTests : IFrameSink
{
    private const int MaxFrame = 1_000_000;

    private static readonly byte[] Key = new byte[32];

    private readonly List<byte[]> _frames = [];
    private readonly ReceiveBudget _budget = new(10_000_000);
    private readonly ReceiveChunk _chunk = new(ReceiveChunk.SharedSize);

    void IFrameSink.OnFrame(ReadOnlyMemory<byte> payload) => _frames.Add(payload.ToArray());

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(4096, false)]
    [InlineData(1 << 20, false)]
    [InlineData(1, true)]
    [InlineData(4096, true)]
    [InlineData(1 << 20, true)]
    public void Take_FramesOfManySizesInPieces_GivesTheSameFrames(int piece, bool isSealed)
    {
        using var seal = isSealed ? new FrameSeal(Key) : null;
        int[] sizes = [1, 2, 200, 16_380, 16_384, 16_385, 65_531, 65_532, 65_536, 300_000, MaxFrame, 7];
        var expected = sizes.Select((size, number) => TestNode.Bytes(number, Math.Max(4, size))[..size]).ToList();
        using var reader = new FrameReader(MaxFrame, _budget, isSealed ? new(Key) : null);
        Assert.Null(Feed(reader, [.. expected.SelectMany(one => RawPeer.Frame(one, seal))], piece));

        Assert.Equal(expected.Count, _frames.Count);
        Assert.All(expected.Zip(_frames), pair => Assert.True(pair.First.AsSpan().SequenceEqual(pair.Second)));
        Assert.Equal(0, _budget.Used);
    }

    [Fact]
    public void Take_ABitOfAFrameOrItsSealChanged_IsAFaultAndNothingIsGiven()
    {
        using var seal = new FrameSeal(Key);
        var frame = RawPeer.Frame([1, 2, 3, 4, 5, 6, 7, 8, 9], seal);
        for (var bit = 8 * SendQueue.HeaderLength; bit < 8 * frame.Length; bit++)
        {
            var changed = frame.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            using var reader = new FrameReader(MaxFrame, _budget, new(Key));
            Assert.NotNull(Feed(reader, changed, changed.Length));
        }

        Assert.Empty(_frames);
    }

    [Theory]
    [InlineData("repeated", 0, 0)]
    [InlineData("left out", 1)]
    [InlineData("exchanged", 1, 0)]
    public void Take_FramesNotInTheirOrder_IsAFault(string what, params int[] order)
    {
        using var seal = new FrameSeal(Key);
        byte[][] frames = [RawPeer.Frame([1], seal), RawPeer.Frame([2], seal)];
        using var reader = new FrameReader(MaxFrame, _budget, new(Key));
        Assert.True(Feed(reader, [.. order.SelectMany(index => frames[index])], 1000) is not null, what);
        Assert.Equal(what == "repeated" ? 1 : 0, _frames.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(MaxFrame + 1)]
    [InlineData(int.MaxValue)]
    public void Take_LengthOutOfRange_IsAFault(int length) => Assert.NotNull(Feed(new FrameReader(MaxFrame, _budget), RawPeer.Length(length), 4));

    [Fact]
    public void Take_LargeFrameAnnounced_TakesMemoryForWhatArrivedOnly()
    {
        var budget = new ReceiveBudget(long.MaxValue);
        using var large = new FrameReader(int.MaxValue, budget);
        Assert.Null(Feed(large, [.. RawPeer.Length(1_000_000_000), .. new byte[100]], 1000));
        Assert.InRange(budget.Used, 1, 64 * 1024);
        Assert.Null(Feed(large, new byte[1_000_000], 10_000));
        Assert.InRange(budget.Used, 1_000_000, 4_100_000);
    }

    [Fact]
    public void Take_LargeFramesOverTheBoundOfAll_IsAFault()
    {
        var budget = new ReceiveBudget(100_000);
        using var first = new FrameReader(MaxFrame, budget);
        using var second = new FrameReader(MaxFrame, budget);
        Assert.Null(Feed(first, [.. RawPeer.Length(MaxFrame), .. new byte[100]], 1000));
        Assert.NotNull(Feed(second, [.. RawPeer.Length(MaxFrame), .. new byte[100]], 1000));
        first.Dispose();
        Assert.Equal(0, budget.Used);
    }

    private string? Feed(FrameReader reader, byte[] bytes, int piece)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var room = reader.Begin(_chunk);
            var count = Math.Min(Math.Min(piece, room.Length), bytes.Length - at);
            bytes.AsMemory(at, count).CopyTo(room);
            at += count;
            if (reader.Take(_chunk, count, this) is { } fault) return fault;
        }

        return null;
    }
}
