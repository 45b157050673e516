using ActorCompute.Worker.Compute;

namespace ActorCompute.Worker.Tests.Compute;

public sealed class TaskBudgetTests
{
    [Fact]
    public void TryTake_ManyThreads_GivesExactlySoMany()
    {
        var budget = new TaskBudget(1000);
        var taken = 0;
        Parallel.For(0, 5000, _ =>
        {
            if (budget.TryTake()) Interlocked.Increment(ref taken);
        });
        Assert.Equal((1000, true), (taken, budget.IsSpent));
    }

    [Fact]
    public void TryTake_NoLimit_NeverEnds()
    {
        var budget = new TaskBudget(null);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.True(budget.TryTake()));
        Assert.False(budget.IsSpent);
    }
}
