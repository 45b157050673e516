using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace ActorCompute.Engine.Conformance.Local;

public sealed class SchedulerSpec : TestKit
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void ScheduleTellOnce_Always_TellsOnceAndNotEarly()
    {
        var start = Sys.Scheduler.MonotonicClock;

        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(100), TestActor, "tick", TestActor);

        ExpectMsg("tick");
        Assert.True(Sys.Scheduler.MonotonicClock - start >= TimeSpan.FromMilliseconds(90));
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void ScheduleTellRepeatedly_UntilCancelled_TellsAgainAndAgain()
    {
        var cancelable = new Cancelable(Sys.Scheduler);

        Sys.Scheduler.ScheduleTellRepeatedly(TimeSpan.Zero, Short, TestActor, "tick", TestActor, cancelable);
        ReceiveN(4);
        cancelable.Cancel();
        PassOver();

        ExpectNoMsg(TimeSpan.FromMilliseconds(60));
    }

    [Fact]
    public void ScheduleTellOnceCancelable_Cancelled_TellsNothing()
    {
        var cancelable = Sys.Scheduler.ScheduleTellOnceCancelable(TimeSpan.FromMilliseconds(60), TestActor, "tick", TestActor);

        cancelable.Cancel();

        Assert.True(cancelable.IsCancellationRequested);
        ExpectNoMsg(TimeSpan.FromMilliseconds(120));
    }

    [Fact]
    public void ScheduleTellOnce_WithACancelledCancelable_TellsNothing()
    {
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.Zero, TestActor, "tick", TestActor, Cancelable.CreateCanceled());

        ExpectNoMsg(TimeSpan.FromMilliseconds(60));
    }

    [Fact]
    public void ScheduleOnce_OfActions_RunsThemInTheOrderTheyAreDue()
    {
        Sys.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromMilliseconds(90), () => TestActor.Tell(3));
        Sys.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromMilliseconds(10), () => TestActor.Tell(1));
        Sys.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromMilliseconds(50), () => TestActor.Tell(2));

        Assert.Equal([1, 2, 3], ReceiveN(3).Cast<int>());
    }

    [Fact]
    public void ScheduleOnce_OfAnActionThatThrows_DoesNotEndTheScheduler()
    {
        Sys.Scheduler.Advanced.ScheduleOnce(TimeSpan.Zero, () => throw new InvalidOperationException("of the spec"));
        Sys.Scheduler.ScheduleTellOnce(Short, TestActor, "still there", TestActor);

        ExpectMsg("still there");
    }

    [Fact]
    public void ScheduleRepeatedlyCancelable_OfAnAction_RunsUntilCancelled()
    {
        var cancelable = Sys.Scheduler.Advanced.ScheduleRepeatedlyCancelable(TimeSpan.Zero, Short, () => TestActor.Tell("tick"));

        ReceiveN(3);
        cancelable.Cancel();
        PassOver();

        ExpectNoMsg(TimeSpan.FromMilliseconds(60));
    }

    [Fact]
    public void CancelAfter_ADelay_Cancels()
    {
        var cancelable = new Cancelable(Sys.Scheduler);

        cancelable.CancelAfter(Short);

        AwaitCondition(() => cancelable.IsCancellationRequested);
        Assert.True(cancelable.Token.IsCancellationRequested);
    }

    [Fact]
    public void LinkedCancelable_OfOneThatIsCancelled_IsCancelled()
    {
        var first = new Cancelable(Sys.Scheduler);
        var second = new Cancelable(Sys.Scheduler);
        var linked = Cancelable.CreateLinkedCancelable(Sys.Scheduler, first, second);

        second.Cancel();

        Assert.True(linked.IsCancellationRequested);
        Assert.False(first.IsCancellationRequested);
    }

    [Fact]
    public void ManyTimers_AtATime_AllFire()
    {
        for (var i = 0; i < 5000; i++)
            Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(i % 100), TestActor, i, ActorRefs.NoSender);

        Assert.Equal(Enumerable.Range(0, 5000), ReceiveN(5000, TimeSpan.FromSeconds(10)).Cast<int>().Order());
    }

    /// <summary>Whatever was on its way when the scheduling was cancelled arrives before this mark.</summary>
    private void PassOver()
    {
        Sys.Scheduler.ScheduleTellOnce(Short, TestActor, "mark", ActorRefs.NoSender);
        FishForMessage(message => message is "mark");
    }
}
