using System.Buffers.Binary;
using System.Text;

namespace ActorCompute.Client.Journal;

/// <summary>Takes a payload apart. What is not there, or too large, makes it fail once and for all; the caller asks at the end.</summary>
internal ref struct FieldReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public bool HasFailed { get; private set; }

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte Byte() => Take(1) is [var value] ? value : (byte)0;

    public uint UInt32() => Take(4) is { Length: 4 } bytes ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;

    /// <summary>A number of 0 to 2^63-1.</summary>
    public long Varint()
    {
        var value = 0L;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var part = Byte();
            if (HasFailed) return 0;
            value |= (long)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }

        HasFailed = true;
        return 0;
    }

    public string Text()
    {
        var length = Varint();
        return length <= _rest.Length ? Encoding.UTF8.GetString(Take((int)length)) : Fail();
    }

    private string Fail()
    {
        HasFailed = true;
        return "";
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (HasFailed || _rest.Length < count)
        {
            HasFailed = true;
            return default;
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
