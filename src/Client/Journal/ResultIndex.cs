namespace ActorCompute.Client.Journal;

/// <summary>
/// Where the results of a page of numbers (65,536 of them) stand: in which stretches of a MiB of the journal. Tasks complete
/// nearly in the order of the plan, so a page is in few stretches; one page at a time is spread out to an offset for each number.
/// </summary>
/// <remarks>Memory: four bytes for each pair of a page and a stretch, 16 for a stretch, and 512 KiB for the page at hand.</remarks>
internal sealed class ResultIndex
{
    private const long StretchLength = 1 << 20;
    private const long SlotMask = (1L << DoneSet.PageBits) - 1;

    private readonly List<(long From, long To)> _stretches = [];
    private readonly Dictionary<long, List<int>> _pages = [];
    private readonly long[] _offsets = new long[1 << DoneSet.PageBits];
    private long _page = -1;

    /// <summary>Takes in a record, in the order of the file.</summary>
    public void Add(long number, in JournalRecord record)
    {
        // A stretch has no gap, or reading through it would meet damage.
        if (_stretches is [] || _stretches[^1].To != record.Offset || record.End - _stretches[^1].From > StretchLength) _stretches.Add((record.Offset, record.End));
        else _stretches[^1] = (_stretches[^1].From, record.End);
        if (!_pages.TryGetValue(number >> DoneSet.PageBits, out var stretches)) _pages.Add(number >> DoneSet.PageBits, stretches = []);
        if (stretches is [] || stretches[^1] != _stretches.Count - 1) stretches.Add(_stretches.Count - 1);
    }

    /// <summary>Where the result of a number stands that was added; the first, if there are several. To be asked in ascending order, or it takes long.</summary>
    public long? OffsetOf(long number, JournalReader reader)
    {
        if (number >> DoneSet.PageBits != _page) Spread(number >> DoneSet.PageBits, reader);
        return _offsets[number & SlotMask] is > 0 and var offset ? offset : null;
    }

    private void Spread(long page, JournalReader reader)
    {
        _page = page;
        Array.Clear(_offsets);
        foreach (var index in _pages.GetValueOrDefault(page, []))
        {
            var (from, to) = _stretches[index];
            for (var offset = from; offset < to && reader.TryReadAt(offset, out var record); offset = record.End)
            {
                if (!JournalEntry.TryReadNumber(record, out var number) || number >> DoneSet.PageBits != page) continue;
                ref var slot = ref _offsets[number & SlotMask];
                if (slot == 0) slot = offset;
            }
        }
    }
}
