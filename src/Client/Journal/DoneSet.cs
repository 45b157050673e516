using System.Collections;

namespace ActorCompute.Client.Journal;

/// <summary>
/// A set of task numbers, compact for a hundred million: at most 8 KiB for 65,536 numbers that lie together, nothing for
/// such a page that is full, and two bytes a number where few lie in a page.
/// </summary>
internal sealed class DoneSet
{
    public const int PageBits = 16;
    private const int PageSize = 1 << PageBits;

    // From here on a bitmap is smaller than a list.
    private const int LongestList = 4096;

    private readonly Dictionary<long, Page> _pages = [];

    public long Count { get; private set; }

    /// <summary>The largest number, -1 when empty.</summary>
    public long Largest { get; private set; } = -1;

    public bool Contains(long number) => _pages.TryGetValue(number >> PageBits, out var page) && page.Contains((ushort)number);

    /// <returns>False when it was there.</returns>
    public bool Add(long number)
    {
        if (!_pages.TryGetValue(number >> PageBits, out var page)) _pages.Add(number >> PageBits, page = new());
        if (!page.Add((ushort)number)) return false;
        Count++;
        Largest = Math.Max(Largest, number);
        return true;
    }

    /// <returns>False when it was not there.</returns>
    public bool Remove(long number)
    {
        if (!_pages.TryGetValue(number >> PageBits, out var page) || !page.Remove((ushort)number)) return false;
        Count--;
        return true;
    }

    private sealed class Page
    {
        private List<ushort>? _list = [];
        private BitArray? _bits;
        private int _count;

        public bool Contains(ushort slot) => _list is not null ? _list.BinarySearch(slot) >= 0 : _bits?[slot] ?? true;

        public bool Add(ushort slot)
        {
            if (_list is not null)
            {
                var at = _list.BinarySearch(slot);
                if (at >= 0) return false;
                _list.Insert(~at, slot);
                if (++_count > LongestList) ToBits();
                return true;
            }

            // Neither list nor bits: the page is full.
            if (_bits is null || _bits[slot]) return false;
            _bits[slot] = true;
            if (++_count == PageSize) _bits = null;
            return true;
        }

        public bool Remove(ushort slot)
        {
            if (!Contains(slot)) return false;
            if (_list is not null) _list.RemoveAt(_list.BinarySearch(slot));
            else (_bits ??= new(PageSize, defaultValue: true))[slot] = false;
            _count--;
            return true;
        }

        private void ToBits()
        {
            _bits = new(PageSize);
            foreach (var slot in _list!) _bits[slot] = true;
            _list = null;
        }
    }
}
