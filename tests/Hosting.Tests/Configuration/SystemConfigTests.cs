using ActorCompute.Messages;
using Akka.Cluster;

namespace ActorCompute.Hosting.Tests.Configuration;

/// <summary>The configuration as the engine that stands behind this build reads it.</summary>
public sealed class SystemConfigTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [Fact]
    public void Member_Endpoint_IsWhereItListens()
    {
        var config = SystemConfig.Member(new("10.1.2.3", 4053), new("10.1.2.4", 4054), "worker", "worker-x");

        Assert.Equal("cluster", config.GetString("akka.actor.provider"));
        Assert.Equal(("10.1.2.3", 4053), (config.GetString("akka.remote.dot-netty.tcp.hostname"), config.GetInt("akka.remote.dot-netty.tcp.port")));
        Assert.Equal(["worker", "worker-x"], config.GetStringList("akka.cluster.roles"));
        Assert.Equal(["akka.tcp://actorcompute@10.1.2.4:4054"], config.GetStringList("akka.cluster.seed-nodes"));
        Assert.Equal(TimeSpan.FromMilliseconds(200), config.GetTimeSpan("akka.cluster.gossip-interval"));
    }

    [Fact]
    public void Member_NoSeed_IsTheSeed() => Assert.Empty(SystemConfig.Member(HostEndpoint.Loopback, null, "seed").GetStringList("akka.cluster.seed-nodes"));

    [Fact]
    public void Client_IsNoMember()
    {
        var config = SystemConfig.Client(HostEndpoint.Loopback);
        Assert.Equal("remote", config.GetString("akka.actor.provider"));
        Assert.Equal(0, config.GetInt("akka.remote.dot-netty.tcp.port"));
    }

    [Theory]
    [InlineData("a\"b")]
    [InlineData("a\\b")]
    [InlineData("a}b#c")]
    public void Member_OddTexts_StayValuesAndNeverBecomeKeys(string text)
    {
        var config = SystemConfig.Member(new(text, 1), null, text);
        Assert.Equal(text, config.GetString("akka.remote.dot-netty.tcp.hostname"));
        Assert.Equal([text], config.GetStringList("akka.cluster.roles"));
    }

    [Fact]
    public async Task Member_System_StartsOnAFreePortWithItsRoles()
    {
        var system = SystemConfig.CreateSystem(SystemConfig.Member(HostEndpoint.Loopback, null, "seed"));
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
    public async Task Client_System_StartsAndNamesWhatItCannotSend()
    {
        var system = SystemConfig.CreateSystem(SystemConfig.Client(HostEndpoint.Loopback));
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
        var system = SystemConfig.CreateSystem(SystemConfig.Client(HostEndpoint.Loopback));
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
