namespace Akka.Actor;

/// <summary>The stash of one instance. Its messages go back to the mailbox on restart, and to dead letters on stop.</summary>
internal sealed class ActorStash(ActorCell cell) : IStash
{
    private readonly LinkedList<Envelope> _messages = [];
    private long _lastStashed;

    public int Count => _messages.Count;

    public bool IsEmpty => _messages.Count == 0;

    public bool NonEmpty => _messages.Count > 0;

    public bool IsFull => false;

    public int Capacity => -1;

    public void Stash()
    {
        var message = cell.CurrentMessage
            ?? throw new InvalidOperationException("There is no message to stash: no message is being handled.");
        if (_lastStashed == cell.MessageNumber)
            throw new IllegalActorStateException($"Can't stash the same message {message} more than once");
        _lastStashed = cell.MessageNumber;
        _messages.AddLast(new Envelope(message, cell.Sender));
    }

    public void Unstash()
    {
        if (_messages.Count == 0)
            return;
        var first = _messages.First.Value;
        _messages.RemoveFirst();
        cell.Mailbox.Prepend([first]);
    }

    public void UnstashAll() => UnstashAll(_ => true);

    public void UnstashAll(Func<Envelope, bool> predicate) => cell.Mailbox.Prepend([.. ClearStash().Where(predicate)]);

    public IEnumerable<Envelope> ClearStash()
    {
        var all = _messages.ToList();
        _messages.Clear();
        return all;
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes.Reverse())
            _messages.AddFirst(envelope);
    }

    public void ReturnAll() => UnstashAll();
}
