namespace ActorCompute.Scheduling;

/// <summary>Entries in the order in which they are to be sent: a list whose links are in the entries. Leaving costs the same wherever one stands.</summary>
internal sealed class WaitingTasks
{
    private LedgerEntry? _last;

    /// <summary>Tasks in all entries.</summary>
    public int Tasks { get; private set; }

    public LedgerEntry? First { get; private set; }

    public IEnumerable<LedgerEntry> Entries
    {
        get
        {
            for (var entry = First; entry is not null; entry = entry.Behind) yield return entry;
        }
    }

    public void AddFirst(LedgerEntry entry)
    {
        Enter(entry);
        entry.Behind = First;
        if (First is null) _last = entry;
        else First.Before = entry;
        First = entry;
    }

    public void AddLast(LedgerEntry entry)
    {
        Enter(entry);
        entry.Before = _last;
        if (_last is null) First = entry;
        else _last.Behind = entry;
        _last = entry;
    }

    /// <returns>False when it does not wait here.</returns>
    public bool Remove(LedgerEntry entry)
    {
        if (entry.Queue != this) return false;
        if (entry.Before is null) First = entry.Behind;
        else entry.Before.Behind = entry.Behind;
        if (entry.Behind is null) _last = entry.Before;
        else entry.Behind.Before = entry.Before;
        (entry.Queue, entry.Before, entry.Behind) = (null, null, null);
        Tasks -= entry.Batch.Count;
        return true;
    }

    private void Enter(LedgerEntry entry)
    {
        if (entry.Queue is not null) throw new InvalidOperationException("the entry waits already.");
        entry.Queue = this;
        Tasks += entry.Batch.Count;
    }
}
