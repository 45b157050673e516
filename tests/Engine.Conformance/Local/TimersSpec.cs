using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace ActorCompute.Engine.Conformance.Local;

public sealed class TimersSpec : TestKit
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(5);

    [Fact]
    public void SingleTimer_Due_FiresOnceAndIsGone()
    {
        var actor = Timed();

        actor.Tell((Action<ITimerScheduler>)(timers => timers.StartSingleTimer("key", "tick", Short)));

        ExpectMsg("tick");
        actor.Tell("active?");
        ExpectMsg(false);
        ExpectNoMsg(TimeSpan.FromMilliseconds(60));
    }

    [Fact]
    public void PeriodicTimer_UntilCancelled_FiresAgainAndAgain()
    {
        var actor = Timed();

        actor.Tell((Action<ITimerScheduler>)(timers => timers.StartPeriodicTimer("key", "tick", Short)));
        ExpectMsg("tick");
        ExpectMsg("tick");
        ExpectMsg("tick");
        actor.Tell((Action<ITimerScheduler>)(timers => timers.Cancel("key")));
        actor.Tell("active?");

        Assert.Equal(false, FishForMessage<object>(message => message is bool));
        ExpectNoMsg(TimeSpan.FromMilliseconds(60));
    }

    [Fact]
    public void PeriodicTimer_WithInitialDelay_FiresFirstAfterIt()
    {
        var actor = Timed();

        actor.Tell((Action<ITimerScheduler>)(timers => timers.StartPeriodicTimer("key", "tick", TimeSpan.Zero, Never)));

        ExpectMsg("tick");
        actor.Tell("active?");
        ExpectMsg(true);
    }

    [Fact]
    public void Timer_StartedAgainWithItsKey_ReplacesTheOld()
    {
        var actor = Timed();

        actor.Tell((Action<ITimerScheduler>)(timers =>
        {
            timers.StartSingleTimer("key", "old", TimeSpan.FromMilliseconds(1));
            timers.StartSingleTimer("key", "new", Short);
        }));

        ExpectMsg("new");
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Timer_CancelledWithItsMessageInTheMailbox_IsNotDelivered()
    {
        var actor = Timed();
        var fired = new ManualResetEventSlim();

        actor.Tell((Action<ITimerScheduler>)(timers =>
        {
            timers.StartSingleTimer("key", "stale", TimeSpan.Zero);
            // Long enough for the timer's message to be enqueued behind this handler.
            Sys.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromMilliseconds(50), fired.Set);
            fired.Wait();
            timers.Cancel("key");
        }));
        actor.Tell("active?");

        ExpectMsg(false);
        ExpectNoMsg(TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public void Timers_OfAnInstanceThatFailed_EndWithIt()
    {
        var actor = Timed();

        actor.Tell((Action<ITimerScheduler>)(timers => timers.StartPeriodicTimer("key", "tick", Short)));
        ExpectMsg("tick");
        actor.Tell(new SpecException("boom"));
        actor.Tell("active?");

        Assert.Equal(false, FishForMessage<object>(message => message is bool));
        ExpectNoMsg(TimeSpan.FromMilliseconds(60));
    }

    [Fact]
    public void Timers_Several_AreToldApartByTheirKeys()
    {
        var actor = Timed();

        actor.Tell((Action<ITimerScheduler>)(timers =>
        {
            timers.StartSingleTimer(1, "one", Short);
            timers.StartSingleTimer(2, "two", Never);
            timers.StartSingleTimer(3, "three", Short);
            timers.Cancel(2);
        }));

        ExpectMsgAllOf("one", "three");
        actor.Tell((Action<ITimerScheduler>)(timers => timers.StartSingleTimer(4, "four", Never)));
        actor.Tell((Action<ITimerScheduler>)(timers =>
        {
            TestActor.Tell(timers.ActiveTimers.Count);
            timers.CancelAll();
            TestActor.Tell(timers.ActiveTimers.Count);
        }));
        ExpectMsg(1);
        ExpectMsg(0);
    }

    [Fact]
    public void Timer_WithASender_DeliversInItsName()
    {
        var probe = CreateTestProbe();
        var actor = Timed();

        actor.Tell((Action<ITimerScheduler>)(timers => timers.StartSingleTimer("key", "reply", Short, probe.Ref)));

        probe.ExpectMsg("replied");
    }

    private IActorRef Timed() => Sys.ActorOf(Props.Create(() => new TimedActor(TestActor)));

    private sealed class TimedActor : ReceiveActor, IWithTimers
    {
        public TimedActor(IActorRef to)
        {
            Receive<Action<ITimerScheduler>>(action => action(Timers));
            Receive<Exception>(exception => throw exception);
            Receive<string>(text => text == "active?", _ => to.Tell(Timers.IsTimerActive("key")));
            Receive<string>(text => text == "reply", _ => Sender.Tell("replied"));
            Receive<string>(text => to.Tell(text));
        }

        public ITimerScheduler Timers { get; set; }
    }
}
