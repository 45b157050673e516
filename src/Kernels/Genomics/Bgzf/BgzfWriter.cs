using System.Buffers.Binary;

namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// Writes BGZF: collects bytes into blocks of 65,280, which data may cross. Call
/// <see cref="Finish"/> at the end. The stream stays open.
/// </summary>
public sealed class BgzfWriter : IDisposable
{
    // What samtools fills its blocks with: even as a stored stream they then fit into 65,536 bytes with all around them.
    private const int ContentSize = 0xFF00;
    private const int HeaderSize = 18;

    private readonly Stream _output;
    private readonly InflaterProvider _provider;
    private readonly IDeflater _deflater;
    private readonly byte[] _content = new byte[ContentSize];
    private readonly byte[] _block = new byte[BgzfBlockHeader.MaxBlockSize];
    private long _blockOffset;
    private int _filled;
    private bool _disposed;

    /// <param name="output">Written from its current place on; offsets count from there.</param>
    /// <param name="level">1 (fast) to 9 (small).</param>
    /// <param name="provider">The library to deflate with; <see cref="Inflaters.Default"/> when not given.</param>
    public BgzfWriter(Stream output, int level = 6, InflaterProvider? provider = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 9);
        _output = output;
        _provider = provider ?? Inflaters.Default;
        _deflater = _provider.CreateDeflater(level);
    }

    /// <summary>Where the next byte will be.</summary>
    public VirtualOffset Position => new(_blockOffset, _filled);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        while (!bytes.IsEmpty)
        {
            var count = Math.Min(bytes.Length, ContentSize - _filled);
            bytes[..count].CopyTo(_content.AsSpan(_filled));
            _filled += count;
            bytes = bytes[count..];
            // At once, so that Position is never the end of a full block but the start of the next.
            if (_filled == ContentSize)
                EndBlock();
        }
    }

    /// <summary>Ends the block here; what follows starts a new one. Does nothing at the start of a block.</summary>
    public void EndBlock()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_filled == 0)
            return;

        var content = _content.AsSpan(0, _filled);
        var room = _block.AsSpan(HeaderSize, _block.Length - HeaderSize - GzipMember.FooterSize);
        var deflated = _deflater.Deflate(content, room);
        if (deflated == 0)
            deflated = Store(content, room);

        var size = HeaderSize + deflated + GzipMember.FooterSize;
        BgzfBlockHeader.EndOfFileBlock[..HeaderSize].CopyTo(_block);
        BinaryPrimitives.WriteUInt16LittleEndian(_block.AsSpan(16), (ushort)(size - 1));
        BinaryPrimitives.WriteUInt32LittleEndian(_block.AsSpan(size - 8), _provider.Crc32(content));
        BinaryPrimitives.WriteInt32LittleEndian(_block.AsSpan(size - 4), _filled);
        _output.Write(_block, 0, size);
        _blockOffset += size;
        _filled = 0;
    }

    /// <summary>Writes what is left and the end-of-file block, by which readers know that the file is complete.</summary>
    public void Finish()
    {
        EndBlock();
        _output.Write(BgzfBlockHeader.EndOfFileBlock);
    }

    /// <summary>Frees what it holds. A file that was not finished is seen to be truncated.</summary>
    public void Dispose()
    {
        _disposed = true;
        _deflater.Dispose();
    }

    // A single stored block, the last one (RFC 1951 section 3.2.4): 01, length, its complement, the bytes.
    private static int Store(ReadOnlySpan<byte> content, Span<byte> target)
    {
        target[0] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(target[1..], (ushort)content.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(target[3..], (ushort)~content.Length);
        content.CopyTo(target[5..]);
        return 5 + content.Length;
    }
}
