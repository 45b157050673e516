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
    public void TryTake_NoneLeftAndATaskHasStartedOthers_GivesMoreUntilItEnds()
    {
        var budget = new TaskBudget(1);
        Assert.True(budget.TryTake());
        budget.Suspend();
        Assert.Equal((false, true, true), (budget.IsSpent, budget.TryTake(), budget.TryTake(count: 5)));
        budget.Resume();
        Assert.Equal((true, false), (budget.IsSpent, budget.TryTake()));
    }

    [Fact]
    public void TryTake_NoLimit_NeverEnds()
    {
        var budget = new TaskBudget(null);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.True(budget.TryTake()));
        Assert.False(budget.IsSpent);
    }

    [Fact]
    public void TryTake_Pack_WholeOrNotAtAllUnlessNothingWasBegun()
    {
        var budget = new TaskBudget(10);
        Assert.True(budget.TryTake(6));
        Assert.True(budget.TryTake(4));
        Assert.True(budget.IsSpent);

        // A pack beyond the whole budget would never run anywhere.
        var fresh = new TaskBudget(10);
        Assert.True(fresh.TryTake(11));
        Assert.True(fresh.IsSpent);
        Assert.False(fresh.TryTake());
    }

    /// <summary>Its client sends it again, and would to this process: it must be replaced.</summary>
    [Fact]
    public void TryTake_TooFewLeftForAPack_TheBudgetIsSpent()
    {
        var budget = new TaskBudget(10);
        Assert.True(budget.TryTake(6));
        Assert.False(budget.TryTake(5));
        Assert.Equal((true, false), (budget.IsSpent, budget.TryTake()));
    }
}
