using ActorCompute.Client.Attach;
using ActorCompute.Messages;

namespace ActorCompute.Client.Tests.Attach;

/// <summary>Which workers a client asks the next process of.</summary>
public sealed class CutOffWorkersTests
{
    private static readonly WorkerLife First = new(new("a"), 1);
    private static readonly WorkerLife Next = new(new("a"), 2);

    private readonly CutOffWorkers _workers = new();

    [Fact]
    public void Silent_HasAnsweredBefore_IsCutOffUntilItAnswers()
    {
        _workers.Answered(First);
        Assert.Empty(_workers.All);
        _workers.Silent(First);
        _workers.Silent(First);
        Assert.Equal([First], _workers.All);
        _workers.Answered(First);
        Assert.Empty(_workers.All);
    }

    [Fact]
    public void Silent_NeverAnswered_IsNotAsked()
    {
        // A firewall: its next process would be as silent, and so on for ever.
        _workers.Answered(First);
        _workers.Silent(Next);
        Assert.Empty(_workers.All);
    }

    [Fact]
    public void KeepOnly_WorkerHasItsNextLife_IsForgotten()
    {
        _workers.Answered(First);
        _workers.Silent(First);
        _workers.KeepOnly([Next]);
        Assert.Empty(_workers.All);
        _workers.KeepOnly([First]);
        _workers.Silent(First);
        Assert.Empty(_workers.All);
    }
}
