using System.Text;

namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// Takes back what both mates of a pair cover: it is one molecule, and counts once. Records come sorted by position, so the
/// first mate is kept until the second one comes by.
/// </summary>
/// <remarks><code>
/// first   --------------
/// second            ------------
/// taken back        -----
/// </code>
/// What a pair covers twice within a stretch is covered by both mates there, so a pass over all records that overlap the
/// stretch meets both: stretches can be measured apart.
/// </remarks>
internal sealed class MateOverlaps(CoverageChanges coverage)
{
    private const int SmallestSweep = 4096;

    // l_read_name has 8 bits.
    private const int LongestName = 255;

    private readonly Dictionary<string, ReferenceStretch[]> _first = [];
    private int _sweepAt = SmallestSweep;

    /// <summary>Takes a record of a proper pair, and the blocks that it covers.</summary>
    public void Add(BamRecordReader record, List<ReferenceStretch> blocks)
    {
        if (blocks.Count == 0)
            return;

        // Both mates may start at the same base; then the first is the one that comes first.
        var mayBeFirst = record.MateReferenceId == record.ReferenceId && record.MatePosition >= record.Position
            && record.MatePosition < blocks[^1].End;
        if (!mayBeFirst && _first.Count == 0)
            return;

        Span<char> characters = stackalloc char[LongestName];
        var name = characters[..Encoding.Latin1.GetChars(record.ReadName(), characters)];
        var byName = _first.GetAlternateLookup<ReadOnlySpan<char>>();
        if (mayBeFirst && (record.MatePosition > record.Position || !byName.ContainsKey(name)))
            Keep(name.ToString(), record.Position, blocks);
        else if (byName.Remove(name, out _, out var first))
            TakeBack(first, blocks);
    }

    private void Keep(string name, int position, List<ReferenceStretch> blocks)
    {
        // The mates of some never come: filtered out, or not in the file. Those that end before this record overlap nothing
        // that follows, so memory is bounded by what overlaps one base.
        if (_first.Count >= _sweepAt)
        {
            foreach (var (other, kept) in _first)
            {
                if (kept[^1].End <= position)
                    _first.Remove(other);
            }

            _sweepAt = Math.Max(SmallestSweep, 2 * _first.Count);
        }

        _first[name] = [.. blocks];
    }

    private void TakeBack(ReferenceStretch[] first, List<ReferenceStretch> second)
    {
        for (int i = 0, j = 0; i < first.Length && j < second.Count;)
        {
            coverage.Add(new ReferenceStretch(Math.Max(first[i].Begin, second[j].Begin), Math.Min(first[i].End, second[j].End)), -1);
            if (first[i].End < second[j].End)
                i++;
            else
                j++;
        }
    }
}
