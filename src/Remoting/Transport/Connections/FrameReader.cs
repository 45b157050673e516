using System.Buffers.Binary;

namespace ActorCompute.Remoting.Transport;

/// <summary>
/// Cuts frames (4 bytes of length, big end first, then the payload) out of a stream of bytes. Memory is taken for what has arrived,
/// never for what a length announces: a frame too large for a chunk gets room as it grows, at most four times what is there. Where
/// there are seals, each frame is followed by its own, and nothing is given on whose seal is wrong.
/// </summary>
internal sealed class FrameReader(int maxFrame, ReceiveBudget budget, FrameSeal? seal = null) : IDisposable
{
    // Shorter ones are carried over to the next chunk.
    private const int LargeFrame = ReceiveChunk.SharedSize / 4;
    private const int GrowthFactor = 4;

    private const string Changed = "a frame was changed, repeated or lost on the way";

    private readonly int _tagLength = seal is null ? 0 : FrameSeal.TagLength;
    private byte[] _carried = [];
    private int _carriedLength;
    private byte[]? _large;
    private int _largeLength;
    private int _largeTotal;

    /// <summary>Where the next bytes go.</summary>
    public Memory<byte> Begin(ReceiveChunk chunk) =>
        _large is null ? chunk.Begin(_carried.AsSpan(0, _carriedLength)) : _large.AsMemory(_largeLength);

    /// <summary>Takes bytes that were put there.</summary>
    /// <returns>What is wrong with them, or null.</returns>
    public string? Take(ReceiveChunk chunk, int count, IFrameSink sink)
    {
        if (_large is not null) return TakeLarge(count, sink);
        var rest = chunk.Take(_carriedLength + count);
        _carriedLength = 0;
        while (rest.Length >= SendQueue.HeaderLength)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest.Span);
            if (length <= 0 || length > maxFrame) return $"a frame of {(uint)length} bytes, the limit is {maxFrame}";
            var whole = length + _tagLength;
            if (rest.Length - SendQueue.HeaderLength < whole)
            {
                if (whole <= LargeFrame) break;
                return BeginLarge(whole, rest[SendQueue.HeaderLength..]);
            }

            if (!Give(rest.Slice(SendQueue.HeaderLength, whole), sink)) return Changed;
            rest = rest[(SendQueue.HeaderLength + whole)..];
        }

        Carry(rest.Span);
        return null;
    }

    /// <summary>Gives back what an incomplete frame holds.</summary>
    public void Dispose()
    {
        Release();
        seal?.Dispose();
    }

    private void Release()
    {
        if (_large is not null) budget.Return(_large.Length);
        _large = null;
    }

    private bool Give(ReadOnlyMemory<byte> whole, IFrameSink sink)
    {
        var payload = whole[..^_tagLength];
        if (seal is not null && !seal.Check(payload.Span, whole.Span[payload.Length..])) return false;
        sink.OnFrame(payload);
        return true;
    }

    private void Carry(ReadOnlySpan<byte> rest)
    {
        if (_carried.Length < rest.Length || rest.IsEmpty) _carried = rest.IsEmpty ? [] : new byte[rest.Length];
        rest.CopyTo(_carried);
        _carriedLength = rest.Length;
    }

    private string? BeginLarge(int total, ReadOnlyMemory<byte> arrived)
    {
        _largeTotal = total;
        _largeLength = arrived.Length;
        return Resize(arrived.Span);
    }

    private string? TakeLarge(int count, IFrameSink sink)
    {
        _largeLength += count;
        if (_largeLength < _large!.Length) return null;
        if (_largeLength < _largeTotal) return Resize(_large);
        var whole = _large;
        Release();
        return Give(whole, sink) ? null : Changed;
    }

    private string? Resize(ReadOnlySpan<byte> arrived)
    {
        var size = (int)Math.Min(_largeTotal, Math.Max(ReceiveChunk.SharedSize, (long)arrived.Length * GrowthFactor));
        if (!budget.TryTake(size)) return "incomplete large frames of all peers together are over their bound";
        var larger = GC.AllocateUninitializedArray<byte>(size);
        arrived.CopyTo(larger);
        Release();
        _large = larger;
        return null;
    }
}
