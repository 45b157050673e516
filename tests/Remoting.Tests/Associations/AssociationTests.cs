using ActorCompute.Remoting.Tests.Support;
using ActorCompute.Remoting.Transport;
using Google.Protobuf;

namespace ActorCompute.Remoting.Tests.Associations;

public sealed class AssociationTests
{
    [Theory]
    [InlineData("")]
    [InlineData("poller = select")]
    public async Task Write_ManyFramesBothWays_ArriveInOrder(string settings)
    {
        await using var a = await TestNode.StartAsync(settings);
        await using var b = await TestNode.StartAsync(settings);
        var (here, there) = await a.AssociateAsync(b);
        Assert.Equal((a.Address, b.Address), (here.Handle.LocalAddress, here.Handle.RemoteAddress));
        Assert.Equal((b.Address, a.Address), (there.Handle.LocalAddress, there.Handle.RemoteAddress));

        const int count = 50_000;
        for (var i = 0; i < count; i++)
        {
            if (!here.Write(TestNode.Numbered(i, 8 + (i % 300)))) await here.WriteAsync(TestNode.Numbered(i, 8 + (i % 300)));
            if (i % 10 == 0) Assert.True(there.Write(TestNode.Numbered(i)));
        }

        await there.ReceivedAsync(count);
        await here.ReceivedAsync(count / 10);
        var number = 0;
        Assert.All(there.Events.Payloads, payload => Assert.Equal(TestNode.Bytes(number, 8 + (number++ % 300)), payload));
        Assert.Equal(Enumerable.Range(0, count / 10).Select(i => i * 10), here.Events.Payloads.Select(payload => BitConverter.ToInt32(payload)));
    }

    [Fact]
    public async Task Write_FramesUpToTheLimit_ArriveWhole()
    {
        await using var a = await TestNode.StartAsync();
        await using var b = await TestNode.StartAsync();
        var (here, there) = await a.AssociateAsync(b);
        int[] sizes = [1, 65_536, 1_000_000, 16 * 1024 * 1024, 16 * 1024 * 1024 + TransportOptions.FrameOverhead];
        foreach (var size in sizes) await here.WriteAsync(TestNode.Numbered(size, Math.Max(4, size)));

        await there.ReceivedAsync(sizes.Length);
        Assert.All(sizes.Zip(there.Events.Payloads), pair => Assert.True(TestNode.Bytes(pair.First, Math.Max(4, pair.First)).AsSpan().SequenceEqual(pair.Second)));
    }

    [Fact]
    public async Task Read_FrameOverTheLimit_EndsTheConnectionWithAReason()
    {
        await using var node = await TestNode.StartAsync();
        using var peer = RawPeer.Prove(node);
        var end = await node.TakeAsync();
        peer.SendPayload([1, 2, 3]);
        peer.Send(RawPeer.Length(16 * 1024 * 1024 + TransportOptions.FrameOverhead + 1));
        await end.DisassociatedAsync();
        Assert.Single(end.Events.Payloads);
        Assert.Empty(peer.ReadToEnd());
        await node.LoggedAsync("a frame of 16777281 bytes");
    }

    [Fact]
    public async Task Disassociate_AfterWrites_SendsThemFirst()
    {
        await using var a = await TestNode.StartAsync();
        await using var b = await TestNode.StartAsync();
        var (here, there) = await a.AssociateAsync(b);
        const int count = 2000;
        for (var i = 0; i < count; i++) Assert.True(here.Write(TestNode.Numbered(i, 1000)));
        here.Disassociate();
        Assert.False(here.Write(TestNode.Numbered(0)));

        await there.DisassociatedAsync();
        await here.DisassociatedAsync();
        Assert.Equal(count, there.Events.Payloads.Count);
        Assert.False(there.Write(TestNode.Numbered(0)));
        here.Disassociate();
        there.Disassociate();
        await b.DisposeAsync();
        Assert.Equal((1, 1), (here.Events.Disassociations, there.Events.Disassociations));
        Assert.False(here.Events.IsLate || there.Events.IsLate);
    }

    [Fact]
    public async Task Disassociate_WithUnreadBytesOfThePeer_StillDeliversWhatWasWritten()
    {
        await using var node = await TestNode.StartAsync("linger-milliseconds = 20000");
        using var peer = RawPeer.Prove(node);
        // Without a listener nothing is read.
        var end = new TestEnd(await node.TakeHandleAsync(), listens: false);
        peer.SendPayload(new byte[50_000]);
        Assert.True(end.Write(TestNode.Numbered(1, 1_000_000)));
        end.Disassociate();
        await Poll.UntilAsync("all given to the system", TimeSpan.FromSeconds(20), () => node.Transport.SendBudget.Used == 0);
        Assert.Equal(1_000_004 + FrameSeal.TagLength, peer.ReadExactly(1_000_004 + FrameSeal.TagLength).Length);
        // An end, and no reset.
        Assert.Equal(0, peer.Socket.Receive(new byte[1]));
    }

