using System.Diagnostics;
using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// An actor's two queues and the state that lets at most one thread at a time take its turn. System messages come
/// before user messages; user messages wait while the mailbox is suspended.
/// </summary>
/// <remarks>
/// The status is one int, changed by CAS only:
/// <code>
///   bit 0        Closed      set once by the actor's own turn, never cleared
///   bit 1        Scheduled   a turn is queued at the dispatcher, or running
///   bits 2..31   how often suspended (failure, parent's order, asynchronous handler), changed by the actor's turn
/// </code>
/// No wake-up is lost: a producer publishes its message, then (full fence) reads the status; the turn clears Scheduled
/// (CAS, a full fence), then reads the queues. In the one total order of these either the producer comes second and sees
/// Scheduled cleared, and schedules; or the turn comes second and sees the message, and schedules again. The same
/// argument with Suspended in place of Scheduled covers resuming, which happens inside a turn that then looks at the queue.
///
/// No message is lost to closing: a producer that enqueued beside the closing either was seen by the closing's drain
/// or, after its fence, sees Closed and drains itself. Drains exclude each other by a lock, so each message becomes a
/// dead letter exactly once. For system messages a sentinel swapped in for the list says the same atomically.
/// </remarks>
internal sealed class Mailbox : IThreadPoolWorkItem
{
    private const int Closed = 1;
    private const int Scheduled = 2;
    private const int SuspendUnit = 4;

    private readonly ActorCell _cell;
    private readonly MessageDispatcher _dispatcher;
    private readonly MessageQueue _queue = new();
    private readonly MailboxCapacity _capacity;
    private readonly Lock _draining = new();

    // Newest first; the turn takes the whole list and reverses it.
    private SystemNode _system;

    // Begins as if a turn was under way, so that none runs before Release.
    private int _status = Scheduled;

    // Unstashed messages: ahead of the queue, touched by the actor's turn only.
    private Stack<Envelope> _front;

    public Mailbox(ActorCell cell, MessageDispatcher dispatcher, MailboxCapacity capacity)
    {
        _cell = cell;
        _dispatcher = dispatcher;
        _capacity = capacity;
    }

    public int SuspendCount => Volatile.Read(ref _status) / SuspendUnit;

    public bool IsClosed => (Volatile.Read(ref _status) & Closed) != 0;

    public bool IsScheduled => (Volatile.Read(ref _status) & Scheduled) != 0;

    /// <summary>How many messages wait; may be stale by the time it is read.</summary>
    public int NumberOfMessages => _queue.Count + (_front?.Count ?? 0);

    public bool HasMessages => _front is { Count: > 0 } || _queue.HasMessages;

    public void Enqueue(object message, IActorRef sender)
    {
        if (IsClosed || (_capacity is not null && !_capacity.TryEnter()))
        {
            _cell.ToDeadLetters(message, sender);
            return;
        }
        Publish(message, sender);
    }

    /// <summary>What the engine itself has for the actor: no bound holds for it.</summary>
    public void EnqueueOwn(object message, IActorRef sender)
    {
        if (IsClosed)
        {
            _cell.ToDeadLetters(message, sender);
            return;
        }
        _capacity?.EnterAnyway();
        Publish(message, sender);
    }

    private void Publish(object message, IActorRef sender)
    {
        _queue.Enqueue(message, sender);
        Interlocked.MemoryBarrier();
        var status = Volatile.Read(ref _status);
        if (status == 0)
            TrySchedule();
        else if ((status & Closed) != 0)
            Drain();
    }

    public void EnqueueSystem(ISystemMessage message)
    {
        var node = new SystemNode(message);
        while (true)
        {
            var head = Volatile.Read(ref _system);
            if (ReferenceEquals(head, SystemNode.End))
            {
                _cell.ToDeadLetters(message);
                return;
            }
            node.Next = head;
            if (Interlocked.CompareExchange(ref _system, node, head) == head)
                break;
        }
        ScheduleIfNeeded();
    }

    /// <summary>Puts messages before all others, the first of them first. On the actor's turn only.</summary>
    public void Prepend(List<Envelope> envelopes)
    {
        _front ??= new Stack<Envelope>();
        for (var i = envelopes.Count - 1; i >= 0; i--)
            _front.Push(envelopes[i]);
    }

