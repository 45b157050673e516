using System.Buffers.Binary;

namespace ActorCompute.Kernels.Genomics;

/// <summary>What <see cref="BgzfBlockHeader.Parse"/> found.</summary>
public enum BgzfHeaderStatus
{
    /// <summary>A header.</summary>
    Ok,

    /// <summary>So far a header, but not all of its bytes are there.</summary>
    Incomplete,

    /// <summary>Not the start of a BGZF block.</summary>
    NotBgzf,

    /// <summary>A gzip header with impossible lengths or without the BC field.</summary>
    Bad,
}

/// <summary>The measures of a BGZF block, from its header (SAM specification, section 4.1).</summary>
/// <remarks><code>
///  0  1  2  3  4        8  9 10    12 13 14    16    18                            BSIZE+1
/// +--+--+--+--+--------+--+--+-----+--+--+-----+-----+------------+--------+--------+
/// |1F|8B|08|04| MTIME  |XF|OS|XLEN |'B' 'C'|  2 |BSIZE| deflated … | CRC-32 | ISIZE  |
/// +--+--+--+--+--------+--+--+-----+--+--+-----+-----+------------+--------+--------+
///                            |     '---- extra field, XLEN bytes; other
///                            |           subfields may stand around BC
/// </code>All numbers are little-endian; BSIZE is the whole block's length minus 1; ISIZE the inflated length.</remarks>
public readonly record struct BgzfBlockHeader
{
    /// <summary>No block is longer in the file: BSIZE has 16 bits.</summary>
    public const int MaxBlockSize = 65536;

    /// <summary>No block inflates to more: an offset within it has 16 bits in a virtual offset.</summary>
    public const int MaxInflatedSize = 65536;

    private const int FixedSize = 12;
    private const int SmallestDeflated = 2;

    private BgzfBlockHeader(int headerSize, int blockSize)
    {
        HeaderSize = headerSize;
        BlockSize = blockSize;
    }

    /// <summary>The bytes before the deflated data.</summary>
    public int HeaderSize { get; }

    /// <summary>The bytes of the whole block.</summary>
    public int BlockSize { get; }

    /// <summary>
    /// The block that ends a complete file: an empty one, always in these bytes (SAM specification, section 4.1.2).
    /// </summary>
    public static ReadOnlySpan<byte> EndOfFileBlock =>
    [
        0x1F, 0x8B, 0x08, 0x04, 0, 0, 0, 0, 0, 0xFF, 6, 0, (byte)'B', (byte)'C', 2, 0, 0x1B, 0,
        3, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>Reads the header at the start of <paramref name="bytes"/>; any bytes are answered, none throws.</summary>
    public static BgzfHeaderStatus Parse(ReadOnlySpan<byte> bytes, out BgzfBlockHeader header)
    {
        header = default;
        ReadOnlySpan<byte> magic = [0x1F, 0x8B, 0x08, 0x04];
        var compared = Math.Min(bytes.Length, magic.Length);
        if (!bytes[..compared].SequenceEqual(magic[..compared]))
            return BgzfHeaderStatus.NotBgzf;
        if (bytes.Length < FixedSize)
            return BgzfHeaderStatus.Incomplete;

        var headerSize = FixedSize + BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..]);
        if (headerSize + SmallestDeflated + GzipMember.FooterSize > MaxBlockSize)
            return BgzfHeaderStatus.Bad;
        if (bytes.Length < headerSize)
            return BgzfHeaderStatus.Incomplete;
        if (!TryFindBlockSize(bytes[FixedSize..headerSize], out var blockSize)
            || blockSize < headerSize + SmallestDeflated + GzipMember.FooterSize)
            return BgzfHeaderStatus.Bad;

        header = new BgzfBlockHeader(headerSize, blockSize);
        return BgzfHeaderStatus.Ok;
    }

    /// <summary>The block as what it is to an inflater: a whole gzip member.</summary>
    /// <param name="bytes">The bytes from the header on, as many as the block has at least.</param>
    public GzipMember MemberOf(ReadOnlySpan<byte> bytes) => new(bytes[..BlockSize], HeaderSize);

    // Subfields: two identifying bytes, a 16-bit length, that many bytes. False when they do not fill the extra field.
    private static bool TryFindBlockSize(ReadOnlySpan<byte> extra, out int blockSize)
    {
        blockSize = 0;
        while (extra.Length >= 4)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (length > extra.Length - 4)
                return false;
            if (extra[0] == 'B' && extra[1] == 'C')
            {
                if (length != 2 || blockSize != 0)
                    return false;
                blockSize = BinaryPrimitives.ReadUInt16LittleEndian(extra[4..]) + 1;
            }

            extra = extra[(4 + length)..];
        }

        return extra.IsEmpty && blockSize != 0;
    }
}
