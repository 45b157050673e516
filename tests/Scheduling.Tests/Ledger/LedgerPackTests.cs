using static ActorCompute.Scheduling.Tests.Ledger.LedgerHarness;

namespace ActorCompute.Scheduling.Tests.Ledger;

public sealed class LedgerPackTests
{
    private readonly LedgerHarness _job = new();

    [Fact]
    public void Dispatch_Packs_CountsTheirTasks()
    {
        var life = _job.AddPack(10).AddPack(10).Add(5).Open(window: 9);
        Assert.Equal((25, 25), (_job.Ledger.Waiting, (int)_job.Ledger.Added));

        var send = _job.Dispatch(life, size: 15);
        Assert.Equal([(0L, 10)], send.Batches.Select(task => (task.First, task.Count)));
        Assert.Equal((15, 10), (_job.Ledger.Waiting, _job.Ledger.InFlight));

        // One that is larger than the chunk should be still goes.
        Assert.Equal([(10L, 10)], _job.Dispatch(life, size: 3).Batches.Select(task => (task.First, task.Count)));
        Assert.Equal([20L, 21, 22, 23, 24], Numbers(_job.Dispatch(life, size: 15)));
    }

    [Fact]
    public void Reply_WholePack_IsOneReportOfAll()
    {
        var life = _job.AddPack(10).Open();
        var send = _job.Dispatch(life, 10);
        _job.Reply(life, send.Sequence, true, Success(send.Batches[0]) with { Failed = 3 });
        Assert.True(_job.Ledger.IsSettled);
        Assert.Equal((10L, 3L), (_job.Ledger.Reported, _job.Ledger.Failed));
        Assert.Equal(0, Assert.Single(_job.Outcomes).First);
    }

    [Fact]
    public void Reply_PartOfAPack_TheRestWaitsTaskByTask()
    {
        var life = _job.AddPack(4).Add(1).Open();
        var send = _job.Dispatch(life, 4);
        _job.Reply(life, send.Sequence, true, Success(send.Batches[0]) with { Answered = 2 });
        Assert.Equal((2L, 3), (_job.Ledger.Reported, _job.Ledger.Waiting));
        Assert.Equal([(2L, 1), (3, 1), (4, 1)], _job.Dispatch(life, 4).Batches.Select(task => (task.First, task.Count)));
    }

    [Fact]
    public void Reply_PackFailedAsAWhole_ItsTasksGoOnAlone()
    {
        var life = _job.AddPack(3).Open();
        var send = _job.Dispatch(life, 3);
        _job.Reply(life, send.Sequence, true, Error(send.Batches[0], FailureCause.OutOfMemory) with { Failed = 1 });
        Assert.Empty(_job.Outcomes);
        Assert.Equal(0, _job.Ledger.Failed);
        Assert.Equal([0L, 1, 2], Numbers(_job.Dispatch(life, 3)));
    }

    [Fact]
    public void Lose_WhileAPackRuns_ItsTasksTravelAlone()
    {
        var life = _job.AddPack(3).AddPack(2).Open(slots: 1, window: 2);
        _job.Dispatch(life, 3);
        _job.Dispatch(life, 2);
        _job.Lose(life);
        var next = _job.Open(incarnation: 2, window: 9);
        Assert.Equal([0L], Numbers(_job.Dispatch(next, 5)));
        Assert.Equal([1L], Numbers(_job.Dispatch(next, 5)));
        Assert.Equal([2L], Numbers(_job.Dispatch(next, 5)));
        // The second was behind the slots and never began.
        Assert.Equal([(3L, 2)], _job.Dispatch(next, 5).Batches.Select(task => (task.First, task.Count)));
    }

    [Fact]
    public void Reply_LateToAPackThatWasUndone_SaysNothingOfTheTaskOfItsNumber()
    {
        var life = _job.AddPack(3).Open();
        var pack = _job.Dispatch(life, 3).Batches[0];
        _job.Lose(life);
        var next = _job.Open(incarnation: 2);
        var send = _job.Dispatch(next, 1);
        _job.Reply(life, 1, true, Success(pack));
        _job.Reply(life, 1, true, Error(pack));
        Assert.Empty(_job.Outcomes);
        Assert.Equal(4, _job.Ledger.LateReplies);
        _job.Succeed(send);
        Assert.Equal(0, Assert.Single(_job.Outcomes).First);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Reply_WrongCount_IsNoAnswer(int count)
    {
        var life = _job.AddPack(3).Open();
        var send = _job.Dispatch(life, 3);
        _job.Reply(life, send.Sequence, true, Success(send.Batches[0]) with { Count = count });
        Assert.Empty(_job.Outcomes);
        Assert.Equal(3, _job.Ledger.Waiting);
    }

    [Fact]
    public void Cancel_PackInFlight_AllOfItIsCancelled()
    {
        var life = _job.AddPack(3).AddPack(2).Open();
        _job.Dispatch(life, 3);
        _job.Cancel();
        Assert.True(_job.Ledger.IsSettled);
        Assert.Equal((5L, 5L), (_job.Ledger.Reported, _job.Ledger.Failed));
    }
}
