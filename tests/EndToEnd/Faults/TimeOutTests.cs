using System.Diagnostics;

namespace ActorCompute.EndToEnd.Faults;

/// <summary>Tasks and jobs that take too long.</summary>
[Collection(Lane.Faults)]
public sealed class TimeOutTests
{
    [Fact]
    public async Task Timeout_EndlessLoop_FreesItsSlotAndTheOthersFinish()
    {
        var startedAt = Stopwatch.GetTimestamp();
        var result = await CommandLineProgram.RunAsync("run", "count", "--item", "1000000000000000", "--range", "1..50", "--timeout", "1s", "--grace", "1s", "--workers", "1");

        result.AssertExit(1).AssertSays("error: 1000000000000000: it ran for", "the limit is 1 s", "replaced");
        Assert.Equal(Enumerable.Range(1, 50).Select(number => $"{number}\t{number}").Order(StringComparer.Ordinal), result.Output.Skip(1).Order(StringComparer.Ordinal));
        Assert.True(Stopwatch.GetElapsedTime(startedAt) < RunningProgram.Limit);
    }

    [Fact]
    public async Task Timeout_TaskThatHeedsItsToken_EndsWithoutAReplacement()
    {
        var result = await CommandLineProgram.RunAsync("run", "sleep", "--item", "3600", "--item", "0.01", "--timeout", "500ms", "--workers", "1");
        result.AssertExit(1).AssertSays("error: 3600: it ran for", "the limit is 0.5 s");
        Assert.DoesNotContain(result.Error, line => line.Contains("replaced", StringComparison.Ordinal));
        Assert.Equal(["input\tresult", "0.01\t0.01"], result.Output);
    }

    [Fact]
    public async Task Deadline_Passes_WhatIsDoneIsShownAndTheRestNamed()
    {
        var result = await CommandLineProgram.RunAsync("run", "sleep", "--item", "0.01", "--item", "3600", "--deadline", "3s", "--workers", "1");
        result.AssertExit(1).AssertSays("error: the deadline of 3 s passed", "1 inputs or more were not done");
        Assert.Equal(["input\tresult", "0.01\t0.01"], result.Output);
    }

    [Fact]
    public async Task FailFast_OneFails_TheRestIsCancelled()
    {
        var result = await CommandLineProgram.RunAsync("run", "sleep", "--item", "-1", "--item", "3600", "--fail-fast", "--workers", "1");
        result.AssertExit(1).AssertSays("error: a task failed", "1 inputs or more were not done");
    }
}
