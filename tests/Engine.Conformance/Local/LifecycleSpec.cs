using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Xunit2;

namespace ActorCompute.Engine.Conformance.Local;

public sealed class LifecycleSpec : TestKit
{
    [Fact]
    public void StartAndStop_Always_CallTheHooksInOrder()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Recorder(TestActor)));
        Watch(actor);

        ExpectMsg("constructor");
        ExpectMsg("PreStart");
        Sys.Stop(actor);
        ExpectMsg("PostStop");
        ExpectTerminated(actor);
    }

    [Fact]
    public void Restart_AfterAFailure_CallsTheHooksOfBothInstancesInOrder()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Recorder(TestActor)));
        ExpectMsg("constructor");
        ExpectMsg("PreStart");

        actor.Tell(new SpecException("boom"));

        ExpectMsg("PreRestart boom, message SpecException");
        ExpectMsg("PostStop");
        ExpectMsg("constructor");
        ExpectMsg("PostRestart boom");
        ExpectMsg("PreStart");
    }

    [Fact]
    public void Restart_WithMessagesWaiting_KeepsThemAndDropsTheOneThatFailed()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Counter()));

        actor.Tell("count");
        actor.Tell(new SpecException("boom"));
        actor.Tell("count");
        actor.Tell("get");

        ExpectMsg(1);
        Assert.False(HasMessages);
    }

    [Fact]
    public void Restart_Always_KeepsTheReference()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Counter()), "same");

        actor.Tell("self");
        var before = ExpectMsg<IActorRef>();
        actor.Tell(new SpecException("boom"));
        actor.Tell("self");

        Assert.Equal(before, ExpectMsg<IActorRef>());
        Assert.Equal(actor.Path.Uid, before.Path.Uid);
    }

    [Fact]
    public void PoisonPill_BehindMessages_StopsAfterThem()
    {
        var actor = Sys.ActorOf<EchoActor>();
        Watch(actor);

        actor.Tell(1);
        actor.Tell(2);
        actor.Tell(PoisonPill.Instance);

        ExpectMsg(1);
        ExpectMsg(2);
        ExpectTerminated(actor);
    }

    [Fact]
    public void Kill_WithTheDefaultStrategy_Stops()
    {
        var actor = Sys.ActorOf<EchoActor>();
        Watch(actor);

        actor.Tell(Kill.Instance);

        ExpectTerminated(actor);
    }

    [Fact]
    public async Task Stop_WithMessagesWaiting_MakesThemDeadLetters()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var gate = new ManualResetEventSlim();
        var actor = Sys.ActorOf(Props.Create(() => new Blocking(gate)));
        Watch(actor);

        actor.Tell("block");
        ExpectMsg("blocked");
        actor.Tell("first");
        actor.Tell("second");
        Sys.Stop(actor);
        await Sys.GuardianHasActed();
        gate.Set();

        var received = ReceiveN(3);
        Assert.Equal(["first", "second"], received.OfType<DeadLetter>().Select(dead => dead.Message));
        Assert.All(received.OfType<DeadLetter>(), dead => Assert.Equal(actor, dead.Recipient));
        Assert.Single(received.OfType<Terminated>());
    }

    [Fact]
    public void Stop_WithChildren_StopsThemFirst()
    {
        var parent = Sys.ActorOf(Props.Create(() => new RecordingParent(TestActor)));
        ExpectMsg("child constructor");
        ExpectMsg("child PreStart");

        Sys.Stop(parent);

        ExpectMsg("child PostStop");
        ExpectMsg("parent PostStop");
    }

    [Fact]
    public void Constructor_ThatThrows_StopsTheActor()
    {
        var parent = Sys.ActorOf(Props.Create(() => new ParentActor(SupervisorStrategy.DefaultStrategy)));

        parent.Tell(new ParentActor.Make(Props.Create(() => new Broken("constructor"))));
        var child = ExpectMsg<IActorRef>();

        Watch(child);
        ExpectTerminated(child);
    }

    [Fact]
    public void PreStart_ThatThrows_IsAnInitializationFailure()
    {
        var probe = CreateTestProbe();
        var strategy = new OneForOneStrategy(cause =>
        {
            probe.Ref.Tell(cause);
            return Directive.Stop;
        });
        var parent = Sys.ActorOf(Props.Create(() => new ParentActor(strategy)));

        parent.Tell(new ParentActor.Make(Props.Create(() => new Broken("PreStart"))));
        var child = ExpectMsg<IActorRef>();

        var failure = probe.ExpectMsg<ActorInitializationException>();
        Assert.Equal("PreStart", failure.InnerException?.Message);
        Watch(child);
        ExpectTerminated(child);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("$internal")]
    [InlineData("with space")]
    [InlineData("hash#1")]
    public void ActorOf_WithANameNoActorCanHave_Throws(string name) =>
        Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf<EchoActor>(name));

    [Fact]
    public void ActorOf_WithANameInUse_Throws()
    {
        Sys.ActorOf<EchoActor>("taken");

        Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf<EchoActor>("taken"));
    }

    [Fact]
    public void ActorOf_WithTheNameOfAStoppedActor_MakesANewIncarnation()
    {
        var first = Sys.ActorOf<EchoActor>("again");
        Watch(first);
        Sys.Stop(first);
        ExpectTerminated(first);

        IActorRef second = null;
        AwaitAssert(() => second = Sys.ActorOf<EchoActor>("again"));

        Assert.Equal(first.Path, second.Path);
        Assert.NotEqual(first, second);
        second.Tell("alive");
        ExpectMsg("alive");
    }

    [Fact]
    public void ActorOf_WithoutAName_GivesEachItsOwn()
    {
        var names = Enumerable.Range(0, 200).Select(_ => Sys.ActorOf<EchoActor>().Path.Name).ToList();

        Assert.Equal(200, names.Distinct().Count());
        Assert.All(names, name => Assert.StartsWith("$", name));
    }

    [Fact]
    public void Children_OfAnActor_CanBeFoundByName()
    {
        var parent = Sys.ActorOf(Props.Create(() => new ParentActor(SupervisorStrategy.DefaultStrategy)));
        parent.Tell(new ParentActor.Make(Props.Create<EchoActor>(), "one"));
        var one = ExpectMsg<IActorRef>();
        parent.Tell(new ParentActor.Make(Props.Create<EchoActor>(), "two"));
        var two = ExpectMsg<IActorRef>();

        parent.Tell("children");

        Assert.Equivalent(new[] { one, two }, ExpectMsg<IActorRef[]>());
        Assert.Equal(parent.Path / "one", one.Path);
    }

    private sealed class Recorder : UntypedActor
    {
        private readonly IActorRef _to;

        public Recorder(IActorRef to)
        {
            _to = to;
            _to.Tell("constructor");
        }

        protected override void OnReceive(object message)
        {
            if (message is Exception exception)
                throw exception;
        }

        protected override void PreStart() => _to.Tell("PreStart");

        protected override void PostStop() => _to.Tell("PostStop");

        protected override void PreRestart(Exception reason, object message)
        {
            _to.Tell($"PreRestart {reason.Message}, message {message.GetType().Name}");
            base.PreRestart(reason, message);
        }

        protected override void PostRestart(Exception reason)
        {
            _to.Tell($"PostRestart {reason.Message}");
            base.PostRestart(reason);
        }
    }

    private sealed class Counter : ReceiveActor
    {
        private int _count;

        public Counter()
        {
            Receive<Exception>(exception => throw exception);
            Receive<string>(text => text == "count", _ => _count++);
            Receive<string>(text => text == "get", _ => Sender.Tell(_count));
            Receive<string>(_ => Sender.Tell(Self));
        }
    }

    private sealed class Blocking : UntypedActor
    {
        private readonly ManualResetEventSlim _gate;

        public Blocking(ManualResetEventSlim gate) => _gate = gate;

        protected override void OnReceive(object message)
        {
            Sender.Tell("blocked");
            _gate.Wait();
        }
    }

    private sealed class RecordingParent : UntypedActor
    {
        private readonly IActorRef _to;

        public RecordingParent(IActorRef to) => _to = to;

        protected override void PreStart() => Context.ActorOf(Props.Create(() => new Child(_to)));

        protected override void PostStop() => _to.Tell("parent PostStop");

        protected override void OnReceive(object message)
        {
        }

        private sealed class Child : UntypedActor
        {
            private readonly IActorRef _to;

            public Child(IActorRef to)
            {
                _to = to;
                _to.Tell("child constructor");
            }

            protected override void PreStart() => _to.Tell("child PreStart");

            protected override void PostStop() => _to.Tell("child PostStop");

            protected override void OnReceive(object message)
            {
            }
        }
    }

    private sealed class Broken : UntypedActor
    {
        private readonly string _where;

        public Broken(string where)
        {
            _where = where;
            if (where == "constructor")
                throw new SpecException(where);
        }

        protected override void PreStart()
        {
            if (_where == "PreStart")
                throw new SpecException(_where);
        }

        protected override void OnReceive(object message)
        {
        }
    }
}
