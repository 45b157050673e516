using System.Buffers.Binary;
using Google.Protobuf;

namespace ActorCompute.Hosting.Transport;

/// <summary>Frames that wait to be sent, read as one stream of bytes: each frame's length, 4 bytes, big end first, then its payload.</summary>
/// <remarks>A frame stays until its last byte is sent. Not synchronized.</remarks>
internal sealed class SendQueue
{
    public const int HeaderLength = 4;

    // What a small frame costs beside its bytes, so that the bound holds for many of them too.
    private const int Overhead = 100;

    private ByteString[] _ring = new ByteString[16];
    private int _head;
    private int _count;

    // Bytes of the first frame, header included, that are sent.
    private int _sent;

    public bool IsEmpty => _count == 0;

    /// <summary>What a frame takes of a bound.</summary>
    public static int CostOf(ByteString payload) => payload.Length + Overhead;

    public void Add(ByteString payload)
    {
        if (_count == _ring.Length) Grow();
        _ring[(_head + _count++) & (_ring.Length - 1)] = payload;
    }

    /// <summary>The next bytes to send: small frames together in the scratch, a long rest of a large one as it lies.</summary>
    public ReadOnlySpan<byte> Peek(Span<byte> scratch)
    {
        var first = _ring[_head];
        if (_sent >= HeaderLength && first.Length + HeaderLength - _sent >= scratch.Length) return first.Span[(_sent - HeaderLength)..];

        var filled = 0;
        var skip = _sent;
        Span<byte> header = stackalloc byte[HeaderLength];
        for (var i = 0; i < _count && filled < scratch.Length; i++)
        {
            var payload = _ring[(_head + i) & (_ring.Length - 1)].Span;
            BinaryPrimitives.WriteInt32BigEndian(header, payload.Length);
            if (skip < HeaderLength) filled += Fit(header[skip..], scratch[filled..]);
            filled += Fit(payload[Math.Max(0, skip - HeaderLength)..], scratch[filled..]);
            skip = 0;
        }

        return scratch[..filled];
    }

    /// <summary>Takes sent bytes away.</summary>
    /// <returns>The cost of the frames that are through.</returns>
    public int Advance(int bytes)
    {
        var cost = 0;
        for (_sent += bytes; _count > 0 && _sent >= HeaderLength + _ring[_head].Length; _count--)
        {
            _sent -= HeaderLength + _ring[_head].Length;
            cost += CostOf(_ring[_head]);
            _ring[_head] = ByteString.Empty;
            _head = (_head + 1) & (_ring.Length - 1);
        }

        // What a burst needed is not kept.
        if (_count == 0 && _ring.Length > 4096) (_ring, _head) = (new ByteString[16], 0);
        return cost;
    }

    /// <summary>Drops all.</summary>
    /// <returns>Its cost.</returns>
    public int Clear()
    {
        var cost = 0;
        for (; _count > 0; _count--)
        {
            cost += CostOf(_ring[_head]);
            _head = (_head + 1) & (_ring.Length - 1);
        }

        (_ring, _head, _sent) = (new ByteString[16], 0, 0);
        return cost;
    }

    private void Grow()
    {
        var larger = new ByteString[_ring.Length * 2];
        for (var i = 0; i < _count; i++) larger[i] = _ring[(_head + i) & (_ring.Length - 1)];
        (_ring, _head) = (larger, 0);
    }

    private static int Fit(ReadOnlySpan<byte> bytes, Span<byte> into)
    {
        var count = Math.Min(bytes.Length, into.Length);
        bytes[..count].CopyTo(into);
        return count;
    }
}
