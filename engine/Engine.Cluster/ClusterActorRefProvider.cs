using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Cluster.Wire;
using Akka.Configuration;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>The provider behind <c>akka.actor.provider = cluster</c>: remoting, and membership from the start.</summary>
internal sealed class ClusterActorRefProvider : RemoteActorRefProvider
{
    public ClusterActorRefProvider(ActorSystemImpl system)
        : base(system) => system.InjectTopLevelFallback(ConfigurationFactory.ParseString(ClusterOptions.Defaults));

    protected override void BeforeListening()
    {
        Hub.Serializer.Add(new MembershipCodec());
        Cluster.Get(System);
    }

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "It adds this provider to those known, and touches nothing else.")]
    internal static void AddCluster() => ProviderFactories.Add("cluster", system => new ClusterActorRefProvider(system));
}
