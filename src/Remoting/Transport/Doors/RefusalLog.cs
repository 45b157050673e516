using Akka.Event;

namespace ActorCompute.Remoting.Transport;

/// <summary>Says who was turned away and why: for each reason one line in a while, with the number of those in between. On the door's thread.</summary>
internal sealed class RefusalLog(ILoggingAdapter log, int intervalMilliseconds)
{
    private readonly Dictionary<Refusal, (long At, int Unsaid)> _said = [];

    public void Add(string remote, PeerAddress? claimed, Refusal reason, string? detail)
    {
        var now = Environment.TickCount64;
        var known = _said.TryGetValue(reason, out var last);
        if (known && now - last.At < intervalMilliseconds)
        {
            _said[reason] = last with { Unsaid = last.Unsaid + 1 };
            return;
        }

        var who = claimed is null ? remote : $"{remote} (which says it is {claimed})";
        var why = detail is null ? Refusals.OfCaller(reason) : $"{Refusals.OfCaller(reason)} ({detail})";
        log.Warning("turned away {0}: {1}{2}", who, why, last.Unsaid == 0 ? "" : $"; {last.Unsaid} more since the last such line");
        _said[reason] = (now, 0);
    }
}
