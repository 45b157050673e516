using System.Threading.Channels;
using Akka;
using Akka.Actor;

namespace ActorCompute.Engine.Conformance.Support;

/// <summary>
/// An actor that keeps what it is told, and the test's end of it: what arrives can be awaited one by one, so a wait is
/// always there before its trigger.
/// </summary>
public sealed class Mail
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Channel<(object Message, IActorRef Sender)> _received = Channel.CreateUnbounded<(object, IActorRef)>();

    public Mail(ActorSystem system, string name = null) =>
        Ref = system.ActorOf(Props.Create(() => new Collector(_received.Writer)), name);

    public IActorRef Ref { get; }

    /// <summary>Who sent the message that was awaited last.</summary>
    public IActorRef LastSender { get; private set; }

    /// <summary>Makes the actor watch another; its Terminated arrives here. It watches when the task ends.</summary>
    public Task Watch(IActorRef subject) => Ref.Ask<Done>(new WatchIt(subject), Patience);

    public Task Unwatch(IActorRef subject) => Ref.Ask<Done>(new UnwatchIt(subject), Patience);

    public void Reply(object message) => LastSender.Tell(message, Ref);

    /// <summary>The next message, which must be a <typeparamref name="T"/>.</summary>
    public async Task<T> Expect<T>(string phase = "", TimeSpan? within = null)
    {
        using var limit = new CancellationTokenSource(within ?? Patience);
        try
        {
            var (message, sender) = await _received.Reader.ReadAsync(limit.Token);
            LastSender = sender;
            return Assert.IsAssignableFrom<T>(message);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{phase}: {Ref.Path} got no {typeof(T).Name} within {within ?? Patience}");
        }
    }

    /// <summary>The next message of the type for which the condition holds; others are passed over.</summary>
    public async Task<T> Await<T>(Func<T, bool> condition, string phase = "", TimeSpan? within = null)
    {
        using var limit = new CancellationTokenSource(within ?? Patience);
        var passed = new List<object>();
        try
        {
            while (true)
            {
                var (message, sender) = await _received.Reader.ReadAsync(limit.Token);
                LastSender = sender;
                if (message is T wanted && condition(wanted))
                    return wanted;
                passed.Add(message);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{phase}: {Ref.Path} got no such {typeof(T).Name}; it got [{string.Join("; ", passed)}]");
        }
    }

    public Task<T> Await<T>(string phase = "") => Await<T>(_ => true, phase);

    /// <summary>All that has arrived up to a message that is sent to it now.</summary>
    public async Task<List<object>> Drain()
    {
        var mark = new object();
        Ref.Tell(mark);
        var before = new List<object>();
        while (true)
        {
            var message = await Expect<object>("drain");
            if (ReferenceEquals(message, mark))
                return before;
            before.Add(message);
        }
    }

    private sealed record WatchIt(IActorRef Subject);

    private sealed record UnwatchIt(IActorRef Subject);

    private sealed class Collector : UntypedActor
    {
        private readonly ChannelWriter<(object, IActorRef)> _received;

        public Collector(ChannelWriter<(object, IActorRef)> received) => _received = received;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case WatchIt watch:
                    Context.Watch(watch.Subject);
                    Sender.Tell(Done.Instance);
                    break;
                case UnwatchIt unwatch:
                    Context.Unwatch(unwatch.Subject);
                    Sender.Tell(Done.Instance);
                    break;
                default:
                    _received.TryWrite((message, Sender));
                    break;
            }
        }
    }
}
