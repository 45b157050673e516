using ActorCompute.Remoting.Tests.Support;
using ActorCompute.Remoting.Transport;

namespace ActorCompute.Remoting.Tests.Handshake;

/// <summary>Both sides of the handshake without a network.</summary>
public sealed class HandshakeTests
{
    private static readonly PeerIdentity Caller = RawPeer.Self(1, 11);
    private static readonly PeerIdentity Called = RawPeer.Self(2, 22);

    [Fact]
    public void Handshake_SameSecret_EachKnowsTheOther()
    {
        var (initiator, acceptor) = Pair();
        var challenge = acceptor.Take(initiator.Hello);
        Assert.Null(challenge.Peer);
        var proof = initiator.Take(challenge.Reply!);
        Assert.Null(proof.Peer);
        var accepted = acceptor.Take(proof.Reply!);
        Assert.Equal(Caller, accepted.Peer);
        Assert.Equal(Called, initiator.Take(accepted.Reply!).Peer);
    }

    [Fact]
    public void Acceptor_CallerWithAnotherSecret_RefusesAndProvesNothing()
    {
        var (initiator, acceptor) = Pair(callerSecret: "another secret of them");
        var step = acceptor.Take(initiator.Take(acceptor.Take(initiator.Hello).Reply!).Reply!);
        Assert.Equal(Refusal.WrongSecret, step.Refused);
        Assert.Null(step.Reply);
    }

    [Fact]
    public void Initiator_AnswererWithoutTheSecret_Refuses()
    {
        var (initiator, acceptor) = Pair();
        var proof = initiator.Take(acceptor.Take(initiator.Hello).Reply!);
        var forged = HandshakeFrame.WriteAccepted(HandshakeKind.Accepted, Called, new byte[HandshakeKey.ProofLength]);
        Assert.NotNull(proof.Reply);
        Assert.Equal(Refusal.WrongSecret, initiator.Take(forged).Refused);
    }

    [Fact]
    public void Initiator_ItsOwnProofReflected_Refuses()
    {
        var (initiator, acceptor) = Pair();
        var proof = initiator.Take(acceptor.Take(initiator.Hello).Reply!).Reply!;
        var reflected = HandshakeFrame.WriteAccepted(HandshakeKind.Accepted, Called, proof.AsSpan(HandshakeFrame.HeaderLength));
        Assert.Equal(Refusal.WrongSecret, initiator.Take(reflected).Refused);
    }

    [Fact]
    public void Initiator_ItsOwnFramesReflected_Refuses() => Assert.Equal(Refusal.NotAPeer, Pair().Initiator.Take(Pair().Initiator.Hello).Refused);

    [Fact]
    public void Initiator_AcceptedBeforeItsProof_Refuses()
    {
        var accepted = HandshakeFrame.WriteAccepted(HandshakeKind.Accepted, Called, new byte[HandshakeKey.ProofLength]);
        Assert.Equal(Refusal.NotAPeer, Pair().Initiator.Take(accepted).Refused);
    }

    [Fact]
    public void Initiator_SecondChallenge_Refuses()
    {
        var (initiator, acceptor) = Pair();
        var challenge = acceptor.Take(initiator.Hello).Reply!;
        initiator.Take(challenge);
        Assert.Equal(Refusal.NotAPeer, initiator.Take(challenge).Refused);
    }

    [Fact]
    public void Acceptor_RecordedHandshakeReplayed_Refuses()
    {
        var (initiator, acceptor) = Pair();
        var proof = initiator.Take(acceptor.Take(initiator.Hello).Reply!).Reply!;
        Assert.NotNull(acceptor.Take(proof).Peer);

        var later = Pair().Acceptor;
        later.Take(initiator.Hello);
        Assert.Equal(Refusal.WrongSecret, later.Take(proof).Refused);
    }

    [Fact]
    public void Acceptor_SecondHello_Refuses()
    {
        var (initiator, acceptor) = Pair();
        acceptor.Take(initiator.Hello);
        Assert.Equal(Refusal.NotAPeer, acceptor.Take(initiator.Hello).Refused);
    }

    [Fact]
    public void Acceptor_CalledByAnotherAddress_SaysWhoItIsToTheProvenCaller()
    {
        var initiator = new Initiator(RawPeer.Key(), Caller, Called.Address with { Port = 3 }, []);
        var acceptor = new Acceptor(RawPeer.Key(), Called, []);
        var step = acceptor.Take(initiator.Take(acceptor.Take(initiator.Hello).Reply!).Reply!);
        Assert.Equal(Refusal.OtherAddress, step.Refused);
        Assert.Null(step.Peer);
        var told = initiator.Take(step.Reply!);
        Assert.Equal(Refusal.OtherAddress, told.Refused);
        Assert.Contains($"{Called.Address}", told.Detail, StringComparison.Ordinal);
        Assert.Equal((Called.Address, Called.Address), (step.OwnName, told.OwnName));
    }

