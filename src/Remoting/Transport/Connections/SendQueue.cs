using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Google.Protobuf;

namespace ActorCompute.Remoting.Transport;

/// <summary>
/// Frames that wait to be sent, read as one stream of bytes: each frame's length, 4 bytes, big end first, then its payload, then its
/// seal where there are seals.
/// </summary>
/// <remarks>A frame stays until its last byte is sent. Not synchronized.</remarks>
internal sealed class SendQueue(FrameSeal? seal = null) : IDisposable
{
    public const int HeaderLength = 4;

    // What a small frame costs beside its bytes, so that the bound holds for many of them too.
    private const int Overhead = 100;

    private readonly int _tagLength = seal is null ? 0 : FrameSeal.TagLength;
    private ByteString[] _ring = new ByteString[16];
    private UInt128[] _tags = new UInt128[seal is null ? 0 : 16];
    private int _head;
    private int _count;

    // Bytes of the first frame, header and seal included, that are sent.
    private int _sent;

    public bool IsEmpty => _count == 0;

    /// <summary>What a frame takes of a bound.</summary>
    public static int CostOf(ByteString payload) => payload.Length + Overhead;

    public void Add(ByteString payload)
    {
        if (_count == _ring.Length) Grow();
        var index = (_head + _count++) & (_ring.Length - 1);
        _ring[index] = payload;
        // Sealed in the order in which they are sent.
        seal?.Seal(payload.Span, TagAt(index));
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
            var index = (_head + i) & (_ring.Length - 1);
            var payload = _ring[index].Span;
            BinaryPrimitives.WriteInt32BigEndian(header, payload.Length);
            if (skip < HeaderLength) filled += Fit(header[skip..], scratch[filled..]);
            skip = Math.Max(0, skip - HeaderLength);
            if (skip < payload.Length) filled += Fit(payload[skip..], scratch[filled..]);
            if (seal is not null) filled += Fit(TagAt(index)[Math.Max(0, skip - payload.Length)..], scratch[filled..]);
            skip = 0;
        }

        return scratch[..filled];
    }

    /// <summary>Takes sent bytes away.</summary>
    /// <returns>The cost of the frames that are through.</returns>
    public int Advance(int bytes)
    {
        var cost = 0;
        for (_sent += bytes; _count > 0 && _sent >= HeaderLength + _ring[_head].Length + _tagLength; _count--)
        {
            _sent -= HeaderLength + _ring[_head].Length + _tagLength;
            cost += CostOf(_ring[_head]);
            _ring[_head] = ByteString.Empty;
            _head = (_head + 1) & (_ring.Length - 1);
        }

        // What a burst needed is not kept.
        if (_count == 0 && _ring.Length > 4096) Shrink();
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

        Shrink();
        _sent = 0;
        return cost;
    }

    public void Dispose() => seal?.Dispose();

    private Span<byte> TagAt(int index) => MemoryMarshal.AsBytes(_tags.AsSpan(index, 1));

    private void Shrink() => (_ring, _tags, _head) = (new ByteString[16], new UInt128[seal is null ? 0 : 16], 0);

    private void Grow()
    {
        var larger = new ByteString[_ring.Length * 2];
        var tags = new UInt128[seal is null ? 0 : larger.Length];
        for (var i = 0; i < _count; i++)
        {
            var index = (_head + i) & (_ring.Length - 1);
            larger[i] = _ring[index];
            if (seal is not null) tags[i] = _tags[index];
        }

        (_ring, _tags, _head) = (larger, tags, 0);
    }

    private static int Fit(ReadOnlySpan<byte> bytes, Span<byte> into)
    {
        var count = Math.Min(bytes.Length, into.Length);
        bytes[..count].CopyTo(into);
        return count;
    }
}
