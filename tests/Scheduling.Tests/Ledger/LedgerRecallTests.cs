namespace ActorCompute.Scheduling.Tests.Ledger;

/// <summary>A chunk that waits behind others while a worker is idle.</summary>
public sealed class LedgerRecallTests
{
    private readonly LedgerHarness _job = new();

    [Fact]
    public void Recall_ChunkWaitsBehindAnotherAndAWorkerIsIdle_IsAskedBackOnce()
    {
        var (a, _) = (_job.Open("a"), _job.Open("b"));
        _job.Add(2).Dispatch(a);
        var queued = _job.Dispatch(a);

        Assert.Equal(new LedgerInstruction.RecallChunk(a, queued.Sequence), _job.Ledger.Recall());
        Assert.Null(_job.Ledger.Recall());
    }

    [Fact]
    public void RepliesArrived_Unbegun_TheTaskGoesToTheIdleWorkerAtTheSameTry()
    {
        var (a, b) = (_job.Open("a"), _job.Open("b"));
        _job.Add(2).Dispatch(a);
        var queued = _job.Dispatch(a);

        _job.Handle(new LedgerEvent.RepliesArrived(a, queued.Sequence, true, [], _job.Now) { IsUnbegun = true });

        var again = _job.Dispatch(b);
        Assert.Equal((1L, 1), (again.Batches.Single().First, again.Batches.Single().Attempt));
        Assert.Equal(0, _job.Ledger.Resent);
    }

    [Fact]
    public void Recall_NoWorkerIsIdle_NothingIsAskedBack()
    {
        var (a, b) = (_job.Open("a"), _job.Open("b"));
        _job.Add(3).Dispatch(a);
        _job.Dispatch(a);
        _job.Dispatch(b);

        Assert.Null(_job.Ledger.Recall());
        Assert.True(_job.Ledger.FindsQueued());
    }

    [Fact]
    public void Recall_OnlyWorkerThatLeavesOrIsolatesIsIdle_NothingIsAskedBack()
    {
        var (a, b) = (_job.Open("a"), _job.Open("b"));
        _job.Add(2).Dispatch(a);
        _job.Dispatch(a);
        _job.Handle(new LedgerEvent.WorkerLeaving(b, [], _job.Now));

        Assert.Null(_job.Ledger.Recall());
    }

    [Fact]
    public void Recall_TasksWaitToBeSent_ThoseGoFirst()
    {
        var (a, _) = (_job.Open("a"), _job.Open("b"));
        _job.Add(3).Dispatch(a);
        _job.Dispatch(a);

        Assert.Null(_job.Ledger.Recall());
    }

    [Fact]
    public void Recall_ChunkHasAnswered_IsLeftWhereItRuns()
    {
        var (a, _) = (_job.Open("a", slots: 1), _job.Open("b"));
        _job.Add(3).Dispatch(a);
        var second = _job.Dispatch(a, 2);
        _job.Reply(a, second.Sequence, complete: false, LedgerHarness.Success(second.Batches[0]));

        Assert.Null(_job.Ledger.Recall());
    }

    [Fact]
    public void Recall_AllSlotsOfAWorkerAreFullButNothingWaitsThere_NothingIsAskedBack()
    {
        var (a, _) = (_job.Open("a", slots: 2), _job.Open("b"));
        _job.Add(2).Dispatch(a);
        _job.Dispatch(a);

        Assert.False(_job.Ledger.FindsQueued());
        Assert.Null(_job.Ledger.Recall());
    }

    [Fact]
    public void Recall_WaitsBehindAnotherJob_IsAskedBack()
    {
        var loads = new WorkerLoads();
        var a = LedgerHarness.Life("a");
        loads.Join(a, 1).Add();
        _job.Handle(new LedgerEvent.WorkerOpened(new(a, 1, 2, "name-a", "host-a", 1), _job.Now) { Load = loads.Join(a, 1) });
        _job.Open("b");
        var queued = _job.Add(1).Dispatch(a);

        Assert.Equal(new LedgerInstruction.RecallChunk(a, queued.Sequence), _job.Ledger.Recall());
    }
}
