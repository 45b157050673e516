using System.Buffers.Binary;
using System.Buffers.Text;

namespace ActorCompute.Kernels.Genomics;

/// <summary>Makes the records of a synthetic BAM file, one after the other in the same buffer.</summary>
internal sealed class SyntheticRecordMaker
{
    public const int ReadLength = 150;

    private const int FixedSize = 36;
    private const int BasesKept = 400_000;
    private const int QualityStrings = 1024;
    private const int LargestRecord = 1024;

    private static readonly ushort[] PairFlags = [99, 147, 83, 163];

    private readonly byte[] _record = new byte[LargestRecord];
    private readonly byte[] _qualities = new byte[QualityStrings * ReadLength];
    private byte[] _bases = [];
    private SplitMix64 _random;

    public SyntheticRecordMaker(ulong seed)
    {
        _random = new SplitMix64(seed);
        for (var i = 0; i < _qualities.Length; i++)
            _qualities[i] = DrawQuality();
    }

    public ushort Flags { get; private set; }

    public byte MappingQuality { get; private set; }

    /// <summary>From 0; -1 without a reference.</summary>
    public int Position { get; private set; }

    public long ReferenceEnd => Position + ((Flags & SamFlags.Unmapped) != 0 ? 1L : ReadLength);

    /// <summary>Draws the bases of the next reference; long ones repeat, so that memory stays small.</summary>
    public void StartReference(ReferenceSequence reference)
    {
        _bases = new byte[Math.Min(reference.Length, BasesKept)];
        for (var i = 0; i < _bases.Length; i++)
            _bases[i] = (byte)(1 << _random.Below(4)); // A, C, G, T are 1, 2, 4, 8 in BAM
    }

    /// <summary>
    /// A record of the current reference. The i-th of n lies somewhere in the i-th of n equal parts of the reference: so
    /// they come out sorted without being kept.
    /// </summary>
    public ReadOnlySpan<byte> Placed(ReferenceSequence reference, long i, long n)
    {
        var room = reference.Length - 2 * ReadLength;
        Position = (int)(((Int128)i * (1 << 20) + _random.Below(1 << 20)) * room / ((Int128)n * (1 << 20)));
        Flags = PairFlags[_random.Below(PairFlags.Length)];
        MappingQuality = (byte)(_random.PerThousand(930) ? 60 : _random.Below(60));
        Flags |= _random.PerThousand(50) ? SamFlags.Duplicate : default;
        Flags |= _random.PerThousand(10) ? SamFlags.Secondary : _random.PerThousand(5) ? SamFlags.Supplementary : default;
        if (_random.PerThousand(3))
        {
            // Placed where its mate is.
            Flags = SamFlags.Paired | SamFlags.Unmapped | SamFlags.Read2;
            MappingQuality = 0;
        }

        var mapped = (Flags & SamFlags.Unmapped) == 0;
        var insert = mapped ? 250 + _random.Below(250) : 0;
        var mate = mapped ? (int)Math.Min(Position + insert - ReadLength, reference.Length - 1) : Position;
        var tile = new Tile(1 + _random.Below(4), 1101 + _random.Below(1578), 1000 + _random.Below(31767),
            1000 + _random.Below(36000));
        var length = WriteStart(tile, reference.Id, mate, insert, mapped);

        var origin = Position % (_bases.Length - ReadLength);
        var mismatch = mapped && _random.PerThousand(300) ? _random.Below(ReadLength) : -1;
        length = WriteBases(length, _bases.AsSpan(origin, ReadLength), mismatch, out var expected);
        return WriteTags(length, mapped, mismatch, expected);
    }

    /// <summary>The i-th record without a reference.</summary>
    public ReadOnlySpan<byte> Unplaced(long i)
    {
        Flags = SamFlags.Paired | SamFlags.Unmapped | SamFlags.MateUnmapped | SamFlags.Read1;
        MappingQuality = 0;
        Position = -1;
        var length = WriteStart(new Tile(4, 2678, 1 + i / 1_000_000, i % 1_000_000), -1, -1, 0, false);
        length = WriteBases(length, _bases.AsSpan(_random.Below(_bases.Length - ReadLength), ReadLength), -1, out _);
        return WriteTags(length, false, -1, 0);
    }

    private byte DrawQuality()
    {
        var draw = _random.Below(1000);
        return (byte)(draw < 900 ? 37 : draw < 965 ? 25 : draw < 997 ? 11 : 2);
    }

