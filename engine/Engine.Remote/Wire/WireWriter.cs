using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Akka.Remote.Wire;

/// <summary>A growing buffer of pooled memory that frames are written to; one per connection, used again for each batch.</summary>
internal sealed class WireWriter : IDisposable
{
    private byte[] _buffer;
    private int _count;

    public WireWriter(int capacity = 256) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public int Count => _count;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _count);

    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, _count);

    public void Clear() => _count = 0;

    /// <summary>Takes back what was written after <paramref name="position"/>: a frame that turned out too long.</summary>
    public void Rewind(int position) => _count = position;

    /// <summary>Leaves room for the length, which <see cref="EndFrame"/> fills in.</summary>
    public int BeginFrame(FrameKind kind)
    {
        var start = _count;
        Reserve(Frame.PrefixLength + 1);
        _buffer[start + Frame.PrefixLength] = (byte)kind;
        _count = start + Frame.PrefixLength + 1;
        return start;
    }

    public void EndFrame(int start) =>
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(start), (uint)(_count - start - Frame.PrefixLength));

    public void WriteByte(byte value)
    {
        Reserve(1);
        _buffer[_count++] = value;
    }

    public void WriteBool(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    public void WriteUInt16(ushort value)
    {
        Reserve(2);
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer.AsSpan(_count), value);
        _count += 2;
    }

    public void WriteInt32(int value) => WriteUInt32((uint)value);

    public void WriteUInt32(uint value)
    {
        Reserve(4);
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(_count), value);
        _count += 4;
    }

    public void WriteInt64(long value)
    {
        Reserve(8);
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(_count), value);
        _count += 8;
    }

    public void WriteVarUInt(ulong value)
    {
        Reserve(10);
        while (value >= 0x80)
        {
            _buffer[_count++] = (byte)(value | 0x80);
            value >>= 7;
        }
        _buffer[_count++] = (byte)value;
    }

    public void WriteVarInt32(int value) => WriteVarUInt((uint)(value << 1) ^ (uint)(value >> 31));

    public void WriteString(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        WriteVarUInt((ulong)length);
        Reserve(length);
        _count += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_count));
    }

    /// <summary>Length, then the bytes.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteVarUInt((ulong)value.Length);
        WriteRaw(value);
    }

    public void WriteRaw(ReadOnlySpan<byte> value)
    {
        Reserve(value.Length);
        value.CopyTo(_buffer.AsSpan(_count));
        _count += value.Length;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _count = 0;
    }

    private void Reserve(int more)
    {
        if (_buffer.Length - _count >= more)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, checked(_count + more)));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
