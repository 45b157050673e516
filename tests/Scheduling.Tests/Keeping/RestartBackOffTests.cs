namespace ActorCompute.Scheduling.Tests.Keeping;

public sealed class RestartBackOffTests
{
    [Fact]
    public void Next_DiesYoungAgainAndAgain_WaitsTwiceAsLongUpToFiveSeconds()
    {
        var backOff = new RestartBackOff();
        Assert.Equal([0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5, 5, 5], Enumerable.Range(0, 9).Select(_ => backOff.Next(TimeSpan.FromSeconds(1)).TotalSeconds));
    }

    [Fact]
    public void Next_AfterAGoodLife_StartsFromTheBeginning()
    {
        var backOff = new RestartBackOff();
        for (var i = 0; i < 20; i++) backOff.Next(TimeSpan.Zero);
        Assert.Equal(0.1, backOff.Next(TimeSpan.FromSeconds(11)).TotalSeconds);
        Assert.Equal(0.2, backOff.Next(TimeSpan.FromSeconds(10)).TotalSeconds);
    }
}
