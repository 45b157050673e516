namespace ActorCompute.Worker.Shared;

/// <summary>What was used lately, within a bound of bytes: the longest unused go first. Pure; not for several threads.</summary>
/// <param name="mostBytes">Bytes of all entries. The latest stays, however large it is.</param>
/// <param name="longestUnused">What was not used for so long goes too.</param>
internal sealed class RecentEntries<TKey, TValue>(long mostBytes, TimeSpan longestUnused)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<Entry>> _entries = [];

    // The latest first.
    private readonly LinkedList<Entry> _order = new();

    public int Count => _entries.Count;

    public long Bytes { get; private set; }

    public bool TryGet(TKey key, TimeSpan now, out TValue value)
    {
        value = default!;
        if (!_entries.TryGetValue(key, out var node)) return false;
        node.ValueRef.UsedAt = now;
        _order.Remove(node);
        _order.AddFirst(node);
        value = node.Value.Value;
        return true;
    }

    /// <summary>Adds an entry, or takes the place of the one that is there.</summary>
    public void Set(TKey key, TValue value, long bytes, TimeSpan now)
    {
        Remove(key);
        _entries[key] = _order.AddFirst(new Entry { Key = key, Value = value, Bytes = bytes, UsedAt = now });
        Bytes += bytes;
        while (Bytes > mostBytes && _order.Count > 1) Remove(_order.Last!.Value.Key);
    }

    public void Remove(TKey key)
    {
        if (!_entries.Remove(key, out var node)) return;
        _order.Remove(node);
        Bytes -= node.Value.Bytes;
    }

    /// <summary>Drops what was not used for long.</summary>
    public void Trim(TimeSpan now)
    {
        while (_order.Last is { } last && now - last.Value.UsedAt > longestUnused) Remove(last.Value.Key);
    }

    private record struct Entry
    {
        public TKey Key;
        public TValue Value;
        public long Bytes;
        public TimeSpan UsedAt;
    }
}
