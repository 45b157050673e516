using System.Threading.Channels;
using Akka.Actor;

namespace ActorCompute.Assumptions.Support;

/// <summary>An actor that keeps what it is told, and the test's end of it: each wait is there before its trigger.</summary>
internal sealed class Mail
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Channel<object> _received = Channel.CreateUnbounded<object>();

    /// <param name="system">Where it lives.</param>
    /// <param name="name">Its name; null for any.</param>
    /// <param name="events">Types of events of the system that it is told of.</param>
    public Mail(ActorSystem system, string? name = null, params Type[] events)
    {
        Ref = system.ActorOf(Props.Create(() => new Collector(_received.Writer)), name);
        foreach (var type in events) system.EventStream.Subscribe(Ref, type);
    }

    public IActorRef Ref { get; }

    /// <summary>The next message, which must be a <typeparamref name="T"/>.</summary>
    public async Task<T> ExpectAsync<T>(string phase)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            return Assert.IsAssignableFrom<T>(await _received.Reader.ReadAsync(limit.Token));
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{phase}: {Ref.Path} got no {typeof(T).Name} within {Limit.TotalSeconds:F0} s.");
        }
    }

    /// <summary>All that has arrived and was not taken, up to a message that is sent to it now.</summary>
    public async Task<IReadOnlyList<object>> DrainAsync()
    {
        var mark = new object();
        Ref.Tell(mark);
        var before = new List<object>();
        while (await ExpectAsync<object>("the mark") is var message && !ReferenceEquals(message, mark)) before.Add(message);
        return before;
    }

    private sealed class Collector(ChannelWriter<object> received) : UntypedActor
    {
        protected override void OnReceive(object message) => received.TryWrite(message);
    }
}
