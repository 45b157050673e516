using System.Collections.Concurrent;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;

namespace ActorCompute.Engine.Tests.Remote;

/// <summary>An actor system with remoting, its inside, and what it published.</summary>
internal sealed class RemoteNode : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly ConcurrentQueue<object> _published = new();

    public RemoteNode(string name, string config = "")
    {
        System = ActorSystem.Create(name, ConfigurationFactory.ParseString(config).WithFallback(ConfigurationFactory.ParseString(
            """
            akka {
              loglevel = DEBUG
              stdout-loglevel = OFF
              loggers = []
              log-dead-letters = off
              coordinated-shutdown.run-by-clr-shutdown-hook = off
              actor {
                provider = remote
                serializers.picky = "ActorCompute.Engine.Tests.Remote.PickySerializer, ActorCompute.Engine.Tests"
                serialization-bindings."ActorCompute.Engine.Tests.Remote.Parcel, ActorCompute.Engine.Tests" = picky
              }
              remote {
                retry-gate-closed-for = 100 ms
                dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
                watch-failure-detector { heartbeat-interval = 50 ms, acceptable-heartbeat-pause = 1 s, expected-response-after = 50 ms }
              }
            }
            """)));
        var observer = System.ActorOf(Props.Create(() => new Observer(this)), "observer");
        foreach (var type in new[] { typeof(LogEvent), typeof(AllDeadLetters), typeof(RemotingLifecycleEvent) })
            System.EventStream.Subscribe(observer, type);
    }

    public event Action<object> Published;

    public ActorSystem System { get; }

    public RemoteHub Hub => ((RemoteActorRefProvider)((ExtendedActorSystem)System).Provider).Hub;

    public Address Address => Hub.Self.Address;

    public IEnumerable<T> Seen<T>() => _published.OfType<T>();

    /// <summary>Completes with the first thing of the type that is published from the beginning on and for which the condition holds.</summary>
    public async Task<T> When<T>(Func<T, bool> condition)
    {
        var seen = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Published += Look;
        foreach (var earlier in _published)
            Look(earlier);
        try
        {
            return await seen.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{Address} published no such {typeof(T).Name}, but [{string.Join("; ", _published.Take(50))}]");
        }
        finally
        {
            Published -= Look;
        }

        void Look(object published)
        {
            if (published is T wanted && condition(wanted))
                seen.TrySetResult(wanted);
        }
    }

    public IActorRef Resolve(RemoteNode other, IActorRef actor) =>
        ((ExtendedActorSystem)System).Provider.ResolveActorRef(actor.Path.ToSerializationFormatWithAddress(other.Address));

    public IActorRef Echo() => System.ActorOf(Props.Create(() => new EchoActor()));

    public Socket Call()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = (int)Patience.TotalMilliseconds };
        socket.Connect(Address.Host, Address.Port.Value);
        return socket;
    }

    public async ValueTask DisposeAsync() => await System.Terminate();

    private sealed class Observer(RemoteNode node) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            node._published.Enqueue(message);
            node.Published?.Invoke(message);
        }
    }

    private sealed class EchoActor : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }
}
