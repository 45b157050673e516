using System.Buffers;

namespace ActorCompute.Kinds.Primes;

/// <summary>
/// Ascending numbers as their differences, each a <see cref="Varint"/>: a byte or two for each prime, where the number itself
/// has eight.
/// </summary>
internal sealed class AscendingCodec : ICodec<IReadOnlyList<ulong>>
{
    public static AscendingCodec Instance { get; } = new();

    public void Write(IReadOnlyList<ulong> value, IBufferWriter<byte> output)
    {
        var before = 0UL;
        foreach (var number in value)
        {
            output.Advance(Varint.Write(output.GetSpan(Varint.MaxLength), number - before));
            before = number;
        }
    }

    public IReadOnlyList<ulong> Read(ReadOnlySpan<byte> bytes)
    {
        var numbers = new List<ulong>(bytes.Length);
        var before = 0UL;
        for (var i = 0; i < bytes.Length;)
        {
            var length = Varint.Read(bytes[i..], out var difference);
            if (length <= 0) throw new FormatException("a number in a list is cut off or too large.");
            i += length;
            if (numbers.Count > 0 && difference == 0) throw new FormatException("the numbers of a list do not ascend.");
            if (difference > ulong.MaxValue - before) throw new FormatException("a number in a list is too large.");
            before += difference;
            numbers.Add(before);
        }

        return numbers;
    }
}
