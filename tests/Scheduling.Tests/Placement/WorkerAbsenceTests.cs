namespace ActorCompute.Scheduling.Tests.Placement;

/// <summary>When a person is told that a job waits for workers.</summary>
public sealed class WorkerAbsenceTests
{
    private readonly WorkerAbsence _absence = new();

    [Fact]
    public void Look_NoWorkerForLong_WaitsFromThenOnAndSaysSoOnce()
    {
        Assert.False(Look(workers: 0, seconds: 10));
        Assert.False(Look(workers: 0, seconds: 12.9));
        Assert.False(_absence.IsWaiting);
        Assert.True(Look(workers: 0, seconds: 13));
        Assert.True(_absence.IsWaiting);
        Assert.False(Look(workers: 0, seconds: 60));
    }

    [Fact]
    public void Look_WorkersAreBack_SaysSoAndBeginsAnew()
    {
        Look(workers: 0, seconds: 0);
        Look(workers: 0, seconds: 3);
        Assert.True(Look(workers: 1, seconds: 4));
        Assert.False(_absence.IsWaiting);
        Assert.False(Look(workers: 0, seconds: 5));
        Assert.False(Look(workers: 0, seconds: 7));
        Assert.True(Look(workers: 0, seconds: 8));
    }

    [Fact]
    public void Look_WorkerWasBackInBetween_IsNoWait()
    {
        Look(workers: 0, seconds: 0);
        Look(workers: 1, seconds: 2);
        Look(workers: 0, seconds: 2.5);
        Assert.False(Look(workers: 0, seconds: 5));
    }

    [Fact]
    public void Look_NothingToDo_IsNoWait()
    {
        _absence.Look(hasWork: false, 0, TimeSpan.Zero);
        Assert.False(_absence.Look(hasWork: false, 0, TimeSpan.FromHours(1)));
        Assert.False(_absence.Look(hasWork: true, 0, TimeSpan.FromHours(1)));
        Assert.True(_absence.Look(hasWork: true, 0, TimeSpan.FromHours(2)));
        Assert.True(_absence.Look(hasWork: false, 0, TimeSpan.FromHours(2)));
    }

    private bool Look(int workers, double seconds) => _absence.Look(hasWork: true, workers, TimeSpan.FromSeconds(seconds));
}
