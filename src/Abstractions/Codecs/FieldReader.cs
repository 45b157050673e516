using System.Buffers.Binary;
using System.Text;

namespace ActorCompute;

/// <summary>Reads what <see cref="FieldWriter"/> wrote, and throws <see cref="FormatException"/> on anything else.</summary>
internal ref struct FieldReader(ReadOnlySpan<byte> bytes)
{
    // Bytes that are no UTF-8 are refused, not replaced.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>What was not read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public ulong Number()
    {
        var length = Varint.Read(_rest, out var value);
        if (length <= 0) throw new FormatException(length == 0 ? "the bytes end within a number." : "a number has more than 64 bits.");
        _rest = _rest[length..];
        return value;
    }

    /// <summary>A number of 0 to 2^63-1.</summary>
    public long NaturalNumber() => Number() is <= long.MaxValue and var value ? (long)value : throw new FormatException("a number has more than 63 bits.");

    public long SignedNumber()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A number that fits 32 bits with a sign.</summary>
    public int SmallNumber() => SignedNumber() is >= int.MinValue and <= int.MaxValue and var value ? (int)value : throw new FormatException("a number has more than 32 bits.");

    public bool Truth() => Number() switch { 0 => false, 1 => true, var other => throw new FormatException($"{other} is neither true nor false.") };

    public byte Byte() => Take(1)[0];

    /// <summary>Four bytes, low ones first.</summary>
    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    /// <summary>How many elements follow; no more than there are bytes left, so that memory can be had for them.</summary>
    public int Count() => Number() is var count && count <= (ulong)_rest.Length ? (int)count : throw new FormatException($"{count} elements cannot be in {_rest.Length} bytes.");

    public string Text()
    {
        try
        {
            return Strict.GetString(Take(Count()));
        }
        catch (ArgumentException e)
        {
            throw new FormatException("a text is not UTF-8.", e);
        }
    }

    public byte[] Bytes() => Take(Count()).ToArray();

    /// <summary>Nothing may be left.</summary>
    public readonly void End()
    {
        if (!_rest.IsEmpty) throw new FormatException($"{_rest.Length} bytes are left.");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length) throw new FormatException($"{count} bytes cannot be in {_rest.Length}.");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
