using Akka.Actor;
using Akka.Configuration;

namespace ActorCompute.Engine.Conformance.Support;

/// <summary>Actor systems that talk over the loopback, ended with the test.</summary>
public sealed class Systems : IAsyncDisposable
{
    /// <summary>What all of them run with.</summary>
    public const string Common =
        """
        akka {
          loglevel = WARNING
          stdout-loglevel = WARNING
          log-dead-letters = off
          coordinated-shutdown.run-by-clr-shutdown-hook = off
          actor.ask-timeout = 15 s
          remote {
            retry-gate-closed-for = 200 ms
            watch-failure-detector { heartbeat-interval = 100 ms, acceptable-heartbeat-pause = 1500 ms, expected-response-after = 100 ms }
            dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
          }
          cluster {
            gossip-interval = 200 ms
            leader-actions-interval = 100 ms
            periodic-tasks-initial-delay = 20 ms
            downing-provider-class = ""
            failure-detector { heartbeat-interval = 100 ms, acceptable-heartbeat-pause = 1500 ms, expected-response-after = 100 ms }
          }
        }
        """;

    private readonly List<ActorSystem> _started = new();

    public ActorSystem StartRemote(string name = "sys", string config = "") => Start(name, "akka.actor.provider = remote\n" + config);

    public ActorSystem StartCluster(string name = "sys", string config = "") => Start(name, "akka.actor.provider = cluster\n" + config);

    public async ValueTask DisposeAsync() => await Task.WhenAll(_started.Select(system => system.Terminate()));

    private ActorSystem Start(string name, string config)
    {
        var system = ActorSystem.Create(name, ConfigurationFactory.ParseString(config).WithFallback(ConfigurationFactory.ParseString(Common)));
        lock (_started)
            _started.Add(system);
        return system;
    }
}

public static class SystemExtensions
{
    public static Address AddressOf(this ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;

    /// <summary>An actor of another system as this one sees it.</summary>
    public static IActorRef Resolve(this ActorSystem system, ActorSystem other, IActorRef actor) =>
        ((ExtendedActorSystem)system).Provider.ResolveActorRef(actor.Path.ToSerializationFormatWithAddress(other.AddressOf()));

    /// <summary>
    /// Whoever stops a top-level actor from outside asks its parent to do it. Once this has returned, the parent has.
    /// </summary>
    public static Task GuardianHasActed(this ActorSystem system) => system.ActorSelection("/user").Ask<ActorIdentity>(new Identify(0), Mail.Patience);

    public static string PathFrom(this ActorSystem system, string path) => system.AddressOf() + path;
}
