using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace ActorCompute.Engine.Conformance.Local;

public sealed class DeathWatchSpec : TestKit
{
    [Fact]
    public void Terminated_OfAWatchedActor_ArrivesExactlyOnce()
    {
        var actor = Sys.ActorOf<EchoActor>();
        Watch(actor);
        Watch(actor);

        actor.Tell(PoisonPill.Instance);

        var terminated = ExpectTerminated(actor);
        Assert.True(terminated.ExistenceConfirmed);
        Assert.False(terminated.AddressTerminated);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Watch_OfAStoppedActor_IsAnsweredAtOnce()
    {
        var actor = Sys.ActorOf<EchoActor>();
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);

        var late = CreateTestProbe();
        late.Watch(actor);

        late.ExpectTerminated(actor);
    }

    [Fact]
    public void Watch_OfAPathWhereNoActorEverWas_IsAnsweredWithoutConfirmation()
    {
        var nobody = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef("akka://test/user/nobody");

        Watch(nobody);

        Assert.False(ExpectTerminated(nobody).ExistenceConfirmed);
    }

    [Fact]
    public void Unwatch_BeforeTheStop_SilencesIt()
    {
        var actor = Sys.ActorOf<EchoActor>();
        var other = CreateTestProbe();
        Watch(actor);
        other.Watch(actor);
        Unwatch(actor);

        Sys.Stop(actor);

        other.ExpectTerminated(actor);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Unwatch_WithTerminatedInTheMailbox_DropsIt()
    {
        var gate = new ManualResetEventSlim();
        var child = Sys.ActorOf<EchoActor>();
        var other = CreateTestProbe();
        other.Watch(child);
        var watcher = Sys.ActorOf(Props.Create(() => new UnwatchesLater(child, gate, TestActor)));
        watcher.Tell("unwatch");
        ExpectMsg("blocked");

        // The watcher is in its handler while the child stops; Terminated queues up behind it.
        Sys.Stop(child);
        other.ExpectTerminated(child);
        gate.Set();
        watcher.Tell("ping");

        ExpectMsg("ping");
        Assert.False(HasMessages);
    }

    [Fact]
    public void WatchWith_AMessage_GetsItInsteadOfTerminated()
    {
        var actor = Sys.ActorOf<EchoActor>();
        var watcher = Sys.ActorOf(Props.Create(() => new WatchesWith(actor, "gone", TestActor)));
        watcher.Tell("ready?");
        ExpectMsg("ready?");

        Sys.Stop(actor);

        ExpectMsg("gone");
    }

    [Fact]
    public void WatchWith_AnotherMessageThanBefore_TheFirstHolds()
    {
        var actor = Sys.ActorOf<EchoActor>();
        var watcher = Sys.ActorOf(Props.Create(() => new WatchesTwice(actor, TestActor)));
        watcher.Tell("go");
        ExpectMsg("watching");

        Sys.Stop(actor);

        ExpectMsg("one");
        watcher.Tell("last");
        ExpectMsg("last");
    }

    [Fact]
    public void Terminated_LeftUnhandled_FailsTheWatcher()
    {
        var actor = Sys.ActorOf<EchoActor>();
        var watcher = Sys.ActorOf(Props.Create(() => new Careless(actor)));
        Watch(watcher);
        watcher.Tell("ready?");
        ExpectMsg("ready?");

        Sys.Stop(actor);

        // The default strategy stops after a DeathPactException.
        ExpectTerminated(watcher);
    }

    [Fact]
    public void Parent_ThatWatchesItsChild_HearsOnceAndHasItNoMore()
    {
        var parent = Sys.ActorOf(Props.Create(() => new WatchingParent(TestActor)));
        var child = ExpectMsg<IActorRef>();

        child.Tell(PoisonPill.Instance);

        ExpectMsg(("terminated", 0));
        parent.Tell("ping");
        ExpectMsg("ping");
    }

    [Fact]
    public void Watchers_InAnyNumber_AllHear()
    {
        var actor = Sys.ActorOf<EchoActor>();
        var probes = Enumerable.Range(0, 50).Select(_ => CreateTestProbe()).ToList();
        foreach (var probe in probes)
            probe.Watch(actor);

        Sys.Stop(actor);

        foreach (var probe in probes)
            probe.ExpectTerminated(actor);
    }

    [Fact]
    public void Terminated_Always_ComesAfterTheActorsLastMessages()
    {
        var actor = Sys.ActorOf(Props.Create(() => new SaysGoodbye(TestActor)));
        Watch(actor);

        Sys.Stop(actor);

        ExpectMsg("goodbye");
        ExpectTerminated(actor);
    }

    [Fact]
    public void WatchAgain_AfterUnwatch_HearsOnce()
    {
        var actor = Sys.ActorOf<EchoActor>();
        Watch(actor);
        Unwatch(actor);
        Watch(actor);

        Sys.Stop(actor);

        ExpectTerminated(actor);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    private sealed class UnwatchesLater : UntypedActor
    {
        private readonly IActorRef _subject;
        private readonly ManualResetEventSlim _gate;
        private readonly IActorRef _to;

        public UnwatchesLater(IActorRef subject, ManualResetEventSlim gate, IActorRef to)
        {
            _subject = subject;
            _gate = gate;
            _to = to;
            Context.Watch(subject);
        }

        protected override void OnReceive(object message)
        {
            if (message is "unwatch")
            {
                _to.Tell("blocked");
                _gate.Wait();
                Context.Unwatch(_subject);
            }
            else
            {
                _to.Tell(message);
            }
        }
    }

    private sealed class WatchesWith : UntypedActor
    {
        private readonly IActorRef _to;

        public WatchesWith(IActorRef subject, object message, IActorRef to)
        {
            _to = to;
            Context.WatchWith(subject, message);
        }

        protected override void OnReceive(object message) => _to.Tell(message);
    }

    private sealed class WatchesTwice : UntypedActor
    {
        private readonly IActorRef _subject;
        private readonly IActorRef _to;

        public WatchesTwice(IActorRef subject, IActorRef to)
        {
            _subject = subject;
            _to = to;
        }

        protected override void OnReceive(object message)
        {
            if (message is not "go")
            {
                _to.Tell(message);
                return;
            }
            Context.WatchWith(_subject, "one");
            Context.WatchWith(_subject, "two");
            _to.Tell("watching");
        }
    }

    private sealed class Careless : ReceiveActor
    {
        public Careless(IActorRef subject)
        {
            Context.Watch(subject);
            Receive<string>(text => Sender.Tell(text));
        }
    }

    private sealed class WatchingParent : ReceiveActor
    {
        public WatchingParent(IActorRef to)
        {
            to.Tell(Context.Watch(Context.ActorOf<EchoActor>("child")));
            Receive<Terminated>(_ => to.Tell(("terminated", Context.GetChildren().Count())));
            Receive<string>(text => to.Tell(text));
        }
    }

    private sealed class SaysGoodbye : UntypedActor
    {
        private readonly IActorRef _to;

        public SaysGoodbye(IActorRef to) => _to = to;

        protected override void PostStop() => _to.Tell("goodbye");

        protected override void OnReceive(object message)
        {
        }
    }
}
