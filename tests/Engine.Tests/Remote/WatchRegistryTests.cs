using Akka.Actor;
using Akka.Remote;
using Akka.Remote.DeathWatch;

namespace ActorCompute.Engine.Tests.Remote;

public class WatchRegistryTests : IAsyncLifetime
{
    private static readonly Address There = new("akka.tcp", "there", "127.0.0.1", 1);

    private readonly RemoteNode _node = new("node");
    private readonly WatchRegistry _registry = new();
    private IInternalActorRef _watcher;

    public Task InitializeAsync()
    {
        _watcher = (IInternalActorRef)_node.Echo();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public void AddAndRemove_FirstAndLastAtTheAddress_AreReported()
    {
        Assert.True(_registry.Add(Watch("a#1"), 7));
        Assert.False(_registry.Add(Watch("b#1"), 7));
        Assert.False(_registry.Remove(Watch("a#1")));
        Assert.True(_registry.Remove(Watch("b#1")));
        Assert.False(_registry.Remove(Watch("b#1")));
    }

    [Fact]
    public void TakeDead_TakesThatIncarnationAndTheUnknown()
    {
        _registry.Add(Watch("old#1"), 7);
        _registry.Add(Watch("early#1"), null);
        _registry.Add(Watch("new#1"), 8);

        var (taken, _) = _registry.TakeDead(There, 7, out var isLast);

        Assert.Equal(["early", "old"], taken.Select(watch => watch.Watchee.Path.Name).Order());
        Assert.False(isLast);
        Assert.Empty(_registry.TakeDead(There, 7, out _).Outgoing);
        Assert.Single(_registry.TakeDead(There, 8, out isLast).Outgoing);
        Assert.True(isLast);
    }

    [Fact]
    public void TakeDead_GivesBackItsWatchersOfLocalActors()
    {
        _registry.AddIncoming(new RemoteWatch(_watcher, Remote("w#1")), 7);
        _registry.AddIncoming(new RemoteWatch(_watcher, Remote("w#2")), 8);

        var (_, incoming) = _registry.TakeDead(There, 7, out _);

        Assert.Equal(1, Assert.Single(incoming).Watcher.Path.Uid);
    }

    [Fact]
    public void Find_WatchOfAPathWithoutUid_MatchesWhoeverWasThere()
    {
        _registry.Add(Watch("a"), 7);

        Assert.Equal(0, _registry.Find(Remote("a#5"), _watcher)?.Watchee.Path.Uid);
        Assert.Null(_registry.Find(Remote("b#5"), _watcher));
    }

    private RemoteWatch Watch(string name) => new(Remote(name), _watcher);

    private RemoteActorRef Remote(string name) =>
        new(_node.Hub, _node.Hub.AssociationWith(There), new RootActorPath(There) / "user" / name);
}
