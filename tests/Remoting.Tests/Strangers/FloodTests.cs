using ActorCompute.Remoting.Tests.Support;
using ActorCompute.Remoting.Transport;
using Xunit.Abstractions;

namespace ActorCompute.Remoting.Tests.Strangers;

/// <summary>Many at once, with and without proof. They run alone: what they count is the process's.</summary>
[Collection(Alone.Name)]
public sealed class FloodTests(ITestOutputHelper output)
{
    private const int Large = 15 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Listener_HundredStrangersWithHalfALargeFrame_KeepsNothingOfIt()
    {
        await using var node = await TestNode.StartAsync();
        var half = new byte[Large / 2];
        var resident = Figures.ResidentMegabytes();
        var before = Figures.UsedMegabytes();
        var most = before;
        var peers = new List<RawPeer>();
        for (var i = 0; i < 100; i++)
        {
            var peer = new RawPeer(node.Port);
            peers.Add(peer);
            peer.TrySend(RawPeer.Length(Large));
            peer.TrySend(half);
            if (i % 10 == 9) most = Math.Max(most, Figures.UsedMegabytes());
        }

        output.Say("MiB used, 100 strangers with 7.5 MiB each", before, most);
        output.Say("MiB resident", resident, Figures.ResidentMegabytes());
        Assert.InRange(most - before, -1000, 20);
        Assert.True(node.IsEmpty);
        peers.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public async Task Listener_HundredPeersWithHalfALargeFrame_StaysWithinItsBound()
    {
        await using var node = await TestNode.StartAsync("receive-total = 100000000, refusal-log-milliseconds = 60000");
        using var good = RawPeer.Prove(node, 5000);
        var unharmed = await node.TakeAsync();
        var half = new byte[Large / 2];
        var resident = Figures.ResidentMegabytes();
        var before = Figures.UsedMegabytes();
        var peers = new List<RawPeer>();
        var ends = new List<TestEnd>();
        for (var i = 0; i < 100; i++)
        {
            peers.Add(RawPeer.Prove(node, i + 1));
            ends.Add(await node.TakeAsync());
            peers[i].Send(RawPeer.Length(Large));
            peers[i].TrySend(half);
        }

        var after = Figures.UsedMegabytes();
        output.Say($"MiB used, 100 proven peers with 7.5 MiB of 15 each, bound 95; {ends.Count(end => end.Events.Disassociations > 0)} ended", before, after);
        output.Say("MiB resident", resident, Figures.ResidentMegabytes());
        Assert.InRange(after - before, -1000, 120);
        good.SendPayload([1, 2, 3]);
        await unharmed.ReceivedAsync(1);
        peers.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public async Task Listener_SilentConnections_DoNotLockANewcomerOut()
    {
        await using var node = await TestNode.StartAsync("handshake-milliseconds = 60000");
        var silent = Enumerable.Range(0, 320).Select(_ => new RawPeer(node.Port)).ToList();
        using var good = RawPeer.Prove(node);
        var end = await node.TakeAsync();
        good.SendPayload([1]);
        await end.ReceivedAsync(1);
        await node.LoggedAsync("too many callers had proved nothing");
        silent.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public async Task Listener_SilentConnections_TakeNoPlaceFromProvenPeers()
    {
        await using var node = await TestNode.StartAsync("handshake-milliseconds = 60000, unproven-connections = 4");
        var peers = Enumerable.Range(1, 20).Select(port => RawPeer.Prove(node, port)).ToList();
        var silent = Enumerable.Range(0, 20).Select(_ => new RawPeer(node.Port)).ToList();
        foreach (var peer in peers)
        {
            var end = await node.TakeAsync();
            peer.SendPayload([1]);
        }

        // The oldest gave way, the last four are still there.
        Assert.All(silent[..16], peer => Assert.Empty(peer.ReadToEnd()));
        Assert.All(silent[16..], peer => Assert.False(peer.Socket.Poll(0, System.Net.Sockets.SelectMode.SelectRead)));
        peers.ForEach(peer => peer.Dispose());
        silent.ForEach(peer => peer.Dispose());
    }

    [Theory]
    [InlineData("")]
    [InlineData("poller = select")]
    public async Task Node_ThousandPeers_ServesThemOnTwoThreads(string settings)
    {
        await using var node = await TestNode.StartAsync(settings);
        var threads = Figures.Threads();
        var memory = Figures.ResidentMegabytes();
        var peers = new List<RawPeer>();
        var ends = new List<TestEnd>();
        for (var i = 0; i < 1000; i++)
        {
            peers.Add(RawPeer.Prove(node, i + 1));
            ends.Add(await node.TakeAsync());
        }

        for (var round = 0; round < 3; round++)
        {
            foreach (var peer in peers) peer.SendPayload(TestNode.Bytes(round));
            foreach (var end in ends) Assert.True(end.Write(TestNode.Numbered(round)));
        }

        foreach (var end in ends) await end.ReceivedAsync(3);
        foreach (var peer in peers) Assert.Equal(36, peer.ReadExactly(36).Length);
        output.Say("threads, 1000 peers", threads, Figures.Threads());
        output.Say("MiB resident, 1000 peers", memory, Figures.ResidentMegabytes());
        // The thread pool's own may come and go.
        Assert.InRange(Figures.Threads() - threads, -50, 20);
        peers.ForEach(peer => peer.Dispose());
        foreach (var end in ends) await end.DisassociatedAsync();
        await Poll.UntilAsync("nothing waiting", Patience, () => node.Transport.SendBudget.Used == 0);
    }
}
