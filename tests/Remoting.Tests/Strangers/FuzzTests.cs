using ActorCompute.Remoting.Tests.Support;
using ActorCompute.Remoting.Transport;
using Xunit.Abstractions;

namespace ActorCompute.Remoting.Tests.Strangers;

/// <summary>Random frames over real connections: none gets through, and the node serves its peers on.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20260728;
    private const int Rounds = 10_000;

    [Fact]
    public async Task Listener_RandomBytesBeforeTheProof_LetsNobodyIn()
    {
        await using var node = await TestNode.StartAsync("refusal-log-milliseconds = 60000");
        using var good = RawPeer.Prove(node);
        var end = await node.TakeAsync();
        var random = new Random(Seed);
        for (var i = 0; i < Rounds; i++)
        {
            using var peer = new RawPeer(node.Port);
            // Reset at the end: thousands of ports that wait for late packets would be missed by other tests.
            peer.Socket.LingerState = new(true, 0);
            peer.TrySend(Frame(random, i, node));
            // Every fourth is left to the node to drop; the others end as programs do that do not care.
            if (i % 4 != 0) continue;
            peer.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
            peer.ReadToEnd();
        }

        Assert.True(node.IsEmpty);
        good.SendPayload([1, 2, 3]);
        await end.ReceivedAsync(1);
        output.WriteLine($"{Rounds} strangers, log lines: {node.Log.Count}");
    }

    [Fact]
    public async Task Listener_RandomFramesAfterTheProof_EndsThoseThatAreWrongOnly()
    {
        await using var node = await TestNode.StartAsync();
        using var good = RawPeer.Prove(node, claimedPort: 2);
        var unharmed = await node.TakeAsync();
        var random = new Random(Seed);
        var ended = 0;
        RawPeer? peer = null;
        TestEnd? end = null;
        var sent = 0;
        for (var i = 0; i < Rounds; i++)
        {
            if (peer is null)
            {
                peer = RawPeer.Prove(node);
                end = await node.TakeAsync();
                sent = 0;
            }

            var payload = new byte[random.Next(1, 2000)];
            random.NextBytes(payload);
            if (i % 50 != 49)
            {
                peer.SendPayload(payload);
                sent++;
                continue;
            }

            // A length out of range, then noise.
            peer.TrySend([.. RawPeer.Length(random.Next(2) == 0 ? -random.Next() - 1 : random.Next(17_000_000, int.MaxValue)), .. payload]);
            await end!.DisassociatedAsync();
            Assert.Equal(sent, end.Events.Payloads.Count);
            peer.Dispose();
            peer = null;
            ended++;
        }

        peer?.Dispose();
        good.SendPayload([1, 2, 3]);
        await unharmed.ReceivedAsync(1);
        Assert.Equal(0, unharmed.Events.Disassociations);
        output.WriteLine($"{Rounds} frames, {ended} connections ended");
    }

    private static byte[] Frame(Random random, int round, TestNode node)
    {
        var hello = new Initiator(RawPeer.Key(), RawPeer.Self(), RawPeer.AddressOf(node), []).Hello;
        switch (round % 3)
        {
            case 0:
                var noise = new byte[random.Next(1, 200)];
                random.NextBytes(noise);
                return noise;
            case 1:
                hello[random.Next(hello.Length)] ^= (byte)random.Next(1, 256);
                return hello;
            default:
                var body = new byte[random.Next(HandshakeFrame.MaxLength - HandshakeFrame.HeaderLength)];
                random.NextBytes(body);
                return [.. hello, .. HandshakeFrame.Write((HandshakeKind)random.Next(1, 7), body)];
        }
    }
}
