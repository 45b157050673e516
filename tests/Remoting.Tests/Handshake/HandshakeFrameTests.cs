using ActorCompute.Remoting.Tests.Support;
using ActorCompute.Remoting.Transport;

namespace ActorCompute.Remoting.Tests.Handshake;

public sealed class HandshakeFrameTests
{
    private static readonly byte[] Hello = HandshakeFrame.WriteHello(new byte[HandshakeFrame.NonceLength], RawPeer.Self(), RawPeer.Self(2).Address);

    [Theory]
    [InlineData(0, 'B', Refusal.NotAPeer)]
    [InlineData(0, HandshakeFrame.TlsFirstByte, Refusal.TlsNotSpoken)]
    [InlineData(1, 'B', Refusal.NotAPeer)]
    [InlineData(2, 'B', Refusal.NotAPeer)]
    [InlineData(3, 'B', Refusal.NotAPeer)]
    [InlineData(4, 0, Refusal.OtherVersion)]
    [InlineData(4, 3, Refusal.OtherVersion)]
    [InlineData(5, 0, Refusal.NotAPeer)]
    [InlineData(5, 7, Refusal.NotAPeer)]
    [InlineData(6, 4, Refusal.NotAPeer)]
    [InlineData(6, 255, Refusal.NotAPeer)]
    internal void CheckHeader_MalformedByte_IsKnownAsSoonAsItArrives(int at, int value, Refusal reason)
    {
        byte[] header = [.. Hello[..HandshakeFrame.HeaderLength]];
        header[at] = (byte)value;
        Assert.Null(HandshakeFrame.CheckHeader(header.AsSpan(0, at)));
        Assert.Equal(reason, HandshakeFrame.CheckHeader(header.AsSpan(0, at == 6 ? 8 : at + 1)));
    }

    [Fact]
    public void CheckHeader_EveryPartOfAGoodOne_IsFine()
    {
        for (var length = 0; length <= HandshakeFrame.HeaderLength; length++) Assert.Null(HandshakeFrame.CheckHeader(Hello.AsSpan(0, length)));
    }

    [Fact]
    public void WriteHello_LongestAddresses_FitsIntoAFrame()
    {
        var longest = PeerAddress.TryParse($"s@{new string('h', PeerAddress.MaxLength - 8)}:65535")!;
        Assert.InRange(HandshakeFrame.WriteHello(new byte[HandshakeFrame.NonceLength], new(longest, 1), longest).Length, 1, HandshakeFrame.MaxLength);
    }

    [Fact]
    public void TryReadHello_WhatWasWritten_IsRead()
    {
        Assert.True(HandshakeFrame.TryReadHello(Hello.AsSpan(HandshakeFrame.HeaderLength), out var caller, out var called));
        Assert.Equal((RawPeer.Self(), RawPeer.Self(2).Address), (caller, called));
    }

    [Fact]
    public void TryReadHello_CutOrLonger_IsFalse()
    {
        var body = Hello[HandshakeFrame.HeaderLength..];
        for (var length = 0; length < body.Length; length++) Assert.False(HandshakeFrame.TryReadHello(body.AsSpan(0, length), out _, out _));
        Assert.False(HandshakeFrame.TryReadHello([.. body, 0], out _, out _));
    }

    [Fact]
    public void TryReadHello_AnyByteOfALengthOrAnAddressUnprintable_IsFalse()
    {
        // Behind the nonce and the uid.
        for (var at = HandshakeFrame.NonceLength + 4; at < Hello.Length - HandshakeFrame.HeaderLength; at++)
        {
            foreach (byte bad in new byte[] { 0x00, 0x0A, 0x1B, 0x80, 0xFF })
            {
                var body = Hello[HandshakeFrame.HeaderLength..];
                if (body[at] == bad) continue;
                body[at] = bad;
                Assert.False(HandshakeFrame.TryReadHello(body, out _, out _), $"byte {at} as {bad}");
            }
        }
    }

    [Fact]
    public void TryReadAccepted_CutOrLonger_IsFalse()
    {
        var body = HandshakeFrame.WriteAccepted(HandshakeKind.Accepted, RawPeer.Self(), new byte[HandshakeKey.ProofLength])[HandshakeFrame.HeaderLength..];
        for (var length = 0; length < body.Length; length++) Assert.False(HandshakeFrame.TryReadAccepted(body.AsSpan(0, length), out _, out _));
        Assert.False(HandshakeFrame.TryReadAccepted([.. body, 0], out _, out _));
        Assert.True(HandshakeFrame.TryReadAccepted(body, out var answerer, out _));
        Assert.Equal(RawPeer.Self(), answerer);
    }

    [Fact]
    public void Take_RandomFrames_NeverThrowsAndNeverAssociates()
    {
        var random = new Random(20260728);
        for (var i = 0; i < 10_000; i++)
        {
            var body = new byte[random.Next(HandshakeFrame.MaxLength - HandshakeFrame.HeaderLength)];
            random.NextBytes(body);
            // Half of them changed from a good one, which gets further than noise.
            if (i % 2 == 0)
            {
                body = Hello[HandshakeFrame.HeaderLength..];
                for (var changes = random.Next(1, 4); changes > 0; changes--) body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            var kind = (HandshakeKind)random.Next(1, 7);
            var acceptor = new Acceptor(RawPeer.Key(), RawPeer.Self(2), []);
            Assert.Null(acceptor.Take(HandshakeFrame.Write(kind, body)).Peer);
            Assert.Null(acceptor.Take(HandshakeFrame.Write(HandshakeKind.Proof, body)).Peer);
            Assert.Null(new Initiator(RawPeer.Key(), RawPeer.Self(), RawPeer.Self(2).Address, []).Take(HandshakeFrame.Write(kind, body)).Peer);
        }
    }
}
