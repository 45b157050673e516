using System.Text;

namespace ActorCompute.Scheduling.Tests.Ledger;

/// <summary>Tasks that are split while they run: however messages are lost or late, each comes to one result, of all its parts.</summary>
public sealed class LedgerPieceTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly LedgerHarness _job = new();
    private readonly WorkerLife _a;
    private readonly LedgerInstruction.Send _sent;

    public LedgerPieceTests()
    {
        _a = _job.Open("a", splits: true);
        _sent = _job.Add(1).Dispatch(_a);
        _job.Pass(Second);
    }

    [Fact]
    public void AskToSplit_SlotsAreIdle_AsksTheLongestForAPieceForEachAndItsOwn()
    {
        _job.Open("b", slots: 3, splits: true);
        Assert.Equal(new LedgerInstruction.SplitTask(_a, 0, 1, 4), _job.Ledger.AskToSplit(_job.Now));
        _job.Open("c", slots: 100);
        _job.Pass(Second);
        Assert.Equal(new LedgerInstruction.SplitTask(_a, 0, 1, TaskSplit.MaxPieces), _job.Ledger.AskToSplit(_job.Now));
    }

    [Fact]
    public void AskToSplit_NobodyIsIdleOrSomethingWaits_IsNone()
    {
        Assert.Null(_job.Ledger.AskToSplit(_job.Now));
        _job.Add(1);
        _job.Open("b");
        Assert.Null(_job.Ledger.AskToSplit(_job.Now));
    }

    [Fact]
    public void AskToSplit_RanTooShortOrWorkerDoesNotSplit_IsNone()
    {
        var job = new LedgerHarness();
        var (a, b) = (job.Open("a", splits: true), job.Open("b"));
        job.Open("c");
        job.Add(1).Dispatch(a);
        Assert.Null(job.Ledger.AskToSplit(job.Now + TimeSpan.FromMilliseconds(249)));
        Assert.NotNull(job.Ledger.AskToSplit(job.Now + TimeSpan.FromMilliseconds(250)));

        job = new();
        (_, b) = (job.Open("a", splits: true), job.Open("b"));
        job.Add(1).Dispatch(b);
        Assert.Null(job.Ledger.AskToSplit(job.Now + Second));
    }

    [Fact]
    public void AskToSplit_NotAnswered_IsAskedAgainAndThenACopyMayBeMade()
    {
        _job.Open("b");
        for (var i = 0; i < 3; i++)
        {
            Assert.NotNull(_job.Ledger.AskToSplit(_job.Now));
            Assert.Null(_job.Ledger.AskToSplit(_job.Now));
            Assert.Null(_job.Ledger.Copy(Second / 2, _job.Now));
            _job.Pass(Second / 2);
        }

        Assert.Null(_job.Ledger.AskToSplit(_job.Now));
        _job.Pass(Second);
        Assert.NotNull(_job.Ledger.Copy(Second, _job.Now));
    }

    [Fact]
    public void RepliesArrived_WithARest_PiecesRunAndTheTaskIsReportedOnceWithTheirResultsInOrder()
    {
        var b = _job.Open("b");
        Split(_sent.Batches[0], _a, 1, "one", "two");
        Assert.Equal((1L, 0L, 2), (_job.Ledger.Added, _job.Ledger.Reported, _job.Ledger.Waiting));

        var (first, second) = (_job.Dispatch(_a), _job.Dispatch(b));
        Assert.Equal(["one", "two"], new[] { first, second }.Select(send => Encoding.ASCII.GetString(Assert.Single(send.Batches).Payload.Span)));
        Assert.All(new[] { first, second }, send => Assert.Equal((0L, 1), (send.Batches[0].PartOf, send.Batches[0].Attempt)));
        Assert.Equal(2, _job.Ledger.InFlight);
        Answer(second, "[two]");
        Answer(first, "[one]");

        Assert.Equal("[done][one][two]", Encoding.ASCII.GetString(Assert.Single(_job.Outcomes).Result.Span));
        Assert.Equal((0L, "name-a", TimeSpan.FromSeconds(3)), (_job.Outcomes[0].First, _job.Outcomes[0].Run.Worker, _job.Outcomes[0].Run.Elapsed));
        Assert.True(_job.Ledger.IsSettled);
    }

    [Fact]
    public void RepliesArrived_PieceIsSplitAgain_ItsPiecesStandInItsPlace()
    {
        Split(_sent.Batches[0], _a, 1, "one", "two");
        var one = _job.Dispatch(_a);
        Split(one.Batches[0], _a, one.Sequence, "one.b", "one.c");
        foreach (var payload in new[] { "one.b", "one.c", "two" })
        {
            var send = _job.Dispatch(_a);
            Assert.Equal(payload, Encoding.ASCII.GetString(send.Batches[0].Payload.Span));
            Answer(send, $"[{payload}]");
        }

        Assert.Equal("[done][done][one.b][one.c][two]", Encoding.ASCII.GetString(Assert.Single(_job.Outcomes).Result.Span));
    }

    [Fact]
    public void RepliesArrived_RestOfATryBefore_IsIgnored()
    {
        var b = _job.Open("b");
        _job.Lose(_a);
        var again = _job.Dispatch(b);

        Split(_sent.Batches[0], _a, 1, "one", "two");

        Assert.Equal((0, 1L), (_job.Ledger.Waiting, _job.Ledger.LateReplies));
        Answer(again, "all");
        Assert.Equal("all", Encoding.ASCII.GetString(Assert.Single(_job.Outcomes).Result.Span));
    }

    [Fact]
    public void RepliesArrived_RestTwice_CountsOnce()
    {
        Split(_sent.Batches[0], _a, 1, "one", "two");
        Split(_sent.Batches[0], _a, 1, "one", "two");
        Assert.Equal(2, _job.Ledger.Waiting);
    }

    [Fact]
    public void RepliesArrived_RestIsLost_TheWholeTaskRunsAgain()
    {
        _job.Reply(_a, 1, complete: true);
        var again = _job.Dispatch(_a);
        Assert.Equal((0L, 2), (again.Batches[0].First, again.Batches[0].Attempt));
        Answer(again, "all");
        Assert.Equal("all", Encoding.ASCII.GetString(Assert.Single(_job.Outcomes).Result.Span));
    }

    [Fact]
    public void RepliesArrived_WholeResultOfATryBefore_IsTheOutcomeAndPiecesAreDropped()
    {
        var b = _job.Open("b");
        _job.Lose(_a);
        var again = _job.Dispatch(b);
        Split(again.Batches[0], b, again.Sequence, "one", "two");
        var piece = _job.Dispatch(b);

        var told = _job.Handle(new LedgerEvent.RepliesArrived(_a, 1, true, [new(0, 1, Second, "all"u8.ToArray(), null)], _job.Now));

        Assert.Contains(new LedgerInstruction.CancelTask(b, piece.Batches[0].First), told);
        Assert.Equal("all", Encoding.ASCII.GetString(Assert.Single(_job.Outcomes).Result.Span));
        Assert.True(_job.Ledger.IsSettled);
        Answer(piece, "[one]");
        Assert.Single(_job.Outcomes);
    }

    [Fact]
    public void RepliesArrived_RestWhileACopyRuns_TheCopyIsToldToStop()
    {
        var b = _job.Open("b");
        _job.Pass(Second);
        Assert.NotNull(_job.Ledger.Copy(Second, _job.Now));
        var told = Split(_sent.Batches[0], _a, 1, "one", "two");
        Assert.Contains(new LedgerInstruction.CancelTask(b, 0), told);
    }

    [Fact]
    public void RepliesArrived_RestOfTheCopy_DropsItAndTheTaskGoesOn()
    {
        _job.Open("b");
        _job.Pass(Second);
        var copy = _job.Ledger.Copy(Second, _job.Now)!.Value.Send;
        Split(copy.Batches[0], copy.Life, copy.Sequence, "one", "two");
        Assert.Equal((0, 1), (_job.Ledger.Waiting, _job.Ledger.InFlight));
        Answer(_sent, "all");
        Assert.Single(_job.Outcomes);
    }

    [Fact]
    public void RepliesArrived_PieceFails_TheTaskFailsOnceAndOtherPiecesAreToldToStop()
    {
        var b = _job.Open("b");
        Split(_sent.Batches[0], _a, 1, "one", "two", "three");
        var (one, two) = (_job.Dispatch(_a), _job.Dispatch(b));

        var told = _job.Handle(new LedgerEvent.RepliesArrived(_a, one.Sequence, true, [LedgerHarness.Error(one.Batches[0])], _job.Now));

        Assert.Equal([new LedgerInstruction.CancelTask(b, two.Batches[0].First)], told.OfType<LedgerInstruction.CancelTask>());
        Assert.Equal((0L, FailureCause.Exception), (Assert.Single(_job.Outcomes).First, _job.Outcomes[0].Failure!.Cause));
        Assert.Equal((1L, 1L, 0), (_job.Ledger.Reported, _job.Ledger.Failed, _job.Ledger.Waiting));
        Assert.True(_job.Ledger.IsSettled);
    }

    [Fact]
    public void WorkerLost_WithAPiece_OnlyThatPieceRunsAgain()
    {
        Split(_sent.Batches[0], _a, 1, "one", "two");
        Answer(_job.Dispatch(_a), "[one]");
        var two = _job.Dispatch(_a);
        _job.Lose(_a);
        var again = _job.Dispatch(_job.Open("a", incarnation: 2));
        Assert.Equal((two.Batches[0].First, 2), (again.Batches[0].First, again.Batches[0].Attempt));
        Answer(again, "[two]");
        Assert.Equal("[done][one][two]", Encoding.ASCII.GetString(Assert.Single(_job.Outcomes).Result.Span));
    }

    [Fact]
    public void WorkerLost_OverAndOverWithAPiece_TheTaskFails()
    {
        Split(_sent.Batches[0], _a, 1, "one", "two");
        Answer(_job.Dispatch(_a), "[one]");
        for (var incarnation = 1; _job.Outcomes.Count == 0; incarnation++)
        {
            Assert.True(incarnation < 10, "not given up");
            var life = _job.Open("x", incarnation: incarnation);
            _job.Dispatch(life);
            _job.Lose(life, "exited with status 139");
        }

        Assert.Equal((0L, FailureCause.WorkerDied), (_job.Outcomes[0].First, _job.Outcomes[0].Failure!.Cause));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cancelled_WhilePiecesRunOrAreMerged_TheTaskIsCancelledOnce(bool merging)
    {
        _job.Merges = false;
        Split(_sent.Batches[0], _a, 1, "one");
        var piece = _job.Dispatch(_a);
        if (merging) Answer(piece, "[one]");

        var told = _job.Handle(new LedgerEvent.TaskCancelled(0, "cancelled"));

        Assert.Equal(merging ? [] : [piece.Batches[0].First], told.OfType<LedgerInstruction.CancelTask>().Select(cancel => cancel.Number));
        _job.Handle(new LedgerEvent.Merged(0, "late"u8.ToArray(), null));
        Assert.Equal(FailureCause.Cancelled, Assert.Single(_job.Outcomes).Failure!.Cause);
    }

    [Fact]
    public void JobCancelled_WithPieces_EachTaskIsReportedOnce()
    {
        _job.Add(2);
        Split(_sent.Batches[0], _a, 1, "one", "two");
        _job.Dispatch(_a);
        _job.Cancel();
        Assert.Equal([0, 1, 2], _job.Outcomes.Select(outcome => outcome.First));
        Assert.True(_job.Ledger.IsSettled);
    }

    [Fact]
    public void Merged_Failed_IsTheTasksFailure()
    {
        _job.Merges = false;
        Split(_sent.Batches[0], _a, 1, "one");
        Answer(_job.Dispatch(_a), "[one]");
        Assert.Empty(_job.Outcomes);

        _job.Handle(new LedgerEvent.Merged(0, default, new(FailureCause.Exception, "T", "cannot")));

        Assert.Equal("cannot", Assert.Single(_job.Outcomes).Failure!.Message);
    }

    private IReadOnlyList<JobInstruction> Split(TaskBatch task, WorkerLife life, long sequence, params string[] rest) => _job.Handle(new LedgerEvent.RepliesArrived(
        life, sequence, true, [new(task.First, task.Attempt, Second, "[done]"u8.ToArray(), null) { Rest = [.. rest.Select(piece => (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes(piece))] }], _job.Now));

    private void Answer(LedgerInstruction.Send send, string result) =>
        _job.Reply(send.Life, send.Sequence, complete: true, send.Batches.Select(task => new AttemptReply(task.First, task.Attempt, Second, Encoding.ASCII.GetBytes(result), null)));
}
