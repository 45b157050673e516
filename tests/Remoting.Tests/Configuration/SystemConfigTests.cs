using ActorCompute.Messages;
using ActorCompute.Processes;
using Akka.Cluster;

namespace ActorCompute.Remoting.Tests.Configuration;

/// <summary>The configuration as Akka.NET reads it.</summary>
public sealed class SystemConfigTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private static readonly ClusterSecret Secret = ClusterSecret.Create();

    [Fact]
    public void Seed_Endpoint_IsAMemberAndListensThere()
    {
        var config = SystemConfig.Seed(new("10.1.2.3", 4053), Secret);

        Assert.Equal("cluster", config.GetString("akka.actor.provider"));
        Assert.Equal(("10.1.2.3", 4053), (config.GetString("akka.remote.sockets.hostname"), config.GetInt("akka.remote.sockets.port")));
        Assert.Equal(["seed"], config.GetStringList("akka.cluster.roles"));
    }

    [Fact]
    public void Peer_IsNotAMember()
    {
        var config = SystemConfig.Peer(HostEndpoint.Loopback, Secret);
        Assert.Equal("remote", config.GetString("akka.actor.provider"));
        Assert.Equal(0, config.GetInt("akka.remote.sockets.port"));
    }

    [Theory]
    [InlineData("a\"b")]
    [InlineData("a\\b")]
    [InlineData("a}b#c")]
    public void Peer_OddTexts_StayValuesAndNeverBecomeKeys(string text)
    {
        Assert.Equal(text, SystemConfig.Peer(new(text, 1), Secret).GetString("akka.remote.sockets.hostname"));
    }

    [Fact]
    public async Task Seed_System_StartsOnAFreePortWithItsRole()
    {
        var system = SystemConfig.CreateSystem(SystemConfig.Seed(HostEndpoint.Loopback, Secret));
        try
        {
            var endpoint = SystemConfig.EndpointOf(system);
            Assert.Equal("127.0.0.1", endpoint.Host);
            Assert.InRange(endpoint.Port, 1, 65535);
            var cluster = Cluster.Get(system);
            Assert.Equal(["seed"], cluster.SelfRoles);
            Assert.Equal(endpoint.Port, cluster.SelfAddress.Port);
        }
        finally
        {
            await system.Terminate().WaitAsync(Bound);
        }
    }

    [Fact]
    public async Task Peer_System_StartsAndNamesWhatItCannotSend()
    {
        var system = SystemConfig.CreateSystem(SystemConfig.Peer(HostEndpoint.Loopback, Secret));
        try
        {
            Assert.InRange(SystemConfig.EndpointOf(system).Port, 1, 65535);
            // Nothing falls back to JSON: an object that is no message has no way out.
            Assert.Throws<System.Runtime.Serialization.SerializationException>(() => ((Akka.Serialization.SerializerWithStringManifest)system.Serialization.FindSerializerFor(new object())).Manifest(new object()));
        }
        finally
        {
            await system.Terminate().WaitAsync(Bound);
        }
    }

    [Fact]
    public async Task CreateSystem_AnyObject_IsForOurSerializerAndNothingElse()
    {
        var system = SystemConfig.CreateSystem(SystemConfig.Peer(HostEndpoint.Loopback, Secret));
        try
        {
            Assert.IsType<MessageSerializer>(system.Serialization.FindSerializerFor(new Chunk()));
            Assert.IsType<MessageSerializer>(system.Serialization.FindSerializerFor(new object()));
            Assert.Equal(MessageSerializer.SerializerIdentifier, system.Serialization.FindSerializerFor(new Chunk()).Identifier);
        }
        finally
        {
            await system.Terminate().WaitAsync(Bound);
        }
    }
}
