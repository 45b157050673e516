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
    public void Suspect_SilentForLong_IsCutOffUntilItIsHeard()
    {
        _workers.Heard(First);
        _workers.Suspect(First, At(10));
        _workers.Suspect(First, At(12));
        Assert.Equal([First], _workers.Suspects);
        Assert.Empty(_workers.At(At(13)));
        Assert.Equal([First], _workers.At(At(13.1)));
        _workers.Heard(First);
        Assert.Empty(_workers.Suspects);
        Assert.Empty(_workers.At(At(20)));
    }

    [Fact]
    public void Suspect_NeverHeard_IsNotAsked()
    {
        // A firewall: its next process would be as silent, and so on for ever.
        _workers.Heard(First);
        _workers.Suspect(Next, At(0));
        Assert.Empty(_workers.At(At(100)));
    }

    [Fact]
    public void KeepOnly_WorkerHasItsNextLife_IsForgotten()
    {
        _workers.Heard(First);
        _workers.Suspect(First, At(0));
        _workers.KeepOnly([Next]);
        Assert.Empty(_workers.Suspects);
        _workers.KeepOnly([First]);
        _workers.Suspect(First, At(0));
        Assert.Empty(_workers.At(At(100)));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
