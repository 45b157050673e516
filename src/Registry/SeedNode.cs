using ActorCompute.Hosting;
using ActorCompute.Messages;
using Akka.Actor;

namespace ActorCompute.Registry;

/// <summary>A seed: the actor system that is a cluster's first member and hosts its registry.</summary>
public sealed class SeedNode
{
    private readonly ActorSystem _system;

    private SeedNode(ActorSystem system) => (_system, Endpoint) = (system, SystemConfig.EndpointOf(system));

    /// <summary>Where it listens.</summary>
    public HostEndpoint Endpoint { get; }

    /// <summary>Starts one, which listens and is a member when this returns.</summary>
    /// <param name="endpoint">Where; port 0 takes a free one.</param>
    /// <param name="secret">The cluster's secret.</param>
    /// <param name="tls">The certificate to speak TLS with; null for plain connections.</param>
    /// <param name="stop">Called with a reason when somebody who knows the secret tells the cluster to stop.</param>
    /// <exception cref="InputException">The endpoint cannot be listened on.</exception>
    public static SeedNode Start(HostEndpoint endpoint, ClusterSecret secret, TlsCertificate? tls, Action<string> stop)
    {
        var system = Listening.Start(endpoint, actual => SystemConfig.Member(actual, null, "seed").WithTls(tls));
        var cluster = Akka.Cluster.Cluster.Get(system);
        cluster.Join(cluster.SelfAddress);
        system.ActorOf(RegistryActor.PropsFor(secret, TimeProvider.System, stop), "registry");
        return new(system);
    }

    /// <summary>Ends it in order, within a bound.</summary>
    public Task ShutDownAsync(TimeSpan bound) => ProgramLifetime.ShutDownAsync(_system, bound);
}