    // The fixed part (pictured in BamRecordReader), the name, the CIGAR. Returns the length so far.
    private int WriteStart(Tile tile, int referenceId, int mate, int insert, bool mapped)
    {
        var at = WriteName(tile);
        var nameLength = at - FixedSize;
        if (mapped)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_record.AsSpan(at), ReadLength << 4);
            at += 4;
        }

        var fixedPart = _record.AsSpan(0, FixedSize);
        BinaryPrimitives.WriteInt32LittleEndian(fixedPart[4..], referenceId);
        BinaryPrimitives.WriteInt32LittleEndian(fixedPart[8..], Position);
        fixedPart[12] = (byte)nameLength;
        fixedPart[13] = MappingQuality;
        // The bin of an unplaced record is that of position -1 (SAM specification, section 4.2.1).
        var bin = referenceId < 0 ? 4680 : Binning.Bai.BinOf(Position, ReferenceEnd);
        BinaryPrimitives.WriteUInt16LittleEndian(fixedPart[14..], (ushort)bin);
        BinaryPrimitives.WriteUInt16LittleEndian(fixedPart[16..], (ushort)(mapped ? 1 : 0));
        BinaryPrimitives.WriteUInt16LittleEndian(fixedPart[18..], Flags);
        BinaryPrimitives.WriteInt32LittleEndian(fixedPart[20..], ReadLength);
        BinaryPrimitives.WriteInt32LittleEndian(fixedPart[24..], referenceId);
        BinaryPrimitives.WriteInt32LittleEndian(fixedPart[28..], mate);
        BinaryPrimitives.WriteInt32LittleEndian(fixedPart[32..], (Flags & SamFlags.Reverse) != 0 ? -insert : insert);
        return at;
    }

    private int WriteName(Tile tile)
    {
        var at = Append(FixedSize, "A00111:171:HXXXXDSXX:"u8);
        at = Append(AppendNumber(at, tile.Lane), ":"u8);
        at = Append(AppendNumber(at, tile.Number), ":"u8);
        at = Append(AppendNumber(at, tile.X), ":"u8);
        return Append(AppendNumber(at, tile.Y), "\0"u8);
    }

    // Two bases a byte, the first in the upper half; then the qualities.
    private int WriteBases(int at, ReadOnlySpan<byte> bases, int mismatch, out byte expected)
    {
        expected = 0;
        for (var i = 0; i < ReadLength; i += 2)
            _record[at + i / 2] = (byte)(bases[i] << 4 | bases[i + 1]);
        if (mismatch >= 0)
        {
            expected = bases[mismatch];
            var other = expected == 8 ? 1 : expected << 1;
            ref var pair = ref _record[at + mismatch / 2];
            pair = (byte)(mismatch % 2 == 0 ? other << 4 | pair & 0x0F : pair & 0xF0 | other);
        }

        at += ReadLength / 2;
        _qualities.AsSpan(_random.Below(QualityStrings) * ReadLength, ReadLength).CopyTo(_record.AsSpan(at));
        return at + ReadLength;
    }

    private ReadOnlySpan<byte> WriteTags(int at, bool mapped, int mismatch, byte expected)
    {
        if (mapped)
        {
            at = AppendByteTag(at, "NMC"u8, mismatch >= 0 ? 1 : 0);
            at = Append(at, "MDZ"u8);
            if (mismatch >= 0)
            {
                at = AppendNumber(at, mismatch);
                at = Append(at, expected switch { 1 => "A"u8, 2 => "C"u8, 4 => "G"u8, _ => "T"u8 });
                at = AppendNumber(at, ReadLength - 1 - mismatch);
            }
            else
            {
                at = AppendNumber(at, ReadLength);
            }

            at = Append(at, "\0"u8);
            at = AppendByteTag(at, "ASC"u8, mismatch >= 0 ? ReadLength - 5 : ReadLength);
            at = AppendByteTag(at, "XSC"u8, _random.Below(60));
        }

        at = Append(at, "RGZA00111.1\0"u8);
        BinaryPrimitives.WriteInt32LittleEndian(_record, at - 4);
        return _record.AsSpan(0, at);
    }

    private int Append(int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_record.AsSpan(at));
        return at + bytes.Length;
    }

    private int AppendNumber(int at, long number)
    {
        Utf8Formatter.TryFormat(number, _record.AsSpan(at), out var written);
        return at + written;
    }

    private int AppendByteTag(int at, ReadOnlySpan<byte> tagAndType, int value)
    {
        at = Append(at, tagAndType);
        _record[at] = (byte)value;
        return at + 1;
    }

    // Where on the flow cell of a sequencer the read came from: what its name says.
    private readonly record struct Tile(int Lane, int Number, long X, long Y);
}
