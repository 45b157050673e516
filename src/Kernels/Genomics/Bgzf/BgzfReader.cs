namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// Reads the inflated data of a BGZF file as one run of bytes, from any virtual offset: for headers and indexes.
/// Where nothing may be copied, <see cref="BgzfBlockReader"/> inflates into memory of the caller.
/// </summary>
public sealed class BgzfReader : IDisposable
{
    private readonly BgzfFile _file;
    private readonly BgzfBlockReader _blocks;
    private readonly byte[] _data = new byte[BgzfBlockHeader.MaxInflatedSize];
    private long _blockOffset;
    private int _next;
    private int _size;

    public BgzfReader(BgzfFile file, IInflater inflater)
    {
        _file = file;
        _blocks = new BgzfBlockReader(file, inflater);
    }

    /// <summary>Where the next byte is; at the end of a block that is the start of the next one.</summary>
    public VirtualOffset Position => _next < _size ? new(_blockOffset, _next) : new(_blocks.Offset, 0);

    /// <exception cref="BgzfException">There is no sound block, or its data are shorter.</exception>
    public void Seek(VirtualOffset offset)
    {
        _blocks.Seek(offset.BlockOffset);
        _next = _size = 0;
        if (offset.WithinBlock == 0)
            return;
        if (!NextBlock() || _blockOffset != offset.BlockOffset || offset.WithinBlock > _size)
        {
            throw new BgzfException(_file.Path, offset.BlockOffset, BgzfError.BadVirtualOffset,
                $"it has no byte {offset.WithinBlock}.");
        }

        _next = offset.WithinBlock;
    }

    /// <summary>Fills the buffer; fewer bytes only at the end of the file.</summary>
    /// <exception cref="BgzfException">There is no sound block.</exception>
    public int Read(Span<byte> buffer)
    {
        var done = 0;
        while (done < buffer.Length && (_next < _size || NextBlock()))
        {
            var count = Math.Min(buffer.Length - done, _size - _next);
            _data.AsSpan(_next, count).CopyTo(buffer[done..]);
            _next += count;
            done += count;
        }

        return done;
    }

    public void Dispose() => _blocks.Dispose();

    private bool NextBlock()
    {
        do
        {
            _blockOffset = _blocks.Offset;
            _next = 0;
            if (!_blocks.TryRead(_data, out _size))
                return false;
        }
        while (_size == 0);
        return true;
    }
}
