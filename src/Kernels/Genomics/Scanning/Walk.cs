using System.Runtime.CompilerServices;

namespace ActorCompute.Kernels.Genomics;

/// <summary>A single pass over parts of a file, with its own reader; the loops behind <see cref="BamPasses"/>.</summary>
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
    private BamPart? _rest;

    /// <summary>The part holds nothing but its reference's records, says the index.</summary>
    public Pass<TTally> Placed(BamPart part)
    {
        try
        {
            for (var i = 0; i < part.Ranges.Count; i++)
            {
                Placed(part.Ranges[i], part.ReferenceId, EndOf(part, i));
                if (_stop?.StoppedAt is { } at)
                {
                    _rest = RestOf(part, i, at.Start);
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

    /// <summary>The part holds records that overlap the bases [begin, end), from 0, and others.</summary>
    public Pass<TTally> Overlapping(BamPart part, long begin, long end)
    {
        try
        {
            for (var i = 0; i < part.Ranges.Count; i++)
            {
                // Sorted: behind one that starts after the end there is nothing more to find.
                if (Overlapping(part.Ranges[i], part.ReferenceId, begin, end, EndOf(part, i)))
                    continue;
                if (_stop?.StoppedAt is { } at)
                    _rest = RestOf(part, i, at.Start);
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
    private void Placed(VirtualRange range, int referenceId, PartEnd end)
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
    private bool Overlapping(VirtualRange range, int referenceId, long begin, long end, PartEnd partEnd)
    {
        for (var more = ReadFirst(range.Begin); more; more = _reader.Read())
        {
            if (_reader.Start >= range.End)
            {
                CheckEnd(range.End, referenceId, partEnd);
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

        CheckEndOfFile(range.End, partEnd);
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

        CheckEndOfFile(range.End, PartEnd.Open);
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

    private static BamPart RestOf(BamPart part, int range, VirtualOffset start) =>
        part with { Ranges = [new(start, part.Ranges[range].End), .. part.Ranges.Skip(range + 1)] };

    private static PartEnd EndOf(BamPart part, int range) => range == part.Ranges.Count - 1 ? part.End : PartEnd.Open;

    private static bool IsCutOff(GenomicsFileException e) =>
        e is BgzfException { Error: BgzfError.Truncated } or BamException { Error: BamError.Truncated };

    // The reader is one record too far: a good place to see whether the index is right about the end.
    private void CheckEnd(VirtualOffset end, int referenceId, PartEnd what)
    {
        if (what == PartEnd.OtherReference && _reader.ReferenceId == referenceId)
            throw NotOurIndex($"reference {referenceId} goes on behind {end}");
        if (what == PartEnd.Cut && _reader.Start != end && !IsSamePlace(end, _reader.Start))
            throw NotOurIndex($"no record starts at {end}, where it has one");
    }

    private void CheckEndOfFile(VirtualOffset end, PartEnd what)
    {
        if (file.HasEndOfFileBlock)
        {
            if (what == PartEnd.Cut)
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
