using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// Walks the records of a BAM file in place: blocks are inflated into one buffer, and a record is looked at where it lies.
/// Only what is asked of a record has to be in the buffer, the rest is stepped over, so memory stays small whatever lengths
/// the file claims. One thread at a time; nothing is allocated per record or block.
/// </summary>
/// <remarks>
/// The buffer ("window"), while the record at <c>_record</c> is looked at:
/// <code>
/// 0            _blockStart        _record        _next            _end
/// | rest of the | the block at _blockOffset, inflated … |
/// | block before|                    '- block_size --'
/// </code>
/// <c>_next</c> may lie beyond <c>_end</c>: then the record goes on in blocks that are not read yet. A record that starts
/// before <c>_blockStart</c> is the first in the window, at 0, and <c>_carried</c> is where it started in the file.
/// The fixed part of a record (SAM specification, section 4.2):
/// <code>
///  0          4      8    12          13    14   16          18    20     24          28        32    36
/// |block_size|refID |pos |l_read_name|mapq |bin |n_cigar_op |flag |l_seq |next_refID |next_pos |tlen |name, CIGAR …
/// </code>
/// </remarks>
public sealed class BamRecordReader : IDisposable
{
    private const int FixedSize = 36;

    // A record has to be whole in memory for its CG tag alone. The longest reads make records of some ten MB.
    private const int MaxWholeRecord = 512 << 20;

    private readonly BamFile _file;
    private readonly BgzfBlockReader _blocks;
    private readonly IInflater _inflater;
    private readonly CancellationToken _cancellation;
    private readonly int _references;

    private byte[] _window = ArrayPool<byte>.Shared.Rent(2 * BgzfBlockHeader.MaxInflatedSize);
    private long _blockOffset;
    private int _blockStart;
    private int _end;
    private int _record;
    private long _next;
    private VirtualOffset _carried;
    private VirtualOffset? _target; // sought, but its block is not read yet

    /// <param name="file">The file; it is not disposed with the reader.</param>
    /// <param name="inflaters">The library to inflate with; <see cref="Inflaters.Default"/> when not given.</param>
    /// <param name="cancellation">Looked at once per block.</param>
    public BamRecordReader(BamFile file, InflaterProvider? inflaters = null, CancellationToken cancellation = default)
    {
        _file = file;
        _references = file.Header.References.Count;
        _inflater = (inflaters ?? Inflaters.Default).CreateInflater();
        _blocks = new BgzfBlockReader(file.Data, _inflater);
        _cancellation = cancellation;
        Seek(file.Header.FirstRecord);
    }

    /// <summary>Where the record starts.</summary>
    public VirtualOffset Start { get; private set; }

    /// <summary>refID: the number of the reference, -1 for an unplaced read.</summary>
    public int ReferenceId { get; private set; }

    /// <summary>pos: the leftmost aligned base, from 0; -1 when there is none.</summary>
    public int Position { get; private set; }

    /// <summary>The flags of SAM's column 2, see <see cref="SamFlags"/>.</summary>
    public ushort Flags { get; private set; }

    /// <summary>mapq, 0..254; 255 when it is not known.</summary>
    public byte MappingQuality { get; private set; }

    /// <summary>next_refID: the reference of the mate, -1 where it has none.</summary>
    public int MateReferenceId { get; private set; }

    /// <summary>next_pos: where the mate's leftmost aligned base is, from 0; -1 when there is none.</summary>
    public int MatePosition { get; private set; }

    /// <summary>n_cigar_op as stored, 0..65,535; a longer CIGAR is in the CG tag.</summary>
    public int CigarOperations { get; private set; }

    /// <summary>Bytes of the blocks read so far, as they are in the file.</summary>
    public long BytesRead => _blocks.BytesRead;

    /// <summary>Goes to the start of a record; the next <see cref="Read"/> reads that.</summary>
    public void Seek(VirtualOffset offset)
    {
        _blocks.Seek(offset.BlockOffset);
        _blockStart = _end = _record = 0;
        _next = 0;
        _target = offset;
    }

