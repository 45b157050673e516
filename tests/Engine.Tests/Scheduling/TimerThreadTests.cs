using System.Collections.Concurrent;
using Akka.Actor;

namespace ActorCompute.Engine.Tests.Scheduling;

public sealed class TimerThreadTests : IDisposable
{
    private readonly TimerThread _timers = new("timer-tests");

    public void Dispose() => _timers.Stop();

    [Fact]
    public void CancelledItems_InLargeNumbers_AreForgottenBeforeTheyAreDue()
    {
        for (var i = 0; i < 100_000; i++)
            _timers.Schedule(TimeSpan.FromHours(1), () => { }).Cancel();

        Assert.Equal(0, _timers.Count);
    }

    [Fact]
    public void Items_ScheduledInAnyOrder_RunByTheirDueTimes()
    {
        var order = new ConcurrentQueue<int>();
        var done = new CountdownEvent(3);

        foreach (var delay in new[] { 60, 20, 40 })
        {
            _timers.Schedule(TimeSpan.FromMilliseconds(delay), () =>
            {
                order.Enqueue(delay);
                done.Signal();
            });
        }

        Assert.True(done.Wait(TimeSpan.FromSeconds(10)));
        Assert.Equal([20, 40, 60], order);
    }

    [Fact]
    public void RepeatedItem_CancelledByItself_RunsNoMore()
    {
        var runs = 0;
        var started = new ManualResetEventSlim();
        var done = new ManualResetEventSlim();
        ScheduledItem item = null;
        item = _timers.ScheduleRepeatedly(TimeSpan.Zero, TimeSpan.FromMilliseconds(1), () =>
        {
            started.Wait();
            if (Interlocked.Increment(ref runs) == 3)
                item.Cancel();
        });
        started.Set();
        _timers.Schedule(TimeSpan.FromMilliseconds(100), done.Set);

        Assert.True(done.Wait(TimeSpan.FromSeconds(10)));
        Assert.Equal(3, runs);
    }

    [Fact]
    public void Stop_Always_DropsWhatIsLeft()
    {
        _timers.Schedule(TimeSpan.FromHours(1), () => { });

        _timers.Stop();
        _timers.Schedule(TimeSpan.Zero, () => throw new InvalidOperationException("too late"));

        Assert.Equal(0, _timers.Count);
    }
}
