namespace ActorCompute.Scheduling;

/// <summary>Entries in the order in which they are to be sent. Leaving costs the same wherever one stands.</summary>
internal sealed class WaitingTasks
{
    private readonly LinkedList<LedgerEntry> _entries = [];

    /// <summary>Tasks in all entries.</summary>
    public int Tasks { get; private set; }

    public LedgerEntry? First => _entries.First?.Value;

    public IEnumerable<LedgerEntry> Entries => _entries;

    public void AddFirst(LedgerEntry entry)
    {
        _entries.AddFirst(entry.Node);
        Tasks += entry.Batch.Count;
    }

    public void AddLast(LedgerEntry entry)
    {
        _entries.AddLast(entry.Node);
        Tasks += entry.Batch.Count;
    }

    /// <returns>False when it does not wait here.</returns>
    public bool Remove(LedgerEntry entry)
    {
        if (entry.Node.List != _entries) return false;
        _entries.Remove(entry.Node);
        Tasks -= entry.Batch.Count;
        return true;
    }
}
