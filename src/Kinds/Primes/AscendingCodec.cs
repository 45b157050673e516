using System.Buffers;

namespace ActorCompute.Kinds.Primes;

/// <summary>
/// Ascending numbers as their differences, each a LEB128 (seven bits a byte, low ones first, the top bit set while more
/// follow): a byte or two for each prime, where the number itself has eight.
/// </summary>
internal sealed class AscendingCodec : ICodec<IReadOnlyList<ulong>>
{
    private const int LongestLeb128 = 10;

    public static AscendingCodec Instance { get; } = new();

    public void Write(IReadOnlyList<ulong> value, IBufferWriter<byte> output)
    {
        var before = 0UL;
        foreach (var number in value)
        {
            var rest = number - before;
            before = number;
            var span = output.GetSpan(LongestLeb128);
            var length = 0;
            for (; rest >= 0x80; rest >>= 7) span[length++] = (byte)(rest | 0x80);
            span[length++] = (byte)rest;
            output.Advance(length);
        }
    }

    public IReadOnlyList<ulong> Read(ReadOnlySpan<byte> bytes)
    {
        var numbers = new List<ulong>(bytes.Length);
        var before = 0UL;
        for (var i = 0; i < bytes.Length;)
        {
            var difference = 0UL;
            for (var shift = 0; ; shift += 7)
            {
                if (i >= bytes.Length || shift > 63 || (shift == 63 && bytes[i] > 1)) throw new FormatException("a number in a list is cut off or too large.");
                difference |= (ulong)(bytes[i] & 0x7F) << shift;
                if (bytes[i++] < 0x80) break;
            }

            if (numbers.Count > 0 && difference == 0) throw new FormatException("the numbers of a list do not ascend.");
            if (difference > ulong.MaxValue - before) throw new FormatException("a number in a list is too large.");
            before += difference;
            numbers.Add(before);
        }

        return numbers;
    }
}
