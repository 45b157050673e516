using static ActorCompute.Chaos.History.HistoryEvent;

namespace ActorCompute.Chaos.History;

/// <summary>The checker of chaos finds what went wrong, whatever it was.</summary>
public sealed class HistoryCheckerTests
{
    private static readonly HistoryRemains Nothing = new(0, []);

    // Two tasks, 1 and 4; the first is interrupted by the death of process 10, called a, and runs again in 20.
    private static readonly List<HistoryEvent> Good =
    [
        new Drawn(At(1), 0), new Drawn(At(1), 1),
        new Started(At(2), 0, 1, 10), new Started(At(2), 1, 1, 20),
        new Finished(At(3), 1, 1, 20), new Reported(At(4), 1, 4),
        new Struck(At(5), "a", 10), new Lost(At(6), "a"),
        new Started(At(7), 0, 2, 20), new Finished(At(8), 0, 2, 20), new Reported(At(9), 0, 1),
    ];

    [Fact]
    public void Check_GoodHistory_HasNoViolationAndTellsTheTimes()
    {
        var findings = Check(Good);
        Assert.Empty(findings.Violations);
        Assert.Equal([TimeSpan.FromSeconds(1)], findings.Detected);
        Assert.Equal([TimeSpan.FromSeconds(4)], findings.Recovered);
        Assert.Equal((1, 0), (findings.StartedAgain, findings.RunTwice));
    }

    [Fact]
    public void Check_InAnyOrder_IsTheSame() => Assert.Empty(Check([.. Enumerable.Reverse(Good)]).Violations);

    [Fact]
    public void Check_TaskIsLost_IsNamed() => Finds("task 0 was reported 0 times", Good.Where(what => what is not Reported { Task: 0 }));

    [Fact]
    public void Check_NothingHappened_IsNoSuccess() => Finds("task 1 was reported 0 times", []);

    [Fact]
    public void Check_ReportedTwice_IsNamed() => Finds("task 1 was reported 2 times", [.. Good, new Reported(At(10), 1, 4)]);

    [Fact]
    public void Check_WrongValue_IsNamedAndSoIsTheSum()
    {
        var violations = Check([.. Good.Where(what => what is not Reported { Task: 1 }), new Reported(At(4), 1, 5)]).Violations;
        Assert.Contains(violations, text => text.Contains("task 1 had to give 4, and gave 5", StringComparison.Ordinal));
        Assert.Contains(violations, text => text.Contains("the sum is 6, not 5", StringComparison.Ordinal));
    }

    [Fact]
    public void Check_Failed_IsNamed() =>
        Finds("task 1 had to give 4, and failed as WorkerDied", [.. Good.Where(what => what is not Reported { Task: 1 }), new Reported(At(4), 1, 0, FailureCause.WorkerDied)]);

    [Fact]
    public void Check_HadToFail_DidNotOrForAnotherReason_IsNamed()
    {
        var expected = Expected with { Failures = new Dictionary<long, FailureCause> { [1] = FailureCause.TimedOut } };
        Assert.Contains(HistoryChecker.Check(Good, expected, Nothing).Violations, text => text.Contains("task 1 had to fail as TimedOut, and gave 4", StringComparison.Ordinal));
        Assert.Empty(HistoryChecker.Check([.. Good.Where(what => what is not Reported { Task: 1 }), new Reported(At(4), 1, 0, FailureCause.TimedOut)], expected, Nothing).Violations);
        Assert.NotEmpty(HistoryChecker.Check([.. Good.Where(what => what is not Reported { Task: 1 }), new Reported(At(4), 1, 0, FailureCause.Exception)], expected, Nothing).Violations);
    }

    [Fact]
    public void Check_ReportedThoughNobodyComputedIt_IsNamed() => Finds("task 0 was reported before any attempt had finished", Good.Where(what => what is not Finished { Task: 0 }));

    [Fact]
    public void Check_FinishedThoughNeverStarted_IsNamed() => Finds("never started there", Good.Where(what => what is not Started { Task: 1 }));

    [Fact]
    public void Check_DrawnTwice_IsNamed() => Finds("task 1 was drawn 2 times", [.. Good, new Drawn(At(2), 1)]);

    [Fact]
    public void Check_TaskOfNoPlan_IsNamed() => Finds("task 2 was started", [.. Good, new Started(At(2), 2, 1, 10)]);

    [Fact]
    public void Check_SameAttemptTwice_IsNamedUnlessTheClientWasAnother()
    {
        Finds("attempt 1 at task 1 started 2 times", [.. Good, new Started(At(7), 1, 1, 20)]);
        Assert.Empty(Check([.. Good, new ClientEnded(At(6.5)), new Started(At(7), 1, 1, 20)]).Violations);
    }

    [Fact]
    public void Check_WorkInVain_IsCountedAndNoViolation()
    {
        // The lost process had only stood still, and finishes late; the other task is begun again though it is reported.
        var findings = Check([.. Good, new Finished(At(10), 0, 1, 10), new Started(At(10), 1, 2, 10)]);
        Assert.Empty(findings.Violations);
        Assert.Equal((2, 2), (findings.StartedAgain, findings.RunTwice));
    }

    [Fact]
    public void Check_BlowThatHitNothing_HasNoRecovery()
    {
        var findings = Check([.. Good, new Struck(At(20), "b", 20), new Struck(At(21), "b", 30), new Lost(At(22), "b")]);
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)], findings.Detected);
        Assert.Single(findings.Recovered);
    }

    [Fact]
    public void Check_SomethingIsLeft_IsNamed()
    {
        Assert.Contains("3 slots are busy", Assert.Single(HistoryChecker.Check(Good, Expected, new(3, [])).Violations), StringComparison.Ordinal);
        Assert.Contains("processes 7, 8 are left", Assert.Single(HistoryChecker.Check(Good, Expected, new(0, [7, 8])).Violations), StringComparison.Ordinal);
    }

    private static HistoryExpectation Expected => HistoryExpectation.Squares(2);

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static HistoryFindings Check(IReadOnlyCollection<HistoryEvent> history) => HistoryChecker.Check(history, Expected, Nothing);

    private static void Finds(string what, IEnumerable<HistoryEvent> history) =>
        Assert.Contains(Check([.. history]).Violations, text => text.Contains(what, StringComparison.Ordinal));
}
