using ActorCompute.Remoting.Transport;


namespace ActorCompute.Remoting.Tests.Connections;

public sealed class KnownPeersTests
{
    private static readonly PeerAddress A = new("actorcompute", "127.0.0.1", 1);
    private static readonly PeerAddress B = new("actorcompute", "127.0.0.1", 2);

    [Fact]
    public void Forget_PeerWithoutConnectionForLongEnough_IsForgottenOnce()
    {
        var known = new KnownPeers(1000);
        known.Begin(A);
        known.End(A, 500);
        Assert.Equal(1, known.Gone);
        Assert.Empty(known.Forget(1499));
        Assert.Equal([A], known.Forget(1500));
        Assert.Empty(known.Forget(5000));
        Assert.Equal(0, known.Gone);
    }

    [Fact]
    public void Forget_PeerWithOneOfTwoConnectionsLeft_StaysKnown()
    {
        var known = new KnownPeers(1000);
        known.Begin(A);
        known.Begin(A);
        known.Begin(B);
        known.End(A, 0);
        known.End(B, 0);
        Assert.Equal([B], known.Forget(9000));
        known.End(A, 9000);
        Assert.Equal([A], known.Forget(10_000));
    }

    [Fact]
    public void Forget_PeerThatCameBack_StartsAnew()
    {
        var known = new KnownPeers(1000);
        known.Begin(A);
        known.End(A, 0);
        known.Begin(A);
        Assert.Equal(0, known.Gone);
        Assert.Empty(known.Forget(9000));
        known.End(A, 9500);
        Assert.Empty(known.Forget(10_000));
        Assert.Equal([A], known.Forget(10_500));
    }

    [Fact]
    public void End_OfNobody_CountsNothing()
    {
        var known = new KnownPeers(1000);
        known.End(A, 0);
        known.Begin(A);
        known.End(A, 0);
        known.End(A, 700);
        Assert.Equal((1, 1), (known.Gone, known.Forget(1000).Count));
    }
}
