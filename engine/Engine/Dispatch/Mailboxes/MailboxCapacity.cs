namespace Akka.Dispatch;

/// <summary>The bound of a bounded mailbox: a sender waits up to the push time-out for room, then its message is a dead letter.</summary>
internal sealed class MailboxCapacity(int capacity, TimeSpan pushTimeout)
{
    private readonly SemaphoreSlim _room = new(capacity);

    public bool TryEnter() => _room.Wait(pushTimeout);

    public void Leave() => _room.Release();
}
