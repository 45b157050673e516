namespace ActorCompute.Scheduling.Tests.Node;

public sealed class RegistrationPaceTests
{
    private readonly RegistrationPace _pace = new();

    [Fact]
    public void Pause_BeforeTheFirstAnswer_IsShorter()
    {
        Assert.Equal((false, TimeSpan.FromMilliseconds(250)), (_pace.IsRegistered, _pace.Pause));
        _pace.Answered();
        Assert.Equal((true, TimeSpan.FromSeconds(2)), (_pace.IsRegistered, _pace.Pause));
    }

    [Fact]
    public void Ask_NobodyAnswers_IsSaidEveryFifteenSeconds()
    {
        Assert.Equal([15, 30, 45], Enumerable.Range(0, 50).Where(second => _pace.Ask(TimeSpan.FromSeconds(second))));
    }

    [Fact]
    public void Ask_Answered_SilenceCountsFromTheNextAsking()
    {
        _pace.Ask(TimeSpan.Zero);
        _pace.Answered();
        Assert.False(_pace.Ask(TimeSpan.FromSeconds(20)));
        Assert.False(_pace.Ask(TimeSpan.FromSeconds(34)));
        Assert.True(_pace.Ask(TimeSpan.FromSeconds(35)));
    }
}
