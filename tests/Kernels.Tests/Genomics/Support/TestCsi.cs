using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

/// <summary>Builds a CSI index of small bins, record by record, with none of the code under test.</summary>
internal sealed class TestCsi(int references)
{
    private const int MinShift = 10;
    private const int Depth = 4;

    private readonly SortedDictionary<(int Reference, uint Bin), List<VirtualRange>> _bins = [];
    private readonly long[] _mapped = new long[references];
    private readonly long[] _unmapped = new long[references];
    private long _unplaced;

    public void Add(ReferenceRecord record, VirtualRange range)
    {
        if (record.ReferenceId < 0)
        {
            _unplaced++;
            return;
        }

        ((record.Flags & 4) == 0 ? _mapped : _unmapped)[record.ReferenceId]++;
        var key = (record.ReferenceId, BinOf(Math.Max(0, record.Position), Math.Max(1, record.End)));
        if (!_bins.TryGetValue(key, out var chunks)) _bins[key] = chunks = [];
        if (chunks.Count > 0 && chunks[^1].End == range.Begin) chunks[^1] = chunks[^1] with { End = range.End };
        else chunks.Add(range);
    }

    public byte[] Bytes()
    {
        var csi = TestIndex.Csi(MinShift, Depth, references);
        for (var id = 0; id < references; id++)
        {
            var bins = _bins.Where(bin => bin.Key.Reference == id).ToList();
            csi.Int(bins.Count == 0 ? 0 : bins.Count + 1);
            foreach (var (key, chunks) in bins)
            {
                // No record that overlaps the bin starts before it: the first of its reference is always right.
                csi.Int(key.Bin).Long(bins.Min(bin => bin.Value[0].Begin.Value)).Int(chunks.Count);
                foreach (var chunk in chunks) csi.Long(chunk.Begin.Value).Long(chunk.End.Value);
            }

            if (bins.Count == 0) continue;
            csi.Int(MetadataBin).Long(0).Int(2);
            csi.Long(bins.Min(bin => bin.Value[0].Begin.Value)).Long(bins.Max(bin => bin.Value[^1].End.Value)).Long((ulong)_mapped[id]).Long((ulong)_unmapped[id]);
        }

        return csi.Long((ulong)_unplaced).Bytes;
    }

    private static uint MetadataBin => FirstBin(Depth + 1) + 1;

    private static uint FirstBin(int level) => (uint)(((1L << 3 * level) - 1) / 7);

    private static uint BinOf(long begin, long end)
    {
        for (var level = Depth; level > 0; level--)
        {
            var shift = MinShift + (3 * (Depth - level));
            if (begin >> shift == end - 1 >> shift) return FirstBin(level) + (uint)(begin >> shift);
        }

        return 0;
    }
}