    [Fact]
    public void Initiator_OtherNameWithoutProof_LearnsNone()
    {
        var initiator = new Initiator(RawPeer.Key(), Caller, Called.Address with { Port = 3 }, []);
        var acceptor = new Acceptor(RawPeer.Key(), Called, []);
        var answer = acceptor.Take(initiator.Take(acceptor.Take(initiator.Hello).Reply!).Reply!).Reply!;
        answer[^1] ^= 1;
        var told = initiator.Take(answer);
        Assert.Equal((Refusal.WrongSecret, null), (told.Refused, told.OwnName));
    }

    [Fact]
    public void Acceptor_CallerWithItsOwnAddress_Refuses()
    {
        var initiator = new Initiator(RawPeer.Key(), Called with { Uid = 1 }, Called.Address, []);
        var acceptor = new Acceptor(RawPeer.Key(), Called, []);
        var step = acceptor.Take(initiator.Take(acceptor.Take(initiator.Hello).Reply!).Reply!);
        Assert.Equal((Refusal.OtherAddress, null), (step.Refused, step.Peer));
        Assert.Null(step.OwnName);
    }

    [Fact]
    public void Initiator_OtherAddressTurnedIntoAccepted_Refuses()
    {
        var initiator = new Initiator(RawPeer.Key(), Caller, Called.Address with { Port = 3 }, []);
        var acceptor = new Acceptor(RawPeer.Key(), Called, []);
        var answer = acceptor.Take(initiator.Take(acceptor.Take(initiator.Hello).Reply!).Reply!).Reply!;
        answer[5] = (byte)HandshakeKind.Accepted;
        Assert.Equal(Refusal.WrongSecret, initiator.Take(answer).Refused);
    }

    [Fact]
    public void Handshake_OtherChannelBelow_Refuses()
    {
        // Somebody in the middle who ends TLS on both sides, each with a certificate that the side trusts.
        var initiator = new Initiator(RawPeer.Key(), Caller, Called.Address, [1]);
        var acceptor = new Acceptor(RawPeer.Key(), Called, [2]);
        Assert.Equal(Refusal.WrongSecret, acceptor.Take(initiator.Take(acceptor.Take(initiator.Hello).Reply!).Reply!).Refused);
    }

    [Fact]
    public void Handshake_AnyBitChangedOnTheWay_NeverAssociatesBoth()
    {
        for (var message = 0; message < 4; message++)
        {
            var length = Run(message, -1).Length;
            for (var bit = 0; bit < length * 8; bit++) Assert.False(Run(message, bit).IsThrough, $"message {message}, bit {bit}");
        }

        Assert.True(Run(-1, -1).IsThrough);
    }

    [Theory]
    [InlineData(Refusal.WrongSecret)]
    [InlineData(Refusal.OtherVersion)]
    [InlineData(Refusal.TlsNeeded)]
    [InlineData(Refusal.TlsNotSpoken)]
    internal void Initiator_Refused_SaysWhy(Refusal reason) =>
        Assert.Equal(reason, Pair().Initiator.Take(HandshakeFrame.Write(HandshakeKind.Refused, (byte)reason)).Refused);

    [Fact]
    public void Initiator_RefusedForAnythingElse_IsNoPeer()
    {
        for (var code = 0; code < 256; code++)
        {
            if (Refusals.IsToldToStrangers((Refusal)code)) continue;
            Assert.Equal(Refusal.NotAPeer, Pair().Initiator.Take(HandshakeFrame.Write(HandshakeKind.Refused, (byte)code)).Refused);
        }
    }

    private static (Initiator Initiator, Acceptor Acceptor) Pair(string callerSecret = TestNode.Secret) =>
        (new(RawPeer.Key(callerSecret), Caller, Called.Address, []), new(RawPeer.Key(), Called, []));

    // A handshake in which one bit of one message is turned over on the way.
    private static (bool IsThrough, int Length) Run(int message, int bit)
    {
        var (initiator, acceptor) = Pair();
        var length = 0;
        var frame = Pass(0, initiator.Hello);
        PeerIdentity? caller = null;
        PeerIdentity? called = null;
        if (Give(acceptor, frame) is { } challenge && Give(initiator, Pass(1, challenge)) is { } proof)
        {
            var step = TakeChecked(acceptor, Pass(2, proof));
            caller = step.Peer;
            if (step.Reply is not null) called = TakeChecked(initiator, Pass(3, step.Reply)).Peer;
        }

        return (caller == Caller && called == Called, length);

        byte[] Pass(int number, byte[] bytes)
        {
            if (number != message) return bytes;
            length = bytes.Length;
            if (bit < 0) return bytes;
            bytes = [.. bytes];
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            return bytes;
        }
    }

    private static byte[]? Give(IHandshake side, byte[] frame) => TakeChecked(side, frame).Reply;

    // As the transport does: the header first; a length that does not fit waits for ever or is cut.
    private static HandshakeStep TakeChecked(IHandshake side, byte[] frame) =>
        HandshakeFrame.CheckHeader(frame) is { } reason ? new(Refused: reason)
        : HandshakeFrame.BodyLength(frame) != frame.Length - HandshakeFrame.HeaderLength ? new(Refused: Refusal.TimedOut)
        : side.Take(frame);
}
