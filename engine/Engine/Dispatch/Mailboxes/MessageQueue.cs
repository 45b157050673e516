using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>
/// Unbounded queue of envelopes: many producers, one consumer, no lock and no allocation per message. A chain of rings;
/// a ring that is full is frozen and a larger one appended, so a mailbox that keeps up lives in one ring for good.
/// </summary>
/// <remarks>
/// Each slot carries a sequence number. For the ticket <c>t</c> that maps to a slot of a ring with capacity C:
/// <code>
///   sequence == t          free for ticket t       (set by the constructor, later by the consumer)
///   sequence == t + 1      holds ticket t's message (set by its producer, after the fields)
///   sequence == t + C      taken; free for the next lap (set by the consumer, after clearing the fields)
/// </code>
/// A producer owns a slot from its successful CAS on Tail until it writes the sequence; the consumer from reading t + 1
/// until it writes t + C. Freezing adds 2C to Tail: every later comparison then finds the sequence far behind, as when
/// the ring is full, so no ticket is given out after the freeze and Tail - 2C counts those given before it.
/// </remarks>
internal sealed class MessageQueue
{
    // Most actors never have more than a few messages waiting, and there may be very many actors.
    private const int FirstCapacity = 8;

    // 384 KiB, on purpose beyond the size from which arrays lie on the large object heap: a backlog there is never copied.
    // Measured with 5 M waiting messages: rings of 2048 slots cost five times the collections and ten times the pauses.
    private const int MaxCapacity = 16384;

    private readonly Lock _growing = new();
    private volatile Ring _tail;
    private Ring _head;

    public MessageQueue() => _head = _tail = new Ring(FirstCapacity);

    /// <summary>A ticket may be given but its message not yet written: then the queue is not empty, yet nothing can be taken.</summary>
    public bool HasMessages
    {
        get
        {
            var ring = Volatile.Read(ref _head);
            return ring.CanTake || ring.Next is not null;
        }
    }

    /// <summary>A count that may be stale by the time it is read.</summary>
    public int Count
    {
        get
        {
            long count = 0;
            for (var ring = Volatile.Read(ref _head); ring is not null; ring = ring.Next)
                count += ring.Count;
            return (int)Math.Clamp(count, 0, int.MaxValue);
        }
    }

    public void Enqueue(object message, IActorRef sender)
    {
        while (true)
        {
            var ring = _tail;
            if (ring.TryEnqueue(message, sender))
                return;
            lock (_growing)
            {
                if (ReferenceEquals(ring, _tail))
                {
                    var next = new Ring(Math.Min(ring.Capacity * 2, MaxCapacity));
                    ring.Freeze(next);
                    _tail = next;
                }
            }
        }
    }

    /// <summary>Only ever called by one thread at a time: the mailbox's turn, or whoever drains after closing.</summary>
    public bool TryDequeue(out object message, out IActorRef sender)
    {
        while (true)
        {
            var ring = _head;
            if (ring.TryDequeue(out message, out sender))
                return true;
            // A frozen ring may still have tickets whose producers are about to write: it must be drained first.
            if (!ring.IsDrained)
                return false;
            Volatile.Write(ref _head, ring.Next);
        }
    }

    private struct Slot
    {
        public object Message;
        public IActorRef Sender;
        public int Sequence;
    }

    /// <summary>Producers' and consumer's counters on cache lines of their own, lest each write stall the other side.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 384)]
    private struct Counters
    {
        [FieldOffset(128)]
        public int Tail;

        [FieldOffset(256)]
        public int Head;
    }

    private sealed class Ring
    {
        private readonly Slot[] _slots;
        private readonly int _mask;
        private Counters _counters;
        private volatile bool _frozen;
        private volatile Ring _next;

        public Ring(int capacity)
        {
            _slots = new Slot[capacity];
            _mask = capacity - 1;
            for (var i = 0; i < capacity; i++)
                _slots[i].Sequence = i;
        }

        public int Capacity => _slots.Length;

        public Ring Next => _next;

        public bool CanTake
        {
            get
            {
                var head = Volatile.Read(ref _counters.Head);
                return Volatile.Read(ref _slots[head & _mask].Sequence) == head + 1;
            }
        }

        public bool IsDrained => _frozen && Volatile.Read(ref _counters.Tail) - (2 * Capacity) == _counters.Head;

        public int Count
        {
            get
            {
                var tail = Volatile.Read(ref _counters.Tail) - (_frozen ? 2 * Capacity : 0);
                return Math.Clamp(tail - Volatile.Read(ref _counters.Head), 0, Capacity);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool TryEnqueue(object message, IActorRef sender)
        {
            while (true)
            {
                var ticket = Volatile.Read(ref _counters.Tail);
                ref var slot = ref _slots[ticket & _mask];
                var lead = Volatile.Read(ref slot.Sequence) - ticket;
                if (lead == 0)
                {
                    if (Interlocked.CompareExchange(ref _counters.Tail, ticket + 1, ticket) == ticket)
                    {
                        slot.Message = message;
                        slot.Sender = sender;
                        Volatile.Write(ref slot.Sequence, ticket + 1);
                        return true;
                    }
                }
                else if (lead < 0)
                {
                    return false;
                }
            }
        }

        public bool TryDequeue(out object message, out IActorRef sender)
        {
            var head = _counters.Head;
            ref var slot = ref _slots[head & _mask];
            if (Volatile.Read(ref slot.Sequence) != head + 1)
            {
                message = null;
                sender = null;
                return false;
            }
            message = slot.Message;
            sender = slot.Sender;
            slot.Message = null;
            slot.Sender = null;
            Volatile.Write(ref slot.Sequence, head + Capacity);
            Volatile.Write(ref _counters.Head, head + 1);
            return true;
        }

        /// <summary>Under the growing lock. The order matters: who sees the ring drained must find its successor.</summary>
        public void Freeze(Ring next)
        {
            _next = next;
            Interlocked.Add(ref _counters.Tail, 2 * Capacity);
            _frozen = true;
        }
    }
}
