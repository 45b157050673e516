using ActorCompute.Client.Jobs;
using Akka.TestKit.Xunit2;

namespace ActorCompute.Client.Tests.Jobs;

public sealed class RunningJobTests : TestKit
{
    [Fact]
    public async Task ReadOutcomesAsync_JobEnds_GivesAllAndEnds()
    {
        var run = TestKind.Run(3);
        for (var i = 0; i < 3; i++) run.Stream.Report(Outcome(i));
        run.Stream.Ended();

        Assert.Equal([0L, 1L, 2L], await Numbers(run));
        Assert.Equal(3, run.Stream.Taken);
    }

    [Fact]
    public async Task ReadOutcomesAsync_JobFails_GivesWhatThereIsAndThrows()
    {
        var run = TestKind.Run(3);
        run.Stream.Report(Outcome(0));
        run.Stream.Ended(new ClusterUnavailableException("nobody"));
        var seen = new List<long>();

        var error = await Assert.ThrowsAsync<ClusterUnavailableException>(async () =>
        {
            await foreach (var outcome in run.ReadOutcomesAsync()) seen.Add(outcome.Number);
        });

        Assert.Equal("nobody", error.Message);
        Assert.Equal([0L], seen);
    }

    [Fact]
    public async Task Ended_Twice_TheFirstStays()
    {
        var run = TestKind.Run(0);
        run.Stream.Ended();
        run.Stream.Ended(new InvalidOperationException("late"));
        Assert.Empty(await Numbers(run));
    }

    [Fact]
    public async Task ReadOutcomesAsync_JobStarved_WakesItOnceWithTheNextOutcome()
    {
        var run = TestKind.Run(3);
        run.Stream.Started(TestActor);
        for (var i = 0; i < 3; i++) run.Stream.Report(Outcome(i));
        run.Stream.Starve();
        run.Stream.Ended();

        await Numbers(run);

        ExpectMsg<JobEvent.RoomMade>();
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task ReadOutcomesAsync_Twice_IsRefused()
    {
        var run = TestKind.Run(1);
        run.Stream.Ended();
        Assert.Empty(await Numbers(run));
        Assert.Contains("once", (await Assert.ThrowsAsync<InvalidOperationException>(() => Numbers(run))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadOutcomesAsync_ReaderLeaves_CancelsTheJob()
    {
        var run = TestKind.Run(3);
        run.Stream.Started(TestActor);
        run.Stream.Report(Outcome(0));
        await foreach (var _ in run.ReadOutcomesAsync()) break;
        Assert.Contains("nobody takes", ExpectMsg<JobEvent.Cancelled>().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DisposeAsync_JobRuns_CancelsItAndWaitsForItsEnd()
    {
        var run = TestKind.Run(3);
        run.Stream.Started(TestActor);
        var disposed = run.DisposeAsync().AsTask();
        ExpectMsg<JobEvent.Cancelled>();
        Assert.False(disposed.IsCompleted);
        run.Stream.Ended();
        await Waiting.For(disposed, "the disposal");
    }

    [Fact]
    public async Task ReadOutcomesAsync_TokenCancelled_CancelsTheJob()
    {
        var run = TestKind.Run(3);
        run.Stream.Started(TestActor);
        using var cancellation = new CancellationTokenSource();
        await using var outcomes = run.ReadOutcomesAsync(cancellation.Token).GetAsyncEnumerator();
        var next = outcomes.MoveNextAsync();

        await cancellation.CancelAsync();

        Assert.Equal("cancelled", ExpectMsg<JobEvent.Cancelled>().Reason);
        run.Stream.Ended();
        Assert.False(await next);
    }

    [Fact]
    public void Cancel_NotStartedYet_DoesNoHarm() => TestKind.Run(1).Cancel("early");

    private static async Task<List<long>> Numbers(RunningJob run)
    {
        var numbers = new List<long>();
        await foreach (var outcome in run.ReadOutcomesAsync()) numbers.Add(outcome.Number);
        return numbers;
    }

    private static SettledBatch Outcome(long number) => new(new(number, default), default, null, new("w", "h", 1, 1, TimeSpan.Zero));
}
