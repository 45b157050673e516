using Akka.Event;

namespace ActorCompute.Hosting.Transport;

/// <summary>
/// Says who was turned away, or turned this side away, and why: one line in a while, with the number of those in between. On the
/// door's thread.
/// </summary>
internal sealed class RefusalLog(ILoggingAdapter log, int intervalMilliseconds)
{
    private long? _lastAt;
    private int _unsaid;

    /// <summary>A caller was turned away.</summary>
    public void Add(string remote, PeerAddress? claimed, Refusal reason, string? detail)
    {
        var who = claimed is null ? remote : $"{remote} (which says it is {claimed})";
        Add(detail is null ? $"turned away {who}: {Refusals.OfCaller(reason)}" : $"turned away {who}: {Refusals.OfCaller(reason)} ({detail})");
    }

    /// <param name="text">Without control characters.</param>
    public void Add(string text)
    {
        var now = Environment.TickCount64;
        if (_lastAt is { } last && now - last < intervalMilliseconds)
        {
            _unsaid++;
            return;
        }

        log.Warning("{0}{1}", text, _unsaid == 0 ? "" : $"; {_unsaid} more since the last such line");
        (_lastAt, _unsaid) = (now, 0);
    }
}
