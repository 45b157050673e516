using System.Buffers.Binary;

namespace ActorCompute.Kernels.Genomics;

/// <summary>A gzip member (RFC 1952, section 2.3): what an inflater is given. It lies where it was read, and nothing is copied.</summary>
/// <remarks><code>
/// header, HeaderSize bytes | deflated … | CRC-32 | ISIZE      both numbers 32-bit little-endian
/// </code></remarks>
public readonly ref struct GzipMember
{
    /// <summary>CRC-32 and ISIZE.</summary>
    public const int FooterSize = 8;

    private readonly int _headerSize;

    /// <param name="bytes">All of its bytes, header and footer too.</param>
    /// <param name="headerSize">The bytes before the deflated data.</param>
    public GzipMember(ReadOnlySpan<byte> bytes, int headerSize)
    {
        Bytes = bytes;
        _headerSize = headerSize;
    }

    /// <summary>All of its bytes.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>The DEFLATE stream (RFC 1951).</summary>
    public ReadOnlySpan<byte> Deflated => Bytes[_headerSize..^FooterSize];

    /// <summary>The CRC-32 that the inflated data must have.</summary>
    public uint Crc32 => BinaryPrimitives.ReadUInt32LittleEndian(Bytes[^8..]);

    /// <summary>ISIZE: the length that the inflated data must have; hostile values go up to 2^32 - 1.</summary>
    public uint InflatedSize => BinaryPrimitives.ReadUInt32LittleEndian(Bytes[^4..]);
}
