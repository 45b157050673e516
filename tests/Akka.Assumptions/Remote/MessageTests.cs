using ActorCompute.Assumptions.Support;
using ActorCompute.Messages;
using Akka.Actor;
using Akka.Remote;
using Google.Protobuf;

namespace ActorCompute.Assumptions.Remote;

/// <summary>What a connection carries, and what it survives: a message that cannot travel costs itself alone.</summary>
public sealed class MessageTests : IAsyncLifetime
{
    // The limit of common.conf, and room for what Akka.Remote puts around a message.
    private const int FrameLimit = 16 << 20;
    private const int Envelope = 4 << 10;

    private readonly Peers _peers = new();

    [Fact]
    public async Task Tell_ManyMessagesToEachOfTwo_ArriveInTheOrderTheyWereSent()
    {
        const int count = 20_000;
        var (here, there) = (_peers.Start(), _peers.Start());
        Mail[] receivers = [new(there), new(there)];

        var senders = receivers.Select(receiver => Peers.Resolve(here, there, receiver.Ref)).Select(remote => Task.Run(() =>
        {
            for (var i = 0; i < count; i++) remote.Tell(new Chunk { Sequence = i }, ActorRefs.NoSender);
        })).ToList();

        await Task.WhenAll(senders);
        foreach (var receiver in receivers)
        {
            for (var i = 0; i < count; i++) Assert.Equal(i, (await receiver.ExpectAsync<Chunk>($"message {i}")).Sequence);
        }
    }

    [Fact]
    public async Task Tell_AsLargeAsAFrame_Arrives()
    {
        var (here, there) = (_peers.Start(), _peers.Start());
        var receiver = new Mail(there);

        Peers.Resolve(here, there, receiver.Ref).Tell(OfSize(FrameLimit - Envelope), ActorRefs.NoSender);

        Assert.Equal(FrameLimit - Envelope, (await receiver.ExpectAsync<Chunk>("the large message")).CalculateSize());
    }

    [Fact]
    public Task Tell_LargerThanAFrame_CostsThatMessageAlone() => AssertLostAloneAsync("", OfSize(FrameLimit + 1));

    [Theory]
    [InlineData(DamagingSerializer.Bytes)]
    [InlineData(DamagingSerializer.UnknownManifest)]
    public Task Tell_WhatTheReceiverCannotRead_CostsThatMessageAlone(string damage) => AssertLostAloneAsync(DamagingSerializer.Config, new Chunk { Job = damage });

    [Fact]
    public Task Tell_WhatTheSenderCannotWrite_CostsThatMessageAlone() => AssertLostAloneAsync("", new object());

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _peers.DisposeAsync().AsTask();

    private async Task AssertLostAloneAsync(string config, object lost)
    {
        var (here, there) = (_peers.Start(config), _peers.Start());
        var receiver = new Mail(there);
        Mail[] closed = [new(here, null, typeof(DisassociatedEvent)), new(there, null, typeof(DisassociatedEvent))];
        var remote = Peers.Resolve(here, there, receiver.Ref);
        remote.Tell(new Chunk { Job = "before" }, ActorRefs.NoSender);
        Assert.Equal("before", (await receiver.ExpectAsync<Chunk>("the message before")).Job);

        remote.Tell(lost, ActorRefs.NoSender);
        remote.Tell(new Chunk { Job = "after" }, ActorRefs.NoSender);

        Assert.Equal("after", (await receiver.ExpectAsync<Chunk>("the message after")).Job);
        // The event would be published before a message arrives through a new connection.
        foreach (var mail in closed) Assert.Empty(await mail.DrainAsync());
    }

    private static Chunk OfSize(int size)
    {
        var chunk = new Chunk { Batches = { new Batch { Payload = UnsafeByteOperations.UnsafeWrap(new byte[size]) } } };
        // Shorter by what surrounds the payload, so that the whole message has the size.
        chunk.Batches[0].Payload = UnsafeByteOperations.UnsafeWrap(new byte[size - (chunk.CalculateSize() - size)]);
        return chunk;
    }
}
