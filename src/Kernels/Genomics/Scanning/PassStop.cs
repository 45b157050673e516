namespace ActorCompute.Kernels.Genomics;

/// <summary>Ends a pass early, where somebody wants the rest of it. For one pass over sorted records.</summary>
/// <param name="isWanted">Asked once per block.</param>
internal sealed class PassStop(Func<bool> isWanted)
{
    private long _block = -1;
    private bool _isWanted;
    private long _after;

    /// <summary>The pass stops only at a record that starts behind this base.</summary>
    public long After { get; init; } = -1;

    /// <summary>And before this one.</summary>
    public long Before { get; init; } = long.MaxValue;

    /// <summary>Where the pass stopped, and at which base: of the records from there on none was looked at. Null when it went to its end.</summary>
    public (VirtualOffset Start, int Position)? StoppedAt { get; private set; }

    /// <summary>Whether to stop before the record that the reader is at: the first that starts at its base, so that no base is left half done.</summary>
    public bool StopsAt(BamRecordReader record)
    {
        if (!_isWanted)
        {
            if (record.Start.BlockOffset == _block)
                return false;
            _block = record.Start.BlockOffset;
            if (!isWanted())
                return false;
            (_isWanted, _after) = (true, Math.Max(record.Position, After));
        }

        if (record.Position <= _after || record.Position >= Before)
            return false;
        StoppedAt = (record.Start, record.Position);
        return true;
    }
}
