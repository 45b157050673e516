using System.Buffers;

namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// Walks the blocks of a BGZF file from any block's start, inflating each into memory of the caller. One thread at a time;
/// reads the file in large pieces, and allocates nothing per block.
/// </summary>
public sealed class BgzfBlockReader : IDisposable
{
    // Large enough that the system's read-ahead works, small enough for the second-level cache.
    private const int BufferSize = 256 * 1024;

    private readonly BgzfFile _file;
    private readonly IInflater _inflater;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private long _bufferOffset; // the file offset of _buffer[0]
    private int _next;
    private int _filled;

    public BgzfBlockReader(BgzfFile file, IInflater inflater)
    {
        _file = file;
        _inflater = inflater;
    }

    /// <summary>Where in the file the next block starts.</summary>
    public long Offset => _bufferOffset + _next;

    /// <summary>Bytes of the blocks read so far, as they are in the file.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Goes to a block's start. Nothing is read yet.</summary>
    public void Seek(long blockOffset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(blockOffset);
        if (blockOffset >= _bufferOffset && blockOffset <= _bufferOffset + _filled)
        {
            _next = (int)(blockOffset - _bufferOffset);
            return;
        }

        _bufferOffset = blockOffset;
        _next = _filled = 0;
    }

    /// <summary>Inflates the next block to the start of <paramref name="destination"/>.</summary>
    /// <param name="destination">At least <see cref="BgzfBlockHeader.MaxInflatedSize"/> bytes.</param>
    /// <param name="inflatedSize">How many bytes it has; 0 is valid (the end-of-file block is one).</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="BgzfException">There is no sound block.</exception>
    public bool TryRead(Span<byte> destination, out int inflatedSize)
    {
        inflatedSize = 0;
        if (!TryMeasure(out var header))
            return false;

        var member = header.MemberOf(_buffer.AsSpan(_next));
        var size = member.InflatedSize;
        if (size > BgzfBlockHeader.MaxInflatedSize)
            throw Corrupt(BgzfError.SizeMismatch, $"it says that it inflates to {size} bytes; 65,536 is the most.");
        inflatedSize = (int)size;
        switch (_inflater.Inflate(member, destination[..inflatedSize]))
        {
            case InflateOutcome.BadData:
                throw Corrupt(BgzfError.InflateFailed, "the compressed data are damaged.");
            case InflateOutcome.SizeMismatch:
                throw Corrupt(BgzfError.SizeMismatch, $"it does not inflate to the {size} bytes that its footer says.");
            case InflateOutcome.CrcMismatch:
                throw Corrupt(BgzfError.CrcMismatch, "its CRC-32 is wrong; the data are damaged.");
        }

        _next += header.BlockSize;
        BytesRead += header.BlockSize;
        return true;
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _next = _filled = 0;
    }

    // On true the whole block is in the buffer, from _next on.
    private bool TryMeasure(out BgzfBlockHeader header)
    {
        while (true)
        {
            var have = _filled - _next;
            if (have == 0 && !Refill())
            {
                header = default;
                return false;
            }

            var status = BgzfBlockHeader.Parse(_buffer.AsSpan(_next.._filled), out header);
            switch (status)
            {
                case BgzfHeaderStatus.Ok when header.BlockSize <= _filled - _next:
                    return true;
                case BgzfHeaderStatus.NotBgzf:
                    throw Corrupt(BgzfError.NotBgzf, "the bytes there do not start a block.");
                case BgzfHeaderStatus.Bad:
                    throw Corrupt(BgzfError.BadHeader, "its header is damaged.");
            }

            if (Refill())
                continue;

            // A complete file cannot end in the middle of a block: then it is this block's length that lies.
            var left = _filled - _next;
            if (_file.HasEndOfFileBlock)
                throw Corrupt(BgzfError.BadHeader, $"it reaches past the end of the file, which has {left} more bytes.");
            throw Corrupt(BgzfError.Truncated, $"the file ends {left} bytes after its start. Get a complete copy.");
        }
    }

    // Keeps what is not used yet. False when the file has no more.
    private bool Refill()
    {
        ObjectDisposedException.ThrowIf(_buffer.Length == 0, this);
        var kept = _filled - _next;
        _buffer.AsSpan(_next, kept).CopyTo(_buffer);
        _bufferOffset += _next;
        _next = 0;
        var read = _file.Read(_buffer.AsSpan(kept), _bufferOffset + kept);
        _filled = kept + read;
        return read > 0;
    }

    private BgzfException Corrupt(BgzfError error, string detail) => new(_file.Path, Offset, error, detail);
}
