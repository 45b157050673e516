using ActorCompute.Assumptions.Support;

namespace ActorCompute.Assumptions;

/// <summary>A process that only talks loads nothing that it can do without. Shown in a process of its own: test hosts load much.</summary>
public sealed class LoadedAssembliesTests : IAsyncLifetime
{
    private readonly Peers _peers = new();

    [Theory]
    // Nothing falls back to JSON: the serializer that Akka.NET binds to all objects is ours.
    [InlineData("Newtonsoft.Json")]
    // Akka.NET looks for an app.config unless it is given a configuration alone; that takes 45 ms.
    [InlineData("System.Configuration.ConfigurationManager")]
    public async Task Peer_ThatHasAnsweredAMessage_HasNotLoaded(string assembly)
    {
        await using var peer = await PeerProcess.StartAsync();
        await Peers.AnswerAsync(_peers.Start(), peer.Endpoint, "the peer");

        var loaded = await peer.AssembliesAsync();

        Assert.Contains("Akka.Remote", loaded);
        Assert.DoesNotContain(assembly, loaded);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _peers.DisposeAsync().AsTask();
}
