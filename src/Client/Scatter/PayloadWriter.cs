using System.Buffers;

namespace ActorCompute.Client.Scatter;

/// <summary>
/// Encodes many small payloads one behind the other into shared blocks, an allocation for thousands of them. A block lives
/// as long as any payload in it.
/// </summary>
internal sealed class PayloadWriter : IBufferWriter<byte>
{
    // Below the size from which arrays live in the large object heap.
    private const int BlockBytes = 1 << 16;

    private byte[] _block = [];
    private int _begin;
    private int _end;

    /// <summary>Encodes one value.</summary>
    public ReadOnlyMemory<byte> Write<T>(ICodec<T> codec, T value)
    {
        _begin = _end;
        codec.Write(value, this);
        return _block.AsMemory(_begin, _end - _begin);
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _block.Length - _end);
        _end += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var needed = Math.Max(sizeHint, 16);
        if (_block.Length - _end < needed) Grow(needed);
        return _block.AsMemory(_end);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>A new block, which begins with what is written of the payload at hand.</summary>
    private void Grow(int needed)
    {
        var written = _end - _begin;
        // A payload that outgrows a block doubles, as any buffer does.
        var block = new byte[Math.Max(BlockBytes, Math.Max(2 * written, written + needed))];
        _block.AsSpan(_begin, written).CopyTo(block);
        (_block, _begin, _end) = (block, 0, written);
    }
}
