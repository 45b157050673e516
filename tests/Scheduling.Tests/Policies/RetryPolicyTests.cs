namespace ActorCompute.Scheduling.Tests.Policies;

public sealed class RetryPolicyTests
{
    [Theory]
    [InlineData(1, 0.1)]
    [InlineData(2, 0.2)]
    [InlineData(5, 1.6)]
    [InlineData(10, 30)]
    [InlineData(5000, 30)]
    public void DelayBefore_Default_DoublesUpToTheLongest(int retry, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new RetryPolicy().DelayBefore(retry));

    [Fact]
    public void DelayBefore_FactorOne_StaysTheSame() =>
        Assert.Equal(TimeSpan.FromSeconds(2), new RetryPolicy { Delay = TimeSpan.FromSeconds(2), Factor = 1 }.DelayBefore(1000));

    [Fact]
    public void DelayBefore_NoDelay_IsNone() => Assert.Equal(TimeSpan.Zero, new RetryPolicy { Delay = TimeSpan.Zero }.DelayBefore(5000));

    [Fact]
    public void Check_OutOfRange_IsRefused()
    {
        RetryPolicy.None.Check();
        Assert.Throws<InputException>(() => new RetryPolicy { MaxRetries = -1 }.Check());
        Assert.Throws<InputException>(() => new RetryPolicy { Delay = TimeSpan.FromTicks(-1) }.Check());
        Assert.Throws<InputException>(() => new RetryPolicy { MaxDelay = TimeSpan.FromTicks(-1) }.Check());
        Assert.Throws<InputException>(() => new RetryPolicy { Factor = 0.5 }.Check());
        Assert.Throws<InputException>(() => new RetryPolicy { Factor = double.NaN }.Check());
    }
}
