using ActorCompute.Messages;
using ActorCompute.Worker.Compute;
using ActorCompute.Worker.Node;
using Akka.Actor;
using Microsoft.Extensions.Time.Testing;

namespace ActorCompute.Worker.Tests.Compute;

/// <summary>Time-outs and grace, by a clock that the test turns.</summary>
public sealed class ChunkRunWatchTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Watch_WithinTheLimit_TellsNobody()
    {
        var run = NewRun(Second, Second);
        run.TryBegin(new() { First = 7, Count = 1 }, out var token);
        _time.Advance(Second);
        Assert.Null(run.Watch());
        Assert.False(token.IsCancellationRequested);
        Assert.Equal((7L, Second), run.Running);
    }

    [Fact]
    public void Watch_BeyondTheLimit_SetsTheTokenAndTheEndIsATimeOut()
    {
        var run = NewRun(Second, Second);
        run.TryBegin(new() { First = 7, Count = 1 }, out var token);
        _time.Advance(Second + TimeSpan.FromTicks(1));

        Assert.Null(run.Watch());

        Assert.True(token.IsCancellationRequested);
        Assert.Equal(TaskEnd.TimedOut, run.End());
        Assert.Null(run.Running);
        Assert.True(run.TryBegin(new() { First = 8, Count = 1 }, out var next));
        Assert.False(next.IsCancellationRequested);
        Assert.Null(run.Watch());
        Assert.Equal(TaskEnd.Wanted, run.End());
    }

    [Fact]
    public void Watch_ToldToStopAndGraceOver_IsStuck()
    {
        var run = NewRun(Second, 2 * Second);
        run.TryBegin(new() { First = 7, Count = 1 }, out _);
        _time.Advance(1.5 * Second);
        run.Watch();
        _time.Advance(2 * Second);
        Assert.Null(run.Watch());
        _time.Advance(TimeSpan.FromTicks(1));

        var stuck = run.Watch();

        Assert.Equal((7L, true), (stuck!.Number, stuck.HasTimedOut));
        Assert.Equal((3.5 * Second) + TimeSpan.FromTicks(1), stuck.Elapsed);
    }

    [Fact]
    public void Watch_CancelledTaskThatGoesOn_IsStuckButHasNotTimedOut()
    {
        var run = NewRun(null, Second);
        run.TryBegin(new() { First = 7, Count = 1 }, out var token);
        run.Cancel(7);
        Assert.True(token.IsCancellationRequested);
        Assert.Null(run.Watch());
        _time.Advance(Second + TimeSpan.FromTicks(1));
        Assert.Equal((7L, false), (run.Watch()!.Number, run.Watch()!.HasTimedOut));
    }

    [Fact]
    public void Watch_JobClosedAndTheTaskGoesOn_IsStuckAfterTheGrace()
    {
        var run = NewRun(null, Second);
        run.TryBegin(new() { First = 7, Count = 1 }, out _);
        run.Job.Close();
        Assert.Null(run.Watch());
        _time.Advance(Second + TimeSpan.FromTicks(1));
        Assert.NotNull(run.Watch());
        Assert.Equal(TaskEnd.Unwanted, run.End());
        Assert.Null(run.Watch());
    }

    [Fact]
    public void Watch_BetweenTasks_FindsNothing()
    {
        var run = NewRun(Second, Second);
        run.TryBegin(new() { First = 7, Count = 1 }, out _);
        run.End();
        _time.Advance(100 * Second);
        Assert.Null(run.Watch());
    }

    private ChunkRun NewRun(TimeSpan? timeout, TimeSpan grace)
    {
        var job = TestJobs.Open(time: _time, timeout: timeout, grace: grace);
        job.Received(new Chunk { Sequence = 1, Batches = { new Batch { First = 7, Count = 1 }, new Batch { First = 8, Count = 1 } } });
        return job.Start(1);
    }
}
