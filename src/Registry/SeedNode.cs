using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Remoting;
using Akka.Actor;

namespace ActorCompute.Registry;

/// <summary>A seed: an actor system that hosts a registry.</summary>
public sealed class SeedNode
{
    private readonly TaskCompletionSource<string> _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SeedNode(ActorSystem system, ClusterSecret secret, Action<string> stop)
    {
        (System, Endpoint) = (system, SystemConfig.EndpointOf(system));
        Registry = system.ActorOf(RegistryActor.PropsFor(secret, TimeProvider.System, stop, why => _broken.TrySetResult(why)), "registry");
    }

    /// <summary>Ends with the reason when the registry has ended: the seed is of no use then. Also when it ends as it should.</summary>
    public Task<string> Broken => _broken.Task;

    /// <summary>Its actor system; of a local cluster the client's as well.</summary>
    public ActorSystem System { get; }

    /// <summary>The registry.</summary>
    public IActorRef Registry { get; }

    /// <summary>Where it listens.</summary>
    public HostEndpoint Endpoint { get; }

    /// <summary>Starts the seed of a standing cluster, a member of an Akka.Cluster, which listens when this returns.</summary>
    /// <param name="endpoint">Where; port 0 takes a free one.</param>
    /// <param name="secret">The cluster's secret.</param>
    /// <param name="tls">The certificate to speak TLS with; null for plain connections.</param>
    /// <param name="stop">Called with a reason when somebody who knows the secret tells the cluster to stop.</param>
    /// <exception cref="InputException">The endpoint cannot be listened on.</exception>
    public static SeedNode Start(HostEndpoint endpoint, ClusterSecret secret, TlsCertificate? tls, Action<string> stop)
    {
        var system = Listening.Start(endpoint, actual => SystemConfig.Seed(actual, secret, tls));
        var cluster = Akka.Cluster.Cluster.Get(system);
        cluster.Join(cluster.SelfAddress);
        return Host(system, secret, stop);
    }

    /// <summary>Starts the seed of a local cluster, in the process that the cluster ends with. Nothing there needs membership.</summary>
    /// <inheritdoc cref="Start"/>
    public static SeedNode StartLocal(HostEndpoint endpoint, ClusterSecret secret, TlsCertificate? tls, Action<string> stop) =>
        Host(Listening.Start(endpoint, actual => SystemConfig.Peer(actual, secret, tls)), secret, stop);

    /// <summary>Ends it in order, within a bound.</summary>
    public Task ShutDownAsync(TimeSpan bound) => ProgramLifetime.ShutDownAsync(System, bound);

    private static SeedNode Host(ActorSystem system, ClusterSecret secret, Action<string> stop) =>
        new(system, secret, stop);
}
