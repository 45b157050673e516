using ActorCompute.Hosting;
using ActorCompute.Messages;
using Akka.Actor;
using Akka.Configuration;

namespace ActorCompute.Transport.Tests.Actors;

/// <summary>An actor system with the product's configuration on the transport.</summary>
internal sealed class TestSystem : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public TestSystem(ClusterSecret secret, int port = 0)
    {
        var endpoint = new HostEndpoint("127.0.0.1", port);
        System = SystemConfig.CreateSystem(ConfigurationFactory.ParseString("akka.loggers = []")
            .WithFallback(SystemConfig.Peer(endpoint, secret)));
    }

    public ActorSystem System { get; }

    public Address Address => ((ExtendedActorSystem)System).Provider.DefaultAddress;

    public ActorSelection Find(TestSystem other, string name) => System.ActorSelection($"{other.Address}/user/{name}");

    public Task StopAsync() => System.Terminate().WaitAsync(Patience);

    public void Dispose() => System.Dispose();
}