    /// <summary>On the actor's turn only, as <see cref="Resume"/> and <see cref="Close"/> are.</summary>
    public void Suspend() => Interlocked.Add(ref _status, SuspendUnit);

    public void Resume()
    {
        if (SuspendCount > 0)
            Interlocked.Add(ref _status, -SuspendUnit);
    }

    public void Close()
    {
        Interlocked.Or(ref _status, Closed);
        var pending = SystemNode.Reverse(Interlocked.Exchange(ref _system, SystemNode.End));
        for (; pending is not null; pending = pending.Next)
            _cell.ToDeadLetters(pending.Message);
        Drain();
    }

    /// <summary>Ends a turn, and schedules the next if there is something to do. Whoever made the actor ends so the first.</summary>
    public void Release()
    {
        Interlocked.And(ref _status, ~Scheduled);
        ScheduleIfNeeded();
    }

    /// <summary>Gives the mailbox a turn if it has something to do and none is coming.</summary>
    public void ScheduleIfNeeded()
    {
        var status = Volatile.Read(ref _status);
        if ((status & (Scheduled | Closed)) == 0 && (Volatile.Read(ref _system) is not null || (status == 0 && HasMessages)))
            TrySchedule();
    }

    void IThreadPoolWorkItem.Execute()
    {
        ActorCell.Current = _cell;
        try
        {
            HandleSystemMessages();
            HandleMessages();
        }
        finally
        {
            ActorCell.Current = null;
            Release();
        }
    }

    private void TrySchedule()
    {
        while (true)
        {
            var status = Volatile.Read(ref _status);
            if ((status & (Scheduled | Closed)) != 0)
                return;
            if (Interlocked.CompareExchange(ref _status, status | Scheduled, status) == status)
            {
                _dispatcher.Execute(this);
                return;
            }
        }
    }

    private void HandleMessages()
    {
        var left = _dispatcher.Throughput;
        var deadline = _dispatcher.ThroughputDeadlineTime is { } ticks ? Stopwatch.GetTimestamp() + ticks : 0;
        // Anything but Scheduled in the status (closed, suspended) ends the user messages of this turn.
        while (Volatile.Read(ref _status) == Scheduled && TryTake(out var message, out var sender))
        {
            _cell.Invoke(message, sender);
            if (Volatile.Read(ref _system) is not null)
                HandleSystemMessages();
            if (--left <= 0 || (deadline != 0 && Stopwatch.GetTimestamp() >= deadline))
                return;
        }
    }

    private void HandleSystemMessages()
    {
        while (Volatile.Read(ref _system) is { } head && !ReferenceEquals(head, SystemNode.End))
        {
            var batch = SystemNode.Reverse(Interlocked.Exchange(ref _system, null));
            for (; batch is not null; batch = batch.Next)
            {
                if (IsClosed)
                    _cell.ToDeadLetters(batch.Message);
                else
                    _cell.SystemInvoke(batch.Message);
            }
        }
    }

    private bool TryTake(out object message, out IActorRef sender)
    {
        if (_front is { Count: > 0 })
        {
            var envelope = _front.Pop();
            message = envelope.Message;
            sender = envelope.Sender;
            return true;
        }
        if (!_queue.TryDequeue(out message, out sender))
            return false;
        _capacity?.Leave();
        return true;
    }

    private void Drain()
    {
        // The lock excludes another drain from the queue, but not from publishing: a subscriber's own drain may follow from it.
        while (true)
        {
            object message;
            IActorRef sender;
            lock (_draining)
            {
                if (!TryTake(out message, out sender))
                    return;
            }
            _cell.ToDeadLetters(message, sender);
        }
    }

    private sealed class SystemNode(ISystemMessage message)
    {
        /// <summary>Stands in the list's place once no system message is taken any more.</summary>
        public static readonly SystemNode End = new(null);

        public ISystemMessage Message { get; } = message;

        public SystemNode Next { get; set; }

        public static SystemNode Reverse(SystemNode head)
        {
            SystemNode reversed = null;
            while (head is not null)
            {
                var next = head.Next;
                head.Next = reversed;
                reversed = head;
                head = next;
            }
            return reversed;
        }
    }
}
