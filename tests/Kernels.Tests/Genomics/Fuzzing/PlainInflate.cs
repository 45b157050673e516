namespace ActorCompute.Kernels.Tests.Genomics;

/// <summary>
/// Inflates bit by bit, as RFC 1951 is written: no table, no buffer, no shared line with what is tested. Null for anything
/// that the RFC does not allow.
/// </summary>
internal sealed class PlainInflate
{
    private static readonly int[] LengthBase = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
    private static readonly int[] LengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
    private static readonly int[] DistanceBase = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
    private static readonly int[] DistanceBits = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
    private static readonly int[] CodeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private readonly byte[] _input;
    private readonly int _limit;
    private readonly List<byte> _output = [];
    private int _bit;

    private PlainInflate(byte[] input, int limit) => (_input, _limit) = (input, limit);

    public static byte[]? Inflate(ReadOnlySpan<byte> deflated, int limit)
    {
        var inflate = new PlainInflate(deflated.ToArray(), limit);
        try
        {
            inflate.Blocks();
            return [.. inflate._output];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private void Blocks()
    {
        bool isLast;
        do
        {
            isLast = Bits(1) == 1;
            switch (Bits(2))
            {
                case 0: Stored(); break;
                case 1: Coded(Fixed(), new Code([.. Enumerable.Repeat(5, 30)], isFixed: true)); break;
                case 2: Dynamic(); break;
                default: throw new InvalidDataException();
            }
        }
        while (!isLast);
    }

    private static Code Fixed() => new([.. Enumerable.Repeat(8, 144), .. Enumerable.Repeat(9, 112), .. Enumerable.Repeat(7, 24), .. Enumerable.Repeat(8, 8)]);

    private void Stored()
    {
        _bit = (_bit + 7) / 8 * 8;
        var length = Bits(16);
        if (Bits(16) != (length ^ 0xFFFF)) throw new InvalidDataException();
        for (var i = 0; i < length; i++) Add((byte)Bits(8));
    }

    private void Dynamic()
    {
        var (literals, distances, codes) = (Bits(5) + 257, Bits(5) + 1, Bits(4) + 4);
        if (literals > 286 || distances > 30) throw new InvalidDataException();
        var lengths = new int[19];
        for (var i = 0; i < codes; i++) lengths[CodeOrder[i]] = Bits(3);
        var code = new Code(lengths, mayBeSingle: false);
        var all = new List<int>();
        while (all.Count < literals + distances)
        {
            var symbol = code.Read(this);
            if (symbol < 16)
            {
                all.Add(symbol);
                continue;
            }

            if (symbol == 16 && all.Count == 0) throw new InvalidDataException();
            var (value, times) = symbol switch { 16 => (all[^1], 3 + Bits(2)), 17 => (0, 3 + Bits(3)), _ => (0, 11 + Bits(7)) };
            all.AddRange(Enumerable.Repeat(value, times));
        }

        if (all.Count > literals + distances || all[256] == 0) throw new InvalidDataException();
        Coded(new([.. all.Take(literals)]), new([.. all.Skip(literals)]));
    }

    private void Coded(Code literals, Code distances)
    {
        while (true)
        {
            var symbol = literals.Read(this);
            if (symbol == 256) return;
            if (symbol < 256)
            {
                Add((byte)symbol);
                continue;
            }

            if (symbol > 285) throw new InvalidDataException();
            var length = LengthBase[symbol - 257] + Bits(LengthBits[symbol - 257]);
            var distanceSymbol = distances.Read(this);
            var distance = DistanceBase[distanceSymbol] + Bits(DistanceBits[distanceSymbol]);
            if (distance > _output.Count) throw new InvalidDataException();
            for (var i = 0; i < length; i++) Add(_output[^distance]);
        }
    }

    private void Add(byte value)
    {
        if (_output.Count == _limit) throw new InvalidDataException();
        _output.Add(value);
    }

    private int Bits(int count)
    {
        var value = 0;
        for (var i = 0; i < count; i++, _bit++)
        {
            if (_bit / 8 >= _input.Length) throw new InvalidDataException();
            value |= (_input[_bit / 8] >> (_bit % 8) & 1) << i;
        }

        return value;
    }

    /// <summary>A canonical Huffman code: codes of a length are successive numbers, shorter ones come first.</summary>
    private sealed class Code
    {
        private readonly Dictionary<(int Length, int Code), int> _symbols = [];

        public Code(int[] lengths, bool mayBeSingle = true, bool isFixed = false)
        {
            var (code, room, used) = (0, 1L << 15, 0);
            for (var length = 1; length <= 15; length++, code <<= 1)
            {
                for (var symbol = 0; symbol < lengths.Length; symbol++)
                {
                    if (lengths[symbol] != length) continue;
                    _symbols[(length, code++)] = symbol;
                    room -= 1L << (15 - length);
                    used++;
                }
            }

            // Too many codes, or too few; but one alone may be a bit long, and with no match there need be no distances.
            var isSingle = mayBeSingle && (used == 0 || (used == 1 && room == 1L << 14));
            if (room < 0 || (room > 0 && !isSingle && !isFixed)) throw new InvalidDataException();
        }

        public int Read(PlainInflate from)
        {
            var code = 0;
            for (var length = 1; length <= 15; length++)
            {
                code = code << 1 | from.Bits(1);
                if (_symbols.TryGetValue((length, code), out var symbol)) return symbol;
            }

            throw new InvalidDataException();
        }
    }
}
