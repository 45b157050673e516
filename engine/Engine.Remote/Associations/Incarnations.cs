namespace Akka.Remote.Associations;

/// <summary>
/// Which incarnation of a peer an association talks to. The first uid that answers is it; another uid means that the
/// peer was restarted, and the earlier one is dead for ever: a late frame of it can never make it current again.
/// Not thread-safe; the association's lock keeps it.
/// </summary>
internal sealed class Incarnations
{
    /// <summary>So many dead uids are remembered per address; a peer's late frames are at most seconds old.</summary>
    private const int Remembered = 64;

    private readonly Queue<int> _order = new();
    private readonly HashSet<int> _dead = [];

    public int? Current { get; private set; }

    /// <summary>The current one is quarantined: there is nobody to talk to until another uid shows up.</summary>
    public bool IsQuarantined => Current is { } uid && _dead.Contains(uid);

    public bool IsDead(int uid) => _dead.Contains(uid);

    /// <summary>Returns the uid that was replaced and was alive until now, null when there is none. The uid must not be dead.</summary>
    public int? Learn(int uid)
    {
        if (_dead.Contains(uid))
            throw new InvalidOperationException($"incarnation {uid} is dead");
        var before = Current;
        Current = uid;
        return before is { } old && old != uid && Bury(old) ? old : null;
    }

    /// <summary>False when it was dead already.</summary>
    public bool Bury(int uid)
    {
        if (!_dead.Add(uid))
            return false;
        _order.Enqueue(uid);
        if (_order.Count > Remembered)
            _dead.Remove(_order.Dequeue());
        return true;
    }
}
