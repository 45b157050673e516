using Akka.Event;

namespace ActorCompute.Hosting.Transport;

/// <summary>Says who was turned away and why: one line in a while, with the number of those in between. On the door's thread.</summary>
internal sealed class RefusalLog(ILoggingAdapter log, int intervalMilliseconds)
{
    private long? _lastAt;
    private int _unsaid;

    public void Add(string remote, PeerAddress? claimed, Refusal reason, string? detail)
    {
        var now = Environment.TickCount64;
        if (_lastAt is { } last && now - last < intervalMilliseconds)
        {
            _unsaid++;
            return;
        }

        var who = claimed is null ? remote : $"{remote} (which says it is {claimed})";
        var why = detail is null ? Refusals.OfCaller(reason) : $"{Refusals.OfCaller(reason)} ({detail})";
        log.Warning("turned away {0}: {1}{2}", who, why, _unsaid == 0 ? "" : $"; {_unsaid} more since the last such line");
        (_lastAt, _unsaid) = (now, 0);
    }
}
