using ActorCompute.Worker.Compute;
using ActorCompute.Worker.Node;
using Akka.Actor;

namespace ActorCompute.Worker.Tests.Compute;

public sealed class ChunkRunTests
{
    private readonly OpenedJob _job = TestJobs.Open();

    [Fact]
    public void TryBegin_NothingCancelled_EachTaskMayRunAndIsWanted()
    {
        using var run = NewRun();
        foreach (var number in new long[] { 0, 1, 2 })
        {
            Assert.True(run.TryBegin(new() { First = number, Count = 1 }, out var token));
            Assert.False(token.IsCancellationRequested);
            Assert.Equal(TaskEnd.Wanted, run.End());
        }
    }

    [Fact]
    public void Cancel_TaskThatRuns_SetsItsTokenAndNobodyWantsTheOutcome()
    {
        using var run = NewRun();
        run.TryBegin(new() { First = 0, Count = 1 }, out var token);

        run.Cancel(0);

        Assert.True(token.IsCancellationRequested);
        Assert.Equal(TaskEnd.Unwanted, run.End());
        Assert.True(run.TryBegin(new() { First = 1, Count = 1 }, out var next));
        Assert.False(next.IsCancellationRequested);
        Assert.Equal(TaskEnd.Wanted, run.End());
    }

    [Fact]
    public void Cancel_TaskToCome_IsNotBegun()
    {
        using var run = NewRun();
        run.TryBegin(new() { First = 0, Count = 1 }, out var token);
        run.Cancel(1);
        Assert.False(token.IsCancellationRequested);
        Assert.Equal(TaskEnd.Wanted, run.End());
        Assert.False(run.TryBegin(new() { First = 1, Count = 1 }, out _));
        Assert.True(run.TryBegin(new() { First = 2, Count = 1 }, out _));
    }

    [Fact]
    public void Cancel_TaskThatHasEnded_DoesNotReachTheNext()
    {
        using var run = NewRun();
        run.TryBegin(new() { First = 0, Count = 1 }, out _);
        run.End();
        run.TryBegin(new() { First = 1, Count = 1 }, out var token);
        run.Cancel(0);
        Assert.False(token.IsCancellationRequested);
        Assert.Equal(TaskEnd.Wanted, run.End());
    }

    /// <summary>The order that the race needs: the task ends, and the next begins, while the canceller is still busy with what is registered.</summary>
    [Fact]
    public void Cancel_TaskEndsMeanwhile_TheNextIsNotToldToStop()
    {
        using var run = NewRun();
        run.TryBegin(new() { First = 0, Count = 1 }, out var token);
        var (end, next) = (TaskEnd.Wanted, CancellationToken.None);
        using var registration = token.Register(() =>
        {
            end = run.End();
            run.TryBegin(new() { First = 1, Count = 1 }, out next);
        });

        run.Cancel(0);

        Assert.Equal(TaskEnd.Unwanted, end);
        Assert.False(next.IsCancellationRequested);
        Assert.Equal(TaskEnd.Wanted, run.End());
    }

    [Fact]
    public void TryBegin_JobClosed_NothingMoreRuns()
    {
        _job.Received(new() { Sequence = 1, Batches = { new Messages.Batch { First = 0, Count = 1 }, new Messages.Batch { First = 1, Count = 1 } } });
        var run = _job.Start(1);
        run.TryBegin(new() { First = 0, Count = 1 }, out var token);
        _job.Close();
        Assert.True(token.IsCancellationRequested);
        Assert.Equal(TaskEnd.Unwanted, run.End());
        Assert.False(run.TryBegin(new() { First = 1, Count = 1 }, out _));
    }

    [Fact]
    public void TryBegin_BudgetSpent_NothingMoreRuns()
    {
        var budget = new TaskBudget(2);
        using var run = new ChunkRun(_job, new(), budget, TimeProvider.System);
        Assert.True(run.TryBegin(new() { First = 0, Count = 1 }, out _));
        Assert.False(budget.IsSpent);
        Assert.True(run.TryBegin(new() { First = 1, Count = 1 }, out _));
        Assert.True(budget.IsSpent);
        Assert.False(run.TryBegin(new() { First = 2, Count = 1 }, out _));
    }

    [Fact]
    public void TryBegin_CancelledTask_CostsNothingOfTheBudget()
    {
        using var run = new ChunkRun(_job, new(), new(1), TimeProvider.System);
        run.Cancel(0);
        Assert.False(run.TryBegin(new() { First = 0, Count = 1 }, out _));
        Assert.True(run.TryBegin(new() { First = 1, Count = 1 }, out _));
    }

    private ChunkRun NewRun() => new(_job, new(), new(null), TimeProvider.System);
}
