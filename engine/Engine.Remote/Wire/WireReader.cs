using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Akka.Remote.Wire;

/// <summary>Reads fields from bytes that nobody vouches for: every read is checked, a bad one throws <see cref="WireFormatException"/>.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly int Remaining => _rest.Length;

    public byte ReadByte(string field) => Take(1, field)[0];

    public ushort ReadUInt16(string field) => BinaryPrimitives.ReadUInt16LittleEndian(Take(2, field));

    public int ReadInt32(string field) => BinaryPrimitives.ReadInt32LittleEndian(Take(4, field));

    public uint ReadUInt32(string field) => BinaryPrimitives.ReadUInt32LittleEndian(Take(4, field));

    public long ReadInt64(string field) => BinaryPrimitives.ReadInt64LittleEndian(Take(8, field));

    public bool ReadBool(string field) => ReadByte(field) switch
    {
        0 => false,
        1 => true,
        var other => throw new WireFormatException($"{field}: a flag is 0 or 1, not {other}"),
    };

    /// <summary>LEB128, least significant group first; more than 64 bits or a padded last group are errors.</summary>
    public ulong ReadVarUInt(string field)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var group = ReadByte(field);
            if (shift == 63 && group > 1 || shift > 0 && group == 0)
                break;
            value |= (ulong)(group & 0x7F) << shift;
            if (group < 0x80)
                return value;
        }
        throw new WireFormatException($"{field}: not a variable-length number");
    }

    public int ReadVarInt32(string field)
    {
        var raw = ReadVarUInt(field);
        if (raw > uint.MaxValue)
            throw new WireFormatException($"{field}: {raw} does not fit 32 bits");
        var zigzag = (uint)raw;
        return (int)(zigzag >> 1) ^ -(int)(zigzag & 1);
    }

    /// <summary>A count of things that take at least <paramref name="minimumBytes"/> each, so it can never make us allocate more than came.</summary>
    public int ReadCount(string field, int minimumBytes, int maximum)
    {
        var count = ReadVarUInt(field);
        if (count > (ulong)maximum || count * (ulong)minimumBytes > (ulong)_rest.Length)
            throw new WireFormatException($"{field}: {count} entries cannot be in {_rest.Length} bytes (limit {maximum})");
        return (int)count;
    }

    public string ReadString(string field, int maximumBytes)
    {
        var bytes = ReadBytes(field, maximumBytes);
        if (!Utf8.IsValid(bytes))
            throw new WireFormatException($"{field}: not UTF-8");
        return Encoding.UTF8.GetString(bytes);
    }

    public ReadOnlySpan<byte> ReadBytes(string field, int maximumBytes)
    {
        var length = ReadVarUInt(field);
        if (length > (ulong)maximumBytes)
            throw new WireFormatException($"{field}: {length} bytes, the limit is {maximumBytes}");
        return Take((int)length, field);
    }

    public ReadOnlySpan<byte> ReadRest()
    {
        var rest = _rest;
        _rest = default;
        return rest;
    }

    public readonly void ExpectEnd(string what)
    {
        if (_rest.Length != 0)
            throw new WireFormatException($"{what}: {_rest.Length} bytes too many");
    }

    private ReadOnlySpan<byte> Take(int count, string field)
    {
        if ((uint)count > (uint)_rest.Length)
            throw new WireFormatException($"{field}: cut short, {count} bytes expected, {_rest.Length} left");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
