using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ActorCompute.Kinds.Primes;

/// <summary>
/// What is to be tested, by hand: to bring a JSON serializer up takes client and worker 40 ms each, half of what a small
/// job takes in all.
/// </summary>
/// <remarks><code>
/// | count n, 4 bytes | n numbers, 8 bytes each | path of the file, UTF-8, to the end; nothing when there is none |
/// </code>Numbers are little-endian.</remarks>
internal sealed class PrimesTestCodec : ICodec<PrimesTestParameters>
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static PrimesTestCodec Instance { get; } = new();

    public void Write(PrimesTestParameters value, IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(sizeof(int)), value.Numbers.Count);
        output.Advance(sizeof(int));
        foreach (var number in value.Numbers) UInt64Codec.Instance.Write(number, output);
        if (value.File is { } file) output.Write(Utf8.GetBytes(file));
    }

    public PrimesTestParameters Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(int)) throw new FormatException("the numbers to test are not there.");
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        var rest = bytes[sizeof(int)..];
        if (count < 0 || count > rest.Length / sizeof(ulong)) throw new FormatException($"{count} numbers to test do not fit in {rest.Length} bytes.");
        var numbers = new ulong[count];
        for (var i = 0; i < count; i++) numbers[i] = BinaryPrimitives.ReadUInt64LittleEndian(rest[(i * sizeof(ulong))..]);
        rest = rest[(count * sizeof(ulong))..];
        // No system has such a path: it is no path then.
        if (rest.Contains((byte)0)) throw new FormatException("the path of the file of numbers has a zero in it.");
        if (count == 0 && rest.IsEmpty) throw new FormatException("there is nothing to test.");
        try
        {
            return new(numbers, rest.IsEmpty ? null : Utf8.GetString(rest));
        }
        catch (DecoderFallbackException e)
        {
            throw new FormatException("the path of the file of numbers is no UTF-8.", e);
        }
    }
}
