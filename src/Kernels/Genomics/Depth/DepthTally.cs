namespace ActorCompute.Kernels.Genomics;

/// <summary>Covers bases with each record that counts.</summary>
internal readonly struct DepthTally(CoverageChanges coverage, DepthOptions options) : IRecordTally
{
    private readonly ReadFilter _filter = new(0, (ushort)(options.ExcludedFlags | SamFlags.Unmapped), options.MinimumMappingQuality);
    private readonly List<ReferenceStretch> _blocks = [];
    private readonly MateOverlaps _mates = new(coverage);

    public void Add(BamRecordReader record)
    {
        if (record.Position >= coverage.Begin)
            coverage.Starts++;
        if (!_filter.Passes(record.Flags, record.MappingQuality))
            return;
        if (options.FastMode)
        {
            coverage.Add(new ReferenceStretch(record.Position, record.ReferenceEnd()), +1);
            return;
        }

        record.ReadAlignedBlocks(_blocks);
        foreach (var block in _blocks)
            coverage.Add(block, +1);
        if ((record.Flags & (SamFlags.ProperPair | SamFlags.Supplementary)) == SamFlags.ProperPair)
            _mates.Add(record, _blocks);
    }
}
