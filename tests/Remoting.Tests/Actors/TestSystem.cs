using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Remoting.Transport;
using Akka.Actor;
using Akka.Configuration;

namespace ActorCompute.Remoting.Tests.Actors;

/// <summary>An actor system with the product's configuration on the transport.</summary>
internal sealed class TestSystem : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="tls">A certificate and the setting that says whom to trust.</param>
    /// <param name="settings">Of the transport.</param>
    public TestSystem(ClusterSecret secret, int port = 0, (TlsCertificate Certificate, string Trusted)? tls = null, string settings = "")
    {
        var endpoint = new HostEndpoint("127.0.0.1", port);
        System = SystemConfig.CreateSystem(ConfigurationFactory.ParseString($"akka.loggers = []\n{SocketTransportConfig.Section} {{ {tls?.Trusted} \n {settings} }}")
            .WithFallback(SystemConfig.Peer(endpoint, secret, tls?.Certificate)));
    }

    public ActorSystem System { get; }

    public Address Address => ((ExtendedActorSystem)System).Provider.DefaultAddress;

    public ActorSelection Find(TestSystem other, string name) => System.ActorSelection($"{other.Address}/user/{name}");

    public Task StopAsync() => System.Terminate().WaitAsync(Patience);

    public void Dispose() => System.Dispose();
}
