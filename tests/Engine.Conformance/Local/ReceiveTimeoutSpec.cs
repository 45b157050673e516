using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace ActorCompute.Engine.Conformance.Local;

public sealed class ReceiveTimeoutSpec : TestKit
{
    [Fact]
    public void Timeout_OfAnIdleActor_ComesAgainAndAgain()
    {
        Sys.ActorOf(Props.Create(() => new Idle(TestActor, TimeSpan.FromMilliseconds(20))));

        ExpectMsg<ReceiveTimeout>();
        ExpectMsg<ReceiveTimeout>();
        ExpectMsg<ReceiveTimeout>();
    }

    [Fact]
    public void Timeout_SwitchedOff_ComesNoMore()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Idle(TestActor, TimeSpan.FromMilliseconds(20))));
        ExpectMsg<ReceiveTimeout>();

        actor.Tell("off");

        FishForMessage(message => message is "off");
        ExpectNoMsg(TimeSpan.FromMilliseconds(60));
    }

    [Fact]
    public void Timeout_OfABusyActor_DoesNotCome()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Idle(TestActor, TimeSpan.FromSeconds(2))));
        var busy = new Cancelable(Sys.Scheduler);

        Sys.Scheduler.ScheduleTellRepeatedly(TimeSpan.Zero, TimeSpan.FromMilliseconds(100), actor, "work", ActorRefs.NoSender, busy);
        var messages = ReceiveN(25, TimeSpan.FromSeconds(20));
        busy.Cancel();

        Assert.DoesNotContain(messages, message => message is ReceiveTimeout);
        FishForMessage(message => message is ReceiveTimeout, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Timeout_WithMessagesThatDoNotCount_ComesAllTheSame()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Idle(TestActor, TimeSpan.FromMilliseconds(300))));
        var busy = new Cancelable(Sys.Scheduler);

        Sys.Scheduler.ScheduleTellRepeatedly(TimeSpan.Zero, TimeSpan.FromMilliseconds(30), actor, new Transparent(), ActorRefs.NoSender, busy);

        FishForMessage(message => message is ReceiveTimeout, TimeSpan.FromSeconds(20));
        busy.Cancel();
    }

    [Fact]
    public void Context_Always_TellsTheTimeout()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Idle(TestActor, TimeSpan.FromMinutes(1))));

        actor.Tell("which?");

        ExpectMsg(TimeSpan.FromMinutes(1));
    }

    private sealed record Transparent : INotInfluenceReceiveTimeout;

    private sealed class Idle : ReceiveActor
    {
        public Idle(IActorRef to, TimeSpan timeout)
        {
            Context.SetReceiveTimeout(timeout);
            Receive<string>(text => text == "off", text =>
            {
                Context.SetReceiveTimeout(null);
                to.Tell(text);
            });
            Receive<string>(text => text == "which?", _ => to.Tell(Context.ReceiveTimeout));
            ReceiveAny(message => to.Tell(message));
        }
    }
}
