namespace ActorCompute.Kernels.Genomics;

/// <summary>A single pass over parts of a file, with its own reader; the loops behind <see cref="BamParts"/>.</summary>
/// <remarks>A file that was cut off ends a walk with a warning, all other damage with an exception.</remarks>
internal sealed class Walk<TTally>(BamFile file, InflaterProvider inflaters, TTally tally, CancellationToken cancellation)
    : IDisposable
    where TTally : struct, IRecordTally
{
    private readonly BamRecordReader _reader = new(file, inflaters, cancellation);
#pragma warning disable IDE0044 // a readonly struct field would be copied for each Add, and the copy counted
    private TTally _tally = tally;
#pragma warning restore IDE0044
    private long _records;
    private ScanWarnings _warnings;

    /// <summary>The range holds nothing but this reference's records (-1: unplaced ones), says the index.</summary>
    public Pass<TTally> Placed(VirtualRange range, int referenceId, BamParts parts) => UpToTheCut(() =>
    {
        _reader.Seek(range.Begin);
        while (Next(range.End))
        {
            if (_reader.Start >= range.End)
            {
                // One record too far, and a good place to see whether the index stops where the reference does.
                if (_reader.ReferenceId == referenceId)
                    throw parts.NotOurIndex($"reference {referenceId} goes on behind {range.End}");
                break;
            }

            CheckReference(referenceId, parts);
            Take();
        }
    });

    /// <summary>The ranges hold all records that overlap the bases [begin, end), from 0, and others.</summary>
    public Pass<TTally> Overlapping(
        IReadOnlyList<VirtualRange> ranges, int referenceId, long begin, long end, BamParts parts) => UpToTheCut(() =>
    {
        foreach (var range in ranges)
        {
            _reader.Seek(range.Begin);
            while (Next(range.End) && _reader.Start < range.End)
            {
                CheckReference(referenceId, parts);
                if (_reader.Position >= end)
                    return; // sorted: all that follow start even later
                if (_reader.Position >= begin || _reader.ReferenceEnd() > begin)
                    Take();
            }
        }
    });

    /// <summary>Whatever starts in the range.</summary>
    public Pass<TTally> All(VirtualRange range) => UpToTheCut(() =>
    {
        _reader.Seek(range.Begin);
        while (Next(range.End) && _reader.Start < range.End)
            Take();
    });

    public void Dispose() => _reader.Dispose();

    private Pass<TTally> UpToTheCut(Action pass)
    {
        try
        {
            pass();
        }
        catch (GenomicsFileException e) when (IsCutOff(e))
        {
            _warnings |= ScanWarnings.CutShort;
        }

        return new Pass<TTally>(_tally, _records, _reader.BytesRead, _warnings);
    }

    private static bool IsCutOff(GenomicsFileException e) =>
        e is BgzfException { Error: BgzfError.Truncated } or BamException { Error: BamError.Truncated };

    private void Take()
    {
        _records++;
        _tally.Add(_reader);
    }

    private void CheckReference(int referenceId, BamParts parts)
    {
        if (_reader.ReferenceId != referenceId)
        {
            throw parts.NotOurIndex(
                $"the record at {_reader.Start} has refID {_reader.ReferenceId}, not {referenceId} as the index says");
        }
    }

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
}
