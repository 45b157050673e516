using System.Buffers.Binary;

namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// Builds a BAI index while a sorted BAM file is written: <see cref="Add"/> each record in the file's order, then
/// <see cref="Write"/>. Memory grows with the bins in use, not with the records.
/// </summary>
public sealed class BaiBuilder
{
    private readonly Reference[] _references;
    private int _current = -1;
    private int _lastPosition;
    private long _unplaced;

    public BaiBuilder(int referenceCount)
    {
        _references = new Reference[referenceCount];
        for (var i = 0; i < referenceCount; i++)
            _references[i] = new Reference();
    }

    /// <summary>Adds the next record.</summary>
    /// <param name="referenceId">Its refID; -1 when it has none.</param>
    /// <param name="position">Its pos, from 0.</param>
    /// <param name="referenceEnd">As <see cref="BamRecordReader.ReferenceEnd"/>.</param>
    /// <param name="isMapped">That its flags do not have <see cref="SamFlags.Unmapped"/>.</param>
    /// <param name="range">Where it is in the file.</param>
    /// <exception cref="ArgumentException">The records are not sorted, or it lies beyond 2^29, where BAI ends.</exception>
    public void Add(int referenceId, int position, long referenceEnd, bool isMapped, VirtualRange range)
    {
        if (referenceId < 0)
        {
            _current = int.MaxValue;
            _unplaced++;
            return;
        }

        if (referenceId < _current || referenceId == _current && position < _lastPosition)
            throw new ArgumentException($"The record at {range.Begin} is not in order: an index needs a sorted file.");
        if (referenceEnd > Binning.Bai.MaxPosition)
            throw new ArgumentException($"The record at {range.Begin} ends at {referenceEnd}; BAI ends at 2^29. CSI does not.");

        _current = referenceId;
        _lastPosition = position;
        _references[referenceId].Add(Math.Max(0, position), Math.Max(1, referenceEnd), isMapped, range);
    }

    public void Write(Stream output)
    {
        output.Write("BAI\x01"u8);
        WriteInt32(output, _references.Length);
        foreach (var reference in _references)
            reference.Write(output);
        WriteUInt64(output, (ulong)_unplaced);
    }

    private static void WriteInt32(Stream output, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        output.Write(bytes);
    }

    private static void WriteUInt64(Stream output, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        output.Write(bytes);
    }

    private sealed class Reference
    {
        private readonly SortedDictionary<uint, List<VirtualRange>> _bins = [];
        private readonly List<VirtualOffset> _windows = [];
        private List<VirtualRange>? _lastChunks;
        private uint _lastBin;
        private VirtualRange _range;
        private ulong _mapped;
        private ulong _unmapped;

        public void Add(long begin, long end, bool isMapped, VirtualRange range)
        {
            _range = _lastChunks is null ? range : _range with { End = range.End };
            if (isMapped)
                _mapped++;
            else
                _unmapped++;

            var bin = Binning.Bai.BinOf(begin, end);
            if (_lastChunks is null || bin != _lastBin)
            {
                if (!_bins.TryGetValue(bin, out _lastChunks))
                    _bins[bin] = _lastChunks = [];
                _lastBin = bin;
            }

            // A chunk grows as long as no more than a part of one block lies between.
            if (_lastChunks.Count > 0 && _lastChunks[^1].End.BlockOffset == range.Begin.BlockOffset)
                _lastChunks[^1] = _lastChunks[^1] with { End = range.End };
            else
                _lastChunks.Add(range);

            // Sorted: whoever comes first to a window starts first. Windows that were passed by take the next one's start.
            for (var last = end - 1 >> Binning.Bai.MinShift; _windows.Count <= last;)
                _windows.Add(range.Begin);
        }

        public void Write(Stream output)
        {
            WriteInt32(output, _bins.Count == 0 ? 0 : _bins.Count + 1);
            foreach (var (bin, chunks) in _bins)
            {
                WriteInt32(output, (int)bin);
                WriteInt32(output, chunks.Count);
                foreach (var chunk in chunks)
                    WriteChunk(output, chunk.Begin.Value, chunk.End.Value);
            }

            if (_bins.Count > 0)
            {
                WriteInt32(output, (int)Binning.Bai.MetadataBin);
                WriteInt32(output, 2);
                WriteChunk(output, _range.Begin.Value, _range.End.Value);
                WriteChunk(output, _mapped, _unmapped);
            }

            WriteInt32(output, _windows.Count);
            foreach (var window in _windows)
                WriteUInt64(output, window.Value);
        }

        private static void WriteChunk(Stream output, ulong first, ulong second)
        {
            WriteUInt64(output, first);
            WriteUInt64(output, second);
        }
    }
}
