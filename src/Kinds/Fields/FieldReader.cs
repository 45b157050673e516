using System.Text;

namespace ActorCompute.Kinds.Fields;

/// <summary>Reads what <see cref="FieldWriter"/> wrote, and throws <see cref="FormatException"/> on anything else.</summary>
internal ref struct FieldReader(ReadOnlySpan<byte> bytes)
{
    // Bytes that are no UTF-8 are refused, not replaced.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = bytes;

    public ulong Number()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_rest.IsEmpty) throw new FormatException("the bytes end within a number.");
            var next = _rest[0];
            _rest = _rest[1..];
            if (shift == 63 && next > 1) break;
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw new FormatException("a number has more than 64 bits.");
    }

    public long SignedNumber()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A number that fits 32 bits with a sign.</summary>
    public int SmallNumber() => SignedNumber() is >= int.MinValue and <= int.MaxValue and var value ? (int)value : throw new FormatException("a number has more than 32 bits.");

    public bool Truth() => Number() switch { 0 => false, 1 => true, var other => throw new FormatException($"{other} is neither true nor false.") };

    /// <summary>How many elements follow; no more than there are bytes left, so that memory can be had for them.</summary>
    public int Count() => Number() is var count && count <= (ulong)_rest.Length ? (int)count : throw new FormatException($"{count} elements cannot be in {_rest.Length} bytes.");

    public string Text()
    {
        var length = Count();
        try
        {
            var text = Strict.GetString(_rest[..length]);
            _rest = _rest[length..];
            return text;
        }
        catch (ArgumentException e)
        {
            throw new FormatException("a text is not UTF-8.", e);
        }
    }

    public byte[] Bytes()
    {
        var length = Count();
        var bytes = _rest[..length].ToArray();
        _rest = _rest[length..];
        return bytes;
    }

    /// <summary>Nothing may be left.</summary>
    public readonly void End()
    {
        if (!_rest.IsEmpty) throw new FormatException($"{_rest.Length} bytes are left.");
    }
}
