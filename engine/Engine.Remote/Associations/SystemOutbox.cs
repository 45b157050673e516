namespace Akka.Remote.Associations;

/// <summary>
/// System messages on their way to one incarnation of a peer: numbered from 1 without gaps, kept until acknowledged,
/// sent again in order on a new connection (TCP loses nothing within one). Not thread-safe; users lock it.
/// </summary>
internal sealed class SystemOutbox<T>
{
    private readonly Queue<T> _unacknowledged = new();
    private ulong _firstNumber = 1;

    public int Count => _unacknowledged.Count;

    /// <summary>The number that the message travels under.</summary>
    public ulong Add(T message)
    {
        _unacknowledged.Enqueue(message);
        return _firstNumber + (ulong)_unacknowledged.Count - 1;
    }

    /// <summary>All up to and with <paramref name="number"/> arrived. False when that number was never sent.</summary>
    public bool Acknowledge(ulong number)
    {
        if (number >= _firstNumber + (ulong)_unacknowledged.Count)
            return false;
        while (_firstNumber <= number)
        {
            _unacknowledged.Dequeue();
            _firstNumber++;
        }
        return true;
    }

    public IEnumerable<(ulong Number, T Message)> Unacknowledged()
    {
        var number = _firstNumber;
        foreach (var message in _unacknowledged)
            yield return (number++, message);
    }

    /// <summary>The peer is another incarnation now: it counts from 1 and has no use for what was meant for the last one.</summary>
    public void Reset()
    {
        _unacknowledged.Clear();
        _firstNumber = 1;
    }
}

/// <summary>The receiving end: takes each number once, in order.</summary>
internal sealed class SystemInbox
{
    public ulong LastDelivered { get; private set; }

    public SystemArrival Arrived(ulong number)
    {
        if (number <= LastDelivered)
            return SystemArrival.Duplicate;
        if (number != LastDelivered + 1)
            return SystemArrival.Gap;
        LastDelivered = number;
        return SystemArrival.Deliver;
    }

    public void Reset() => LastDelivered = 0;
}

internal enum SystemArrival
{
    Deliver,

    /// <summary>Sent again because its acknowledgement was lost: acknowledge it again.</summary>
    Duplicate,

    /// <summary>Cannot happen with a peer that keeps the protocol: the connection is of no use any more.</summary>
    Gap,
}
