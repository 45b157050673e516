using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace ActorCompute.Engine.Conformance.Local;

public sealed class SupervisionSpec : TestKit
{
    [Fact]
    public void Resume_AfterAFailure_KeepsTheState()
    {
        var child = Child(new OneForOneStrategy(_ => Directive.Resume));

        child.Tell("count");
        child.Tell(new SpecException("boom"));
        child.Tell("count");
        child.Tell("get");

        ExpectMsg(2);
    }

    [Fact]
    public void Restart_AfterAFailure_StartsAnew()
    {
        var child = Child(new OneForOneStrategy(_ => Directive.Restart));

        child.Tell("count");
        child.Tell(new SpecException("boom"));
        child.Tell("count");
        child.Tell("get");

        ExpectMsg(1);
    }

    [Fact]
    public void Stop_AfterAFailure_TerminatesTheChild()
    {
        var child = Child(SupervisorStrategy.StoppingStrategy);
        Watch(child);

        child.Tell(new SpecException("boom"));

        ExpectTerminated(child);
    }

    [Fact]
    public void Escalate_AfterAFailure_FailsTheParentWithTheSameCause()
    {
        var causes = CreateTestProbe();
        var grandparent = Parent(new OneForOneStrategy(cause =>
        {
            causes.Ref.Tell(cause);
            return Directive.Restart;
        }));
        var parent = Make(grandparent, Props.Create(() => new ParentActor(new OneForOneStrategy(_ => Directive.Escalate))));
        var child = Make(parent, Props.Create<Counter>());
        Watch(child);

        child.Tell(new SpecException("boom"));

        Assert.Equal("boom", causes.ExpectMsg<SpecException>().Message);
        // The parent's restart stops its children.
        ExpectTerminated(child);
    }

    [Fact]
    public void EscalatedAndResumed_Failure_LetsParentAndChildGoOn()
    {
        var grandparent = Parent(new OneForOneStrategy(_ => Directive.Resume));
        var parent = Make(grandparent, Props.Create(() => new ParentActor(new OneForOneStrategy(_ => Directive.Escalate))));
        var child = Make(parent, Props.Create<Counter>());
        var sibling = Make(parent, Props.Create<Counter>());

        child.Tell("count");
        child.Tell(new SpecException("boom"));
        child.Tell("count");
        child.Tell("get");
        ExpectMsg(2);

        sibling.Tell("get");
        ExpectMsg(0);
        parent.Tell("children");
        Assert.Equal(2, ExpectMsg<IActorRef[]>().Length);
    }

    [Fact]
    public void RestartLimit_Exceeded_StopsTheChild()
    {
        var child = Child(new OneForOneStrategy(2, TimeSpan.FromMinutes(1), _ => Directive.Restart));
        Watch(child);

        child.Tell(new SpecException("1"));
        child.Tell(new SpecException("2"));
        child.Tell("get");
        ExpectMsg(0);
        child.Tell(new SpecException("3"));

        ExpectTerminated(child);
    }

    [Fact]
    public void RestartLimit_OfZero_StopsAtTheFirstFailure()
    {
        var child = Child(new OneForOneStrategy(0, TimeSpan.FromMinutes(1), _ => Directive.Restart));
        Watch(child);

        child.Tell(new SpecException("1"));

        ExpectTerminated(child);
    }

    [Fact]
    public void AllForOne_Restart_RestartsTheSiblingsToo()
    {
        var parent = Parent(new AllForOneStrategy(_ => Directive.Restart));
        var first = Make(parent, Props.Create<Counter>());
        var second = Make(parent, Props.Create<Counter>());
        second.Tell("count");
        second.Tell("get");
        ExpectMsg(1);

        first.Tell(new SpecException("boom"));

        AwaitAssert(() =>
        {
            second.Tell("get");
            ExpectMsg(0);
        });
        first.Tell("get");
        ExpectMsg(0);
    }

    [Fact]
    public void AllForOne_Stop_StopsTheSiblingsToo()
    {
        var parent = Parent(new AllForOneStrategy(_ => Directive.Stop));
        var first = Make(parent, Props.Create<Counter>());
        var second = Make(parent, Props.Create<Counter>());
        var probe = CreateTestProbe();
        probe.Watch(second);

        first.Tell(new SpecException("boom"));

        probe.ExpectTerminated(second);
    }

    [Fact]
    public void OneForOne_Always_LeavesTheSiblingsAlone()
    {
        var parent = Parent(new OneForOneStrategy(_ => Directive.Restart));
        var first = Make(parent, Props.Create<Counter>());
        var second = Make(parent, Props.Create<Counter>());
        second.Tell("count");

        first.Tell(new SpecException("boom"));
        first.Tell("get");
        ExpectMsg(0);

        second.Tell("get");
        ExpectMsg(1);
    }

