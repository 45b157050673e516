using System.Collections.Concurrent;

namespace Akka.TestKit;

/// <summary>What a test actor received, for the test's thread or task to take.</summary>
internal sealed class MessageInbox
{
    private readonly ConcurrentQueue<ReceivedMessage> _messages = new();
    private readonly SemaphoreSlim _count = new(0);

    public bool HasMessages => !_messages.IsEmpty;

    public void Add(ReceivedMessage message)
    {
        _messages.Enqueue(message);
        _count.Release();
    }

    /// <summary>The next message, or null when none came in time.</summary>
    public ReceivedMessage Take(TimeSpan timeout, CancellationToken cancellationToken) =>
        _count.Wait(timeout, cancellationToken) && _messages.TryDequeue(out var message) ? message : null;

    public async ValueTask<ReceivedMessage> TakeAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        await _count.WaitAsync(timeout, cancellationToken) && _messages.TryDequeue(out var message) ? message : null;
}