    [Fact]
    public async Task ReadHandler_SetLate_GetsWhatCameBefore()
    {
        await using var a = await TestNode.StartAsync();
        await using var b = await TestNode.StartAsync();
        var here = new TestEnd(await a.CallAsync(b.Address));
        for (var i = 0; i < 100; i++) Assert.True(here.Write(TestNode.Numbered(i)));
        var there = new TestEnd(await b.TakeHandleAsync(), listens: false);
        here.Disassociate();
        await here.DisassociatedAsync();
        Assert.Empty(there.Events.Payloads);

        there.Listen();
        await there.ReceivedAsync(100);
        await there.DisassociatedAsync();
    }

    [Fact]
    public async Task Associate_AgainAfterTheEnd_Works()
    {
        await using var a = await TestNode.StartAsync();
        await using var b = await TestNode.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            var (here, there) = await a.AssociateAsync(b);
            Assert.True(here.Write(TestNode.Numbered(i)));
            await there.ReceivedAsync(1);
            there.Disassociate();
            await here.DisassociatedAsync();
        }
    }

    [Fact]
    public async Task Peer_EndsItsDirectionOnly_IsTheEnd()
    {
        await using var node = await TestNode.StartAsync();
        using var peer = RawPeer.Prove(node);
        var end = await node.TakeAsync();
        peer.SendPayload([1]);
        peer.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        await end.DisassociatedAsync();
        Assert.Single(end.Events.Payloads);
        Assert.False(end.Write(TestNode.Numbered(0)));
        Assert.Empty(peer.ReadToEnd());
    }

    [Fact]
    public async Task Peer_Resets_IsTheEndOnce()
    {
        await using var node = await TestNode.StartAsync();
        using var peer = RawPeer.Prove(node);
        var end = await node.TakeAsync();
        peer.Socket.LingerState = new(true, 0);
        peer.Dispose();
        await end.DisassociatedAsync();
        end.Disassociate();
        await node.ShutdownAsync();
        Assert.Equal(1, end.Events.Disassociations);
    }

    [Fact]
    public async Task Peer_ReadsNothing_WritesAreRefusedAtTheBound()
    {
        await using var node = await TestNode.StartAsync("send-queue-size = 1000000");
        using var peer = RawPeer.Prove(node);
        using var other = RawPeer.Prove(node);
        var end = await node.TakeAsync();
        var payload = TestNode.Numbered(1, 10_000);
        var written = 0;
        // The system's own buffers take some megabytes first.
        await Poll.UntilAsync("full", TimeSpan.FromSeconds(20), () =>
        {
            while (end.Write(payload)) written++;
            Assert.InRange(node.Transport.SendBudget.Used, 0, 1_000_000);
            return node.Transport.SendBudget.Used > 900_000;
        });

        // Nothing is lost: all that was taken arrives, and there is room again.
        for (var i = 0; i < written; i++)
        {
            Assert.Equal(RawPeer.Length(10_000), peer.ReadExactly(4));
            Assert.Equal(10_000 + FrameSeal.TagLength, peer.ReadExactly(10_000 + FrameSeal.TagLength).Length);
        }

        await Poll.UntilAsync("nothing waiting", TimeSpan.FromSeconds(60), () => node.Transport.SendBudget.Used == 0);
        Assert.True(end.Write(payload));
        Assert.Equal(10_004 + FrameSeal.TagLength, peer.ReadExactly(10_004 + FrameSeal.TagLength).Length);
    }

    [Fact]
    public async Task Disassociate_PeerThatReadsNothing_EndsInTime()
    {
        await using var node = await TestNode.StartAsync("linger-milliseconds = 200");
        using var peer = RawPeer.Prove(node);
        var end = await node.TakeAsync();
        var payload = TestNode.Numbered(1, 100_000);
        while (end.Write(payload))
        {
        }

        end.Disassociate();
        await Poll.UntilAsync("its queue dropped", TimeSpan.FromSeconds(60), () => node.Transport.SendBudget.Used == 0);
        Assert.Equal(1, end.Events.Disassociations);
    }

    [Fact]
    public async Task Shutdown_OpenAssociations_EndsAll()
    {
        var a = await TestNode.StartAsync("linger-milliseconds = 200");
        await using var b = await TestNode.StartAsync();
        using var silent = new RawPeer(a.Port);
        using var peer = RawPeer.Prove(a);
        var raw = await a.TakeAsync();
        var (here, there) = await a.AssociateAsync(b);
        await a.DisposeAsync();
        await there.DisassociatedAsync();
        Assert.Equal((1, 1), (here.Events.Disassociations, raw.Events.Disassociations));
        Assert.False(here.Write(ByteString.CopyFrom(1)));
        Assert.Empty(silent.ReadToEnd());
        await Poll.UntilAsync("the end of its threads", TimeSpan.FromSeconds(60), () => !a.Transport.IsRunning);
        await Assert.ThrowsAnyAsync<Exception>(() => b.CallAsync(a.Address));
    }

    [Fact]
    public async Task ReadHandler_SetAfterShutdown_IsToldOfTheEnd()
    {
        var a = await TestNode.StartAsync("linger-milliseconds = 100");
        await using var b = await TestNode.StartAsync();
        var here = new TestEnd(await a.CallAsync(b.Address), listens: false);
        await a.DisposeAsync();
        here.Listen();
        await here.DisassociatedAsync();
    }
}
