namespace ActorCompute.Kernels.Genomics;

/// <summary>A single pass over parts of a file, with its own reader; the loops behind <see cref="BamScanner"/>.</summary>
/// <remarks>A file that was cut off ends a walk with a warning, all other damage with an exception.</remarks>
internal sealed class Walk(BamFile file, InflaterProvider inflaters, ReadFilter filter, CancellationToken cancellation)
    : IDisposable
{
    private readonly BamRecordReader _reader = new(file, inflaters, cancellation);
    private long _count;
    private long _records;
    private ScanWarnings _warnings;

    /// <summary>The range holds nothing but this reference's records (-1: unplaced ones), says the index.</summary>
    public ScanResult CountPlaced(VirtualRange range, int referenceId, BamScanner scanner)
    {
        try
        {
            _reader.Seek(range.Begin);
            while (Next(range.End))
            {
                if (_reader.Start >= range.End)
                {
                    // One record too far, and a good place to see whether the index stops where the reference does.
                    if (_reader.ReferenceId == referenceId)
                        throw scanner.NotOurIndex($"reference {referenceId} goes on behind {range.End}");
                    break;
                }

                if (_reader.ReferenceId != referenceId)
                    throw WrongReference(scanner, referenceId);
                _records++;
                if (filter.Passes(_reader.Flags, _reader.MappingQuality))
                    _count++;
            }
        }
        catch (GenomicsFileException e) when (IsCutOff(e))
        {
            _warnings |= ScanWarnings.CutShort;
        }

        return Result();
    }

    /// <summary>The ranges hold all records that overlap the bases [begin, end), from 0, and others.</summary>
    public ScanResult CountOverlapping(
        IReadOnlyList<VirtualRange> ranges, int referenceId, long begin, long end, BamScanner scanner)
    {
        try
        {
            foreach (var range in ranges)
            {
                _reader.Seek(range.Begin);
                while (Next(range.End) && _reader.Start < range.End)
                {
                    if (_reader.ReferenceId != referenceId)
                        throw WrongReference(scanner, referenceId);
                    if (_reader.Position >= end)
                        return Result(); // sorted: all that follow start even later
                    if (_reader.Position < begin && _reader.ReferenceEnd() <= begin)
                        continue;
                    _records++;
                    if (filter.Passes(_reader.Flags, _reader.MappingQuality))
                        _count++;
                }
            }
        }
        catch (GenomicsFileException e) when (IsCutOff(e))
        {
            _warnings |= ScanWarnings.CutShort;
        }

        return Result();
    }

    /// <summary>Whatever starts in the range, by reference.</summary>
    public FileScanResult CountAll(VirtualRange range)
    {
        // Index 0 is refID -1: one array access for each record, no question asked.
        var counts = new long[file.Header.References.Count + 1];
        try
        {
            _reader.Seek(range.Begin);
            while (Next(range.End) && _reader.Start < range.End)
            {
                _records++;
                if (filter.Passes(_reader.Flags, _reader.MappingQuality))
                    counts[_reader.ReferenceId + 1]++;
            }
        }
        catch (GenomicsFileException e) when (IsCutOff(e))
        {
            _warnings |= ScanWarnings.CutShort;
        }

        return new FileScanResult(counts[1..], counts[0], _records, _reader.BytesRead, _warnings);
    }

    public void Dispose() => _reader.Dispose();

    private static bool IsCutOff(GenomicsFileException e) =>
        e is BgzfException { Error: BgzfError.Truncated } or BamException { Error: BamError.Truncated };

    private bool Next(VirtualOffset end)
    {
        if (_reader.Read())
            return true;
        if (file.HasEndOfFileBlock)
            return false;

        if (end == VirtualOffset.End)
            _warnings |= ScanWarnings.NoEndOfFileBlock;
        else if (end.BlockOffset > file.Data.Length)
            _warnings |= ScanWarnings.CutShort;
        return false;
    }

    private ScanResult Result() => new(_count, _records, _reader.BytesRead, _warnings);

    private BamIndexException WrongReference(BamScanner scanner, int referenceId) => scanner.NotOurIndex(
        $"the record at {_reader.Start} has refID {_reader.ReferenceId}, not {referenceId} as the index says");
}
