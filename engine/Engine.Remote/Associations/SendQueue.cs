using Akka.Actor;

namespace Akka.Remote.Associations;

/// <summary>One message on its way out, serialized already. The object itself stays for the dead letters.</summary>
internal struct Outgoing
{
    public object Message;
    public IActorRef Sender;
    public RemoteActorRef Recipient;
    public byte[] Payload;
    public int SerializerId;
    public string Manifest;

    /// <summary>Of a system message: the incarnation it is meant for, null when none was known yet.</summary>
    public int? Incarnation;

    public bool IsSystem;

    /// <summary>What it counts against the bound: the bytes, and about what the objects around them take.</summary>
    public readonly int Weight => (Payload?.Length ?? 0) + 128;
}

/// <summary>
/// Messages waiting for the drain, in the order in which they were sent. User messages are bounded by weight, system
/// messages are always taken. Senders add one at a time, the drain takes all at once by exchanging two arrays, so the
/// lock is held for a few instructions.
/// </summary>
internal sealed class SendQueue(long bound)
{
    private readonly Lock _lock = new();
    private Outgoing[] _entries = new Outgoing[16];
    private int _count;
    private long _weight;

    /// <summary>Of those taken but not written yet; they count until <see cref="Done"/>.</summary>
    private long _takenWeight;

    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    public int Count => Volatile.Read(ref _count);

    public int SystemCount { get; private set; }

    /// <summary>False when the bound is reached; a single message over an empty queue is always taken.</summary>
    public bool TryAdd(in Outgoing outgoing)
    {
        var weight = outgoing.Weight;
        lock (_lock)
        {
            var waiting = _weight + Volatile.Read(ref _takenWeight);
            if (!outgoing.IsSystem && waiting > 0 && waiting + weight > bound)
                return false;
            if (_count == _entries.Length)
                Array.Resize(ref _entries, _count * 2);
            _entries[_count] = outgoing;
            _weight += weight;
            if (outgoing.IsSystem)
                SystemCount++;
            Volatile.Write(ref _count, _count + 1);
        }
        return true;
    }

    /// <summary>Takes everything, giving <paramref name="spare"/> (cleared) for the next ones. One taker at a time.</summary>
    public int TakeAll(ref Outgoing[] spare)
    {
        lock (_lock)
        {
            var taken = _count;
            (_entries, spare) = (spare, _entries);
            Volatile.Write(ref _count, 0);
            Volatile.Write(ref _takenWeight, _takenWeight + _weight);
            _weight = 0;
            SystemCount = 0;
            return taken;
        }
    }

    /// <summary>The taken messages up to here have been written or given up.</summary>
    public void Done(long weight) => Interlocked.Add(ref _takenWeight, -weight);
}