    [Fact]
    public void Decider_Always_SeesTheVeryException()
    {
        var seen = CreateTestProbe();
        var cause = new SpecException("this one");
        var child = Child(new OneForOneStrategy(exception =>
        {
            seen.Ref.Tell(exception);
            return Directive.Resume;
        }));

        child.Tell(cause);

        Assert.Same(cause, seen.ExpectMsg<SpecException>());
    }

    [Fact]
    public void FailedActor_UntilJudged_HandlesNothing()
    {
        var gate = new ManualResetEventSlim();
        var judged = CreateTestProbe();
        var child = Child(new OneForOneStrategy(_ =>
        {
            gate.Wait();
            judged.Ref.Tell("judged");
            return Directive.Resume;
        }));

        child.Tell(new SpecException("boom"));
        child.Tell("get");
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        gate.Set();

        judged.ExpectMsg("judged");
        ExpectMsg(0);
    }

    [Fact]
    public void PropsStrategy_Given_WinsOverTheActors()
    {
        var parent = Sys.ActorOf(Props.Create(() => new ParentActor(SupervisorStrategy.StoppingStrategy))
            .WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Resume)));
        var child = Make(parent, Props.Create<Counter>());

        child.Tell("count");
        child.Tell(new SpecException("boom"));
        child.Tell("get");

        ExpectMsg(1);
    }

    [Fact]
    public void Restart_ByDefault_StopsTheChildrenFirst()
    {
        var grandparent = Parent(new OneForOneStrategy(_ => Directive.Restart));
        var parent = Make(grandparent, Props.Create(() => new ParentActor(SupervisorStrategy.DefaultStrategy)));
        var child = Make(parent, Props.Create<Counter>(), "kid");
        Watch(child);

        parent.Tell(new SpecException("boom"));
        parent.Tell(new ParentActor.Make(Props.Create<Counter>(), "kid"));

        // The name is free again by the time the new instance handles messages.
        var messages = ReceiveN(2);
        Assert.Single(messages.OfType<Terminated>());
        Assert.NotEqual(child, Assert.Single(messages.OfType<IActorRef>()));
    }

    [Fact]
    public void Restart_ThatKeepsItsChildren_RestartsThem()
    {
        var grandparent = Parent(new OneForOneStrategy(_ => Directive.Restart));
        var parent = Make(grandparent, Props.Create(() => new KeepingParent()));
        parent.Tell("child");
        var child = ExpectMsg<IActorRef>();
        child.Tell("count");
        child.Tell("get");
        ExpectMsg(1);

        parent.Tell(new SpecException("boom"));

        AwaitAssert(() =>
        {
            child.Tell("get");
            ExpectMsg(0);
        });
    }

    [Fact]
    public void PostRestart_ThatThrows_IsJudgedAgain()
    {
        var seen = CreateTestProbe();
        var child = Make(Parent(new OneForOneStrategy(cause =>
        {
            seen.Ref.Tell(cause.GetType().Name);
            return cause is SpecException ? Directive.Restart : Directive.Stop;
        })), Props.Create(() => new FailsAfterRestart()));
        Watch(child);

        child.Tell(new SpecException("boom"));

        seen.ExpectMsg(nameof(SpecException));
        seen.ExpectMsg<string>(name => Assert.EndsWith("Exception", name));
        ExpectTerminated(child);
    }

    [Fact]
    public void UserGuardian_WithTheStoppingStrategy_StopsWhatFails()
    {
        var system = ActorSystem.Create("stopping", "akka.actor.guardian-supervisor-strategy = \"Akka.Actor.StoppingSupervisorStrategy\"");
        try
        {
            var probe = CreateTestProbe(system);
            var actor = system.ActorOf<Counter>();
            probe.Watch(actor);

            actor.Tell(new SpecException("boom"));

            probe.ExpectTerminated(actor);
        }
        finally
        {
            Shutdown(system);
        }
    }

    private IActorRef Parent(SupervisorStrategy strategy) => Sys.ActorOf(Props.Create(() => new ParentActor(strategy)));

    private IActorRef Child(SupervisorStrategy strategy) => Make(Parent(strategy), Props.Create<Counter>());

    private IActorRef Make(IActorRef parent, Props props, string name = null)
    {
        parent.Tell(new ParentActor.Make(props, name));
        return ExpectMsg<IActorRef>();
    }

    private sealed class Counter : ReceiveActor
    {
        private int _count;

        public Counter()
        {
            Receive<Exception>(exception => throw exception);
            Receive<string>(text => text == "count", _ => _count++);
            Receive<string>(_ => Sender.Tell(_count));
        }
    }

    private sealed class KeepingParent : ReceiveActor
    {
        public KeepingParent()
        {
            Receive<Exception>(exception => throw exception);
            Receive<string>(_ => Sender.Tell(Context.ActorOf(Props.Create<Counter>())));
        }

        protected override void PreRestart(Exception reason, object message) => PostStop();
    }

    private sealed class FailsAfterRestart : ReceiveActor
    {
        public FailsAfterRestart() => Receive<Exception>(exception => throw exception);

        protected override void PostRestart(Exception reason) => throw new InvalidOperationException("after restart");
    }
}
