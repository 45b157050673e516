namespace ActorCompute.Scheduling.Tests.Placement;

public sealed class WorkerLoadsTests
{
    private static readonly WorkerLife A = new(new("a"), 1);

    private readonly WorkerLoads _loads = new();

    [Fact]
    public void Join_TwoJobs_ShareTheirCount()
    {
        var (first, second) = (_loads.Join(A, 1), _loads.Join(A, 1));
        first.Add();
        Assert.False(second.HasIdleSlot);
        second.Add();
        Assert.Equal((2, true), (first.Chunks, first.IsOverfull));
    }

    [Fact]
    public void Leave_TheLastJob_ForgetsTheWorker()
    {
        _loads.Join(A, 1).Add();
        _loads.Join(A, 1);
        _loads.Leave(A);
        Assert.Equal(1, _loads.Join(A, 1).Chunks);
        _loads.Leave(A);
        _loads.Leave(A);
        Assert.Equal(0, _loads.Join(A, 1).Chunks);
    }

    [Fact]
    public void WhenIdle_ASlotIsFreed_CallsOnce()
    {
        var load = _loads.Join(A, 1);
        var calls = 0;
        load.Add();
        load.Add();
        _loads.WhenIdle(() => calls++);
        load.Remove();
        Assert.Equal(0, calls);
        load.Remove();
        load.Add();
        load.Remove();
        Assert.Equal(1, calls);
    }

    [Fact]
    public void Remove_Nothing_WakesNobody()
    {
        var calls = 0;
        _loads.WhenIdle(() => calls++);
        _loads.Join(A, 1).Remove(0);
        Assert.Equal(0, calls);
    }
}
