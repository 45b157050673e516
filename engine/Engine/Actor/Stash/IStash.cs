namespace Akka.Actor;

/// <summary>Messages put aside for later, in their order.</summary>
public interface IStash
{
    int Count { get; }

    bool IsEmpty { get; }

    bool NonEmpty { get; }

    bool IsFull { get; }

    /// <summary>-1: no bound.</summary>
    int Capacity { get; }

    /// <summary>Puts the message being handled aside.</summary>
    void Stash();

    /// <summary>Returns the oldest message to the front of the mailbox.</summary>
    void Unstash();

    /// <summary>Returns all messages to the front of the mailbox, the oldest first.</summary>
    void UnstashAll();

    /// <summary>Returns those that match; the others are dropped.</summary>
    void UnstashAll(Func<Envelope, bool> predicate);

    /// <summary>Empties the stash without returning its messages to the mailbox.</summary>
    IEnumerable<Envelope> ClearStash();

    /// <summary>Puts messages before those already stashed.</summary>
    void Prepend(IEnumerable<Envelope> envelopes);
}

/// <summary>An actor that is given a stash.</summary>
public interface IActorStash
{
    IStash Stash { get; set; }
}

/// <summary>An actor with a stash.</summary>
public interface IWithStash : IActorStash;

/// <summary>An actor with a stash that takes any number of messages.</summary>
public interface IWithUnboundedStash : IActorStash;
