namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// Samples whether an index belongs to a file: the index of another compression of the same reads has the same references
/// and counts, and only its places are wrong.
/// </summary>
internal sealed class IndexFit(BamFile bam, BamIndex index)
{
    // Each costs a block of the file, some 0.1 ms: all bins of a small file, and little of what a job takes with a large one.
    private const int MaxSamples = 16;

    /// <exception cref="BamIndexException">It is not the index of this file.</exception>
    public void Check()
    {
        using var reader = new BamRecordReader(bam);
        foreach (var (referenceId, bin, start) in Samples())
        {
            if (TryRead(reader, start))
                CheckRecord(reader, referenceId, bin, start);
        }

        // Behind the last record that has a reference are those that have none, or the end of the file.
        if (index.EndOfPlaced is { } end && TryRead(reader, end) && reader.ReferenceId >= 0)
            throw Misfit($"reads with a reference go on behind {end}, where it has the last one");
    }

    /// <summary>
    /// Looks at the bins beside a stretch of a reference. Reads of it whose bin has a wrong number would be missed in silence; as
    /// bins are in the order of their reads, such a bin is one of these.
    /// </summary>
    /// <exception cref="BamIndexException">It is not the index of this file.</exception>
    public void CheckBeside(int referenceId, IEnumerable<int> bins)
    {
        using var reader = new BamRecordReader(bam);
        foreach (var i in bins)
        {
            if (index.BinAt(referenceId, i) is var (bin, start) && TryRead(reader, start))
                CheckRecord(reader, referenceId, bin, start);
        }
    }

    /// <summary>Whether the error of the first read at a place tells that the place is wrong, not what is there.</summary>
    public static bool IsMisled(GenomicsFileException error, VirtualOffset at) => error switch
    {
        BgzfException { Error: BgzfError.NotBgzf or BgzfError.BadVirtualOffset } block => block.Offset == at.BlockOffset,
        BamException { Error: BamError.BadRecord } record => record.Offset == at,
        _ => false,
    };

    private void CheckRecord(BamRecordReader reader, int referenceId, uint bin, VirtualOffset start)
    {
        if (reader.ReferenceId != referenceId)
            throw Misfit($"the read at {start} has refID {reader.ReferenceId}, not {referenceId}");
        if (!(bin == index.Binning.BinWithoutPosition && reader.Position < 0) && !IsWithin(reader, bin))
            throw Misfit($"the read at {start} is at base {reader.Position + 1L}, and does not belong into bin {bin}");
    }

    // Programs put the records of small bins into the bin above them, and differ on how long a read is that is not mapped.
    private bool IsWithin(BamRecordReader reader, uint bin)
    {
        var binning = index.Binning;
        var begin = Math.Max(0, reader.Position);
        var end = (reader.Flags & SamFlags.Unmapped) != 0 ? begin + 1 : Math.Max(begin + 1, reader.ReferenceEnd());
        return begin >= binning.BeginOf(bin) && end <= binning.EndOf(bin);
    }

    // False where nothing can be told: at the end of the data, in a file that was cut off, in a damaged block.
    private bool TryRead(BamRecordReader reader, VirtualOffset at)
    {
        reader.Seek(at);
        try
        {
            return reader.Read();
        }
        catch (GenomicsFileException e) when (IsMisled(e, at))
        {
            throw Misfit($"no read starts at {at}: {e.Detail}");
        }
        catch (GenomicsFileException)
        {
            return false;
        }
    }

    // Bins from the whole length of the file, all of them where there are few.
    private IEnumerable<(int ReferenceId, uint Bin, VirtualOffset Start)> Samples()
    {
        var total = 0L;
        for (var id = 0; id < index.ReferenceCount; id++)
            total += index.BinCountOf(id);
        var (taken, passed) = (0L, 0L);
        for (var id = 0; id < index.ReferenceCount && taken < MaxSamples; id++)
        {
            var bins = index.BinCountOf(id);
            for (; taken < MaxSamples; taken++)
            {
                var wanted = total <= MaxSamples ? taken : taken * (total - 1) / (MaxSamples - 1);
                if (wanted >= passed + bins)
                    break;
                if (index.BinAt(id, (int)(wanted - passed)) is var (bin, start))
                    yield return (id, bin, start);
            }

            passed += bins;
        }
    }

    private BamIndexException Misfit(string detail) => BamIndex.Mismatch(index.Path, bam.Path, detail);
}