    /// <summary>Goes to the next record. One with impossible lengths, or a CIGAR of another length than its bases, is refused.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="BgzfException">A block cannot be read.</exception>
    /// <exception cref="BamException">The record is bad, or the file ends within it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Read()
    {
        if (_end - _next < FixedSize && !LoadFixedPart())
            return false;

        _record = (int)_next;
        Start = OffsetOf(_record);
        var bytes = _window.AsSpan(_record, FixedSize);
        var blockSize = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        ReferenceId = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        Position = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        var nameLength = bytes[12];
        MappingQuality = bytes[13];
        CigarOperations = BinaryPrimitives.ReadUInt16LittleEndian(bytes[16..]);
        Flags = BinaryPrimitives.ReadUInt16LittleEndian(bytes[18..]);
        var bases = BinaryPrimitives.ReadInt32LittleEndian(bytes[20..]);
        MateReferenceId = BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]);

        MatePosition = BinaryPrimitives.ReadInt32LittleEndian(bytes[28..]);

        // As samtools checks them. Negative numbers are large unsigned ones; refID -1 becomes 0.
        var contents = FixedSize - 4 + nameLength + 4L * CigarOperations + ((uint)bases + 1L) / 2 + (uint)bases;
        if (blockSize < contents || nameLength == 0 || bases < 0 || Position < -1
            || (uint)(ReferenceId + 1) > (uint)_references || (uint)(MateReferenceId + 1) > (uint)_references)
            throw BadRecord(Explain(blockSize, nameLength, bases, contents));

        _next += 4L + blockSize;
        if (CigarOperations > 0 && bases > 0 && (Flags & SamFlags.Unmapped) == 0)
            CheckCigar(nameLength, bases);
        return true;
    }

    /// <summary>
    /// The base after the record's last one on the reference, from 0, as samtools reckons it: an unmapped record, and one
    /// that covers no base, count as one base at <see cref="Position"/>.
    /// </summary>
    /// <exception cref="BgzfException">A block cannot be read.</exception>
    /// <exception cref="BamException">The file ends within the record, or its tags are damaged.</exception>
    public long ReferenceEnd()
    {
        if ((Flags & SamFlags.Unmapped) != 0 || CigarOperations == 0)
            return Position + 1L;

        return Position + Math.Max(1, Cigar.ReferenceLength(ReadCigar()));
    }

    /// <summary>
    /// The stretches of the reference that bases of the read are aligned to, ascending and apart: without what the record
    /// deletes or skips. None for an unmapped record.
    /// </summary>
    /// <param name="blocks">Emptied first.</param>
    /// <inheritdoc cref="ReferenceEnd"/>
    public void ReadAlignedBlocks(List<ReferenceStretch> blocks)
    {
        blocks.Clear();
        if ((Flags & SamFlags.Unmapped) == 0 && CigarOperations > 0)
            Cigar.AddAlignedBlocks(ReadCigar(), Position, blocks);
    }

    /// <summary>read_name without its NUL; good until the next call.</summary>
    /// <exception cref="BgzfException">A block cannot be read.</exception>
    /// <exception cref="BamException">The file ends within the record.</exception>
    public ReadOnlySpan<byte> ReadName()
    {
        var length = _window[_record + 12];
        HaveInWindow(FixedSize + length);
        return _window.AsSpan(_record + FixedSize, length - 1);
    }

    public void Dispose()
    {
        _blocks.Dispose();
        _inflater.Dispose();
        if (_window.Length > 0)
            ArrayPool<byte>.Shared.Return(_window);
        _window = [];
        _end = 0;
    }

    // As samtools: of a mapped read with bases, the CIGAR goes along all of them and no more.
    private void CheckCigar(int nameLength, int bases)
    {
        var (begin, end) = (FixedSize + nameLength, FixedSize + nameLength + 4 * CigarOperations);
        if (_end - _record < end)
            HaveInWindow(end);
        CheckReadLength(_window.AsSpan((_record + begin)..(_record + end)), bases);
    }

    private void CheckReadLength(ReadOnlySpan<byte> operations, int bases)
    {
        var length = Cigar.ReadLength(operations);
        if (length != bases)
            throw BadRecord($"its CIGAR goes along {length} bases, and it has {bases}.");
    }

    // The record's CIGAR, wherever it is kept.
    private ReadOnlySpan<byte> ReadCigar()
    {
        var cigarAt = FixedSize + _window[_record + 12];
        var cigarEnd = cigarAt + 4 * CigarOperations;
        HaveInWindow(cigarEnd);
        if (MayHaveLongCigar(cigarAt) && ReadLongCigar(cigarEnd) is { IsEmpty: false } operations)
            return operations;
        return _window.AsSpan(_record + cigarAt, 4 * CigarOperations);
    }

    // The stand-in for a CIGAR in the CG tag starts with a soft clip as long as the read.
    private bool MayHaveLongCigar(int cigarAt)
    {
        var first = BinaryPrimitives.ReadUInt32LittleEndian(_window.AsSpan(_record + cigarAt));
        var bases = BinaryPrimitives.ReadInt32LittleEndian(_window.AsSpan(_record + 20));
        return first == ((uint)bases << 4 | Cigar.SoftClip) && ReferenceId >= 0 && Position >= 0;
    }

    private ReadOnlySpan<byte> ReadLongCigar(int cigarEnd)
    {
        var size = _next - _record;
        if (size > MaxWholeRecord)
            throw BadRecord($"it has {size} bytes; records with a CG tag are accepted up to {MaxWholeRecord}.");
        HaveInWindow((int)size);

        var record = _window.AsSpan(_record, (int)size);
        var bases = BinaryPrimitives.ReadInt32LittleEndian(record[20..]);
        var fields = record[(cigarEnd + (int)((bases + 1L) / 2) + bases)..];
        if (!AuxiliaryFields.TryFindLongCigar(fields, out var operations))
            throw BadRecord("its tags are damaged.");
        if (operations.Length < 4 * CigarOperations)
            return default;
        CheckReadLength(operations, bases);
        return operations;
    }

    // Brings the fixed part of the next record into the window. False when the file ends where a record may start.
    private bool LoadFixedPart()
    {
        if (_target is { } target)
            LoadTarget(target);
        while (_end - _next < FixedSize)
        {
            if (_next >= _end)
            {
                // Nothing in the window is needed any more; the next record starts this far into what follows.
                _next -= _end;
                if (LoadBlock(0))
                    continue;
                if (_next > 0)
                    throw Truncated(Start);
                return false;
            }

            var start = OffsetOf((int)_next);
            var tail = _end - (int)_next;
            _window.AsSpan((int)_next, tail).CopyTo(_window);
            _next = 0;
            _carried = start;
            if (!LoadBlock(tail))
                throw Truncated(start);
        }

        return true;
    }

    // An offset within a block is only good if that block has so many bytes.
    private void LoadTarget(VirtualOffset target)
    {
        _target = null;
        if (target.WithinBlock == 0)
            return;
        if (!LoadBlock(0) && !_file.HasEndOfFileBlock)
        {
            throw new BgzfException(_file.Path, target.BlockOffset, BgzfError.Truncated,
                $"the file ends at {_file.Data.Length}. Get a complete copy.");
        }

        if (_end == 0 || _blockOffset != target.BlockOffset || target.WithinBlock > _end)
        {
            throw new BgzfException(_file.Path, target.BlockOffset, BgzfError.BadVirtualOffset,
                $"the block has no byte {target.WithinBlock}.");
        }

        _next = target.WithinBlock;
    }

    // Brings the first bytes of the record into the window. They are never more than the record has.
    private void HaveInWindow(int count)
    {
        if (_end - _record >= count)
            return;

        var tail = _end - _record;
        _window.AsSpan(_record, tail).CopyTo(_window);
        _next -= _record;
        _record = 0;
        _carried = Start;
        while (tail < count)
        {
            if (!LoadBlock(tail))
                throw Truncated(Start);
            tail = _end;
        }
    }

    // Inflates the next block that is not empty to the window at this index. At the end of the file the window is empty
    // from there on.
    private bool LoadBlock(int at)
    {
        ObjectDisposedException.ThrowIf(_window.Length == 0, this);
        if (_window.Length - at < BgzfBlockHeader.MaxInflatedSize)
            Grow(at);

        int size;
        do
        {
            _cancellation.ThrowIfCancellationRequested();
            _blockOffset = _blocks.Offset;
            _blockStart = _end = at;
            if (!_blocks.TryRead(_window.AsSpan(at), out size))
                return false;
        }
        while (size == 0);
        _end = at + size;
        return true;
    }

    private void Grow(int keep)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(keep + BgzfBlockHeader.MaxInflatedSize, 2 * _window.Length));
        _window.AsSpan(0, keep).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_window);
        _window = larger;
    }

    private VirtualOffset OffsetOf(int index) =>
        index >= _blockStart ? new VirtualOffset((ulong)_blockOffset << 16 | (uint)(index - _blockStart)) : _carried;

    // When the end-of-file block is there, nothing was cut off: then a length lies.
    private BamException Truncated(VirtualOffset start) => _file.HasEndOfFileBlock
        ? new BamException(_file.Path, start, BamError.BadRecord, "it reaches past the end of the data.")
        : new BamException(_file.Path, start, BamError.Truncated, "the file ends within this record. Get a complete copy.");

    private BamException BadRecord(string detail) => new(_file.Path, Start, BamError.BadRecord, detail);

    private string Explain(int blockSize, int nameLength, int bases, long contents)
    {
        if (nameLength == 0 || bases < 0)
            return $"l_read_name is {nameLength}, l_seq {bases}.";
        if (blockSize < contents)
            return $"block_size is {blockSize}, but what it has to hold takes {contents} bytes.";
        return $"refID is {ReferenceId}, next_refID {MateReferenceId}, pos {Position}; the header has {_references} references.";
    }
}
