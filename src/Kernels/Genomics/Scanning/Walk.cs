using System.Runtime.CompilerServices;

namespace ActorCompute.Kernels.Genomics;

/// <summary>A single pass over parts of a file, with its own reader; the loops behind <see cref="BamParts"/>.</summary>
/// <remarks>
/// A file that was cut off ends a walk with a warning, all other damage with an exception. The loops are compiled at once
/// with all optimization: a worker's first task may be its longest, and would spend its time in code that is still slow.
/// </remarks>
internal sealed class Walk<TTally>(BamFile file, InflaterProvider inflaters, TTally tally, CancellationToken cancellation, PassStop? stop = null)
    : IDisposable
    where TTally : struct, IRecordTally
{
    private readonly BamRecordReader _reader = new(file, inflaters, cancellation);
    private readonly PassStop? _stop = stop;
#pragma warning disable IDE0044 // a readonly struct field would be copied for each Add, and the copy counted
    private TTally _tally = tally;
#pragma warning restore IDE0044
    private long _records;
    private ScanWarnings _warnings;
    private BamSlice? _rest;

    /// <summary>The slice holds nothing but its reference's records, says the index.</summary>
    public Pass<TTally> Placed(BamSlice slice)
    {
        try
        {
            for (var i = 0; i < slice.Ranges.Count; i++)
            {
                Placed(slice.Ranges[i], slice.ReferenceId, EndOf(slice, i));
                if (_stop?.StoppedAt is { } at)
                {
                    _rest = RestOf(slice, i, at.Start);
                    break;
                }
            }
        }
        catch (GenomicsFileException e) when (IsCutOff(e))
        {
            _warnings |= ScanWarnings.CutShort;
        }

        return Done();
    }

    /// <summary>The slice holds records that overlap the bases [begin, end), from 0, and others.</summary>
    public Pass<TTally> Overlapping(BamSlice slice, long begin, long end)
    {
        try
        {
            for (var i = 0; i < slice.Ranges.Count; i++)
            {
                // Sorted: behind one that starts after the end there is nothing more to find.
                if (Overlapping(slice.Ranges[i], slice.ReferenceId, begin, end, EndOf(slice, i)))
                    continue;
                if (_stop?.StoppedAt is { } at)
                    _rest = RestOf(slice, i, at.Start);
                break;
            }
        }
        catch (GenomicsFileException e) when (IsCutOff(e))
        {
            _warnings |= ScanWarnings.CutShort;
        }

        return Done();
    }

    /// <summary>Whatever starts in the range.</summary>
    public Pass<TTally> All(VirtualRange range)
    {
        try
        {
            Any(range);
        }
        catch (GenomicsFileException e) when (IsCutOff(e))
        {
            _warnings |= ScanWarnings.CutShort;
        }

        return Done();
    }

    public void Dispose() => _reader.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Placed(VirtualRange range, int referenceId, SliceEnd end)
    {
        for (var more = ReadFirst(range.Begin); more; more = _reader.Read())
        {
            if (_reader.Start >= range.End)
            {
                CheckEnd(range.End, referenceId, end);
                return;
            }

            if (_reader.ReferenceId != referenceId)
                throw OtherReference(referenceId);
            if (_stop is not null && _stop.StopsAt(_reader))
                return;
            _records++;
            _tally.Add(_reader);
        }

        CheckEndOfFile(range.End, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Overlapping(VirtualRange range, int referenceId, long begin, long end, SliceEnd sliceEnd)
    {
        for (var more = ReadFirst(range.Begin); more; more = _reader.Read())
        {
            if (_reader.Start >= range.End)
            {
                CheckEnd(range.End, referenceId, sliceEnd);
                return true;
            }

            if (_reader.ReferenceId != referenceId)
                throw OtherReference(referenceId);
            if (_reader.Position >= end)
                return false;
            if (_stop is not null && _stop.StopsAt(_reader))
                return false;
            if (_reader.Position >= begin || _reader.ReferenceEnd() > begin)
            {
                _records++;
                _tally.Add(_reader);
            }
        }

        CheckEndOfFile(range.End, sliceEnd);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Any(VirtualRange range)
    {
        _reader.Seek(range.Begin);
        while (_reader.Read())
        {
            if (_reader.Start >= range.End)
                return;
            _records++;
            _tally.Add(_reader);
        }

        CheckEndOfFile(range.End, SliceEnd.Open);
    }

    // Where the index sends a pass, a record starts; if none does, the index is the likelier culprit.
    private bool ReadFirst(VirtualOffset begin)
    {
        _reader.Seek(begin);
        try
        {
            return _reader.Read();
        }
        catch (GenomicsFileException e) when (IndexFit.IsMisled(e, begin))
        {
            throw BamIndex.Mislead(file.Path, e);
        }
    }

    private Pass<TTally> Done() => new(_tally, _records, _reader.BytesRead, _warnings) { Rest = _rest };

    private static BamSlice RestOf(BamSlice slice, int range, VirtualOffset start) =>
        slice with { Ranges = [new(start, slice.Ranges[range].End), .. slice.Ranges.Skip(range + 1)] };

    private static SliceEnd EndOf(BamSlice slice, int range) => range == slice.Ranges.Count - 1 ? slice.End : SliceEnd.Open;

    private static bool IsCutOff(GenomicsFileException e) =>
        e is BgzfException { Error: BgzfError.Truncated } or BamException { Error: BamError.Truncated };

    // The reader is one record too far: a good place to see whether the index is right about the end.
    private void CheckEnd(VirtualOffset end, int referenceId, SliceEnd what)
    {
        if (what == SliceEnd.OtherReference && _reader.ReferenceId == referenceId)
            throw NotOurIndex($"reference {referenceId} goes on behind {end}");
        if (what == SliceEnd.Cut && _reader.Start != end && !IsSamePlace(end, _reader.Start))
            throw NotOurIndex($"no record starts at {end}, where it has one");
    }

    private void CheckEndOfFile(VirtualOffset end, SliceEnd what)
    {
        if (file.HasEndOfFileBlock)
        {
            if (what == SliceEnd.Cut)
                throw NotOurIndex($"no record starts at {end}, where it has one: the records end before");
        }
        else if (end == VirtualOffset.End)
        {
            _warnings |= ScanWarnings.NoEndOfFileBlock;
        }
        else if (end.BlockOffset > file.Data.Length)
        {
            _warnings |= ScanWarnings.CutShort;
        }
    }

    // The end of a block is the start of the next one that is not empty; the reader names places by the latter.
    private bool IsSamePlace(VirtualOffset end, VirtualOffset start)
    {
        if (start.WithinBlock != 0)
            return false;
        using var inflater = inflaters.CreateInflater();
        using var blocks = new BgzfBlockReader(file.Data, inflater);
        blocks.Seek(end.BlockOffset);
        var content = new byte[BgzfBlockHeader.MaxInflatedSize];
        var expected = end.WithinBlock;
        while (blocks.Offset < start.BlockOffset && blocks.TryRead(content, out var size) && size == expected)
            expected = 0;
        return blocks.Offset == start.BlockOffset && expected == 0;
    }

    private BamIndexException OtherReference(int referenceId) =>
        NotOurIndex($"the record at {_reader.Start} has refID {_reader.ReferenceId}, not {referenceId} as the index says");

    private BamIndexException NotOurIndex(string detail) => BamIndex.Mismatch(file.Path, detail);
}
