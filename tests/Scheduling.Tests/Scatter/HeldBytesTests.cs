namespace ActorCompute.Scheduling.Tests.Scatter;

public sealed class HeldBytesTests
{
    private readonly HeldBytes _held = new(1000);

    [Fact]
    public void Room_NothingSeen_IsTheBoundInBytesOfOneEach() => Assert.Equal(990, _held.Room(0, open: 10));

    [Fact]
    public void Room_LargeOutcomes_FollowsWhatIsFreeAndWhatIsToCome()
    {
        _held.Settled(1, 100);
        Assert.Equal(9 - 4, _held.Room(0, open: 4));
        Assert.Equal(10, _held.Room(100, open: 0));
        _held.Settled(2, 200);
        Assert.Equal(7, _held.Room(0, open: 0));
    }

    [Fact]
    public void Room_OneLargerThanTheBound_OneAtATime()
    {
        _held.Settled(1, 5000);
        Assert.Equal(0, _held.Room(0, open: 0));
        Assert.Equal(1, _held.Room(5000, open: 0));
        Assert.Equal(0, _held.Room(5000, open: 1));
    }
}
