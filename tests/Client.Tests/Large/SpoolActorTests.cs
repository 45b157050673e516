using ActorCompute.Client.Large;
using ActorCompute.Messages;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Google.Protobuf;

namespace ActorCompute.Client.Tests.Large;

public sealed class SpoolActorTests : TestKit
{
    private const long Largest = 1 << 20;

    private readonly byte[] _result = new byte[1000];
    private readonly ResultSpools _spools = new();
    private readonly IActorRef _actor;

    public SpoolActorTests()
    {
        new Random(7).NextBytes(_result);
        _actor = Sys.ActorOf(SpoolActor.PropsFor(_spools, Largest));
    }

    private SpoolKey Key => new(TestActor, 4, 2);

    private LargeResult Sent => new() { Length = _result.Length, Crc32C = Crc32C.Of(_result) };

    [Fact]
    public void Pieces_InOrder_AreTheResult()
    {
        Assert.Equal(600, Take(0, 600).Offset);
        Assert.Null(_spools.Take(Key, Sent));
        Assert.Equal(1000, Take(600, 400).Offset);
        Assert.Equal(_result, _spools.Take(Key, Sent)!.Value.ToArray());
        Assert.Null(_spools.Take(Key, Sent));
    }

    [Fact]
    public void Pieces_TwiceAndOneLost_AreAskedForFromWhereTheyAre()
    {
        Assert.Equal(300, Take(0, 300).Offset);
        Assert.Equal(300, Take(0, 300).Offset);
        Assert.Equal(300, Take(600, 300).Offset);
        Assert.Equal(600, Take(300, 300).Offset);
        Assert.Equal(1000, Take(600, 400).Offset);
        // The word that it is whole was lost.
        Assert.Equal(1000, Take(600, 400).Offset);
        Assert.Equal(_result, _spools.Take(Key, Sent)!.Value.ToArray());
    }

    [Fact]
    public void Pieces_OtherChecksum_AreNoResult()
    {
        Take(0, 1000);
        Assert.Null(_spools.Take(Key, new() { Length = 1000, Crc32C = 1 }));
    }

    [Theory]
    [InlineData(Largest + 1)]
    [InlineData(0)]
    [InlineData(-5)]
    public void Piece_OfAResultOfThatLength_IsRefused(long length)
    {
        _actor.Tell(new ResultPiece { Length = length, Data = ByteString.CopyFrom(1) });
        Assert.Contains("LargestResult", ExpectMsg<ResultPieceTaken>().Refused, StringComparison.Ordinal);
    }

    [Fact]
    public void Forget_OfAWorker_DropsWhatItSent()
    {
        Take(0, 1000);
        _actor.Tell(new SpoolActor.Forget(TestActor));
        AwaitAssert(() => Assert.False(_spools.Has(Key)), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Dispose_OfTheJob_DropsWhatIsThereAndWhatStillComes()
    {
        Take(0, 1000);
        _spools.Dispose();
        Assert.False(_spools.Has(Key));
        Take(0, 1000);
        Assert.False(_spools.Has(Key));
    }

    private ResultPieceTaken Take(int offset, int count)
    {
        _actor.Tell(new ResultPiece { Job = "j", Number = 4, Attempt = 2, Length = _result.Length, Offset = offset, Data = ByteString.CopyFrom(_result, offset, count) });
        var taken = ExpectMsg<ResultPieceTaken>();
        Assert.Equal(("j", 4L, 2, ""), (taken.Job, taken.Number, taken.Attempt, taken.Refused));
        return taken;
    }
}
