using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;
using Akka.Routing;
using Akka.TestKit.Xunit2;

namespace ActorCompute.Engine.Conformance.Local;

/// <summary>Races under load; each of these takes seconds at most.</summary>
public sealed class StressSpec : TestKit
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task MillionMessages_FromManySendersToManyActors_AllArriveInOrder()
    {
        const int actors = 100, senders = 4, perSender = 2_500;
        var targets = Enumerable.Range(0, actors).Select(_ => Sys.ActorOf(Props.Create(() => new OrderChecker(senders * perSender, TestActor)))).ToList();

        await Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < perSender; i++)
            {
                foreach (var target in targets)
                    target.Tell((sender, i), ActorRefs.NoSender);
            }
        })));

        Assert.All(ReceiveN(actors, Limit), result => Assert.Equal("in order", result));
    }

    [Fact]
    public void StartWatchStop_ThousandsOfTimes_TerminatesEachExactlyOnceAndLeavesNoChildren()
    {
        const int count = 5_000;
        var parent = Sys.ActorOf(Props.Create(() => new Churning(count, TestActor)));

        parent.Tell("go");

        ExpectMsg((count, 0), Limit);
    }

    [Fact]
    public async Task WatchersRacingWithStops_Always_HearExactlyOnce()
    {
        const int rounds = 500;
        var watchers = Enumerable.Range(0, 4).Select(_ => CreateTestProbe()).ToList();

        for (var round = 0; round < rounds; round++)
        {
            var actor = Sys.ActorOf<EchoActor>();
            await Task.WhenAll(watchers.Select(watcher => Task.Run(() => watcher.Watch(actor)))
                .Append(Task.Run(() => actor.Tell(PoisonPill.Instance, ActorRefs.NoSender))));
        }

        foreach (var watcher in watchers)
        {
            var heard = watcher.ReceiveN(rounds, Limit).Cast<Terminated>().Select(terminated => terminated.ActorRef).ToList();
            Assert.Equal(rounds, heard.Distinct().Count());
        }
        foreach (var watcher in watchers)
            watcher.ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public async Task SendersRacingWithAStop_Always_HaveEveryMessageHandledOrDeadLettered()
    {
        const int senders = 4, perSender = 5_000;
        var letters = new Counter();
        var listener = Sys.ActorOf(Props.Create(() => new CountsDeadLetters(letters)));
        Sys.EventStream.Subscribe(listener, typeof(Akka.Event.DeadLetter));
        var handled = new Counter();

        for (var round = 0; round < 5; round++)
        {
            var actor = Sys.ActorOf(Props.Create(() => new Counting(handled)));
            await Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(() =>
            {
                for (var i = 0; i < perSender; i++)
                {
                    actor.Tell("count", ActorRefs.NoSender);
                    if (i == perSender / 2)
                        Sys.Stop(actor);
                }
            })));
        }

        AwaitAssert(() => Assert.Equal(5 * senders * perSender, handled.Value + letters.Value), Limit);
    }

    [Fact]
    public async Task Restarts_UnderLoad_LoseOnlyTheMessagesThatFailed()
    {
        const int count = 20_000;
        var handled = new Counter();
        var actor = Sys.ActorOf(Props.Create(() => new SometimesFailing(handled)));

        await Task.WhenAll(Enumerable.Range(0, 2).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < count / 2; i++)
                actor.Tell(i % 1000 == 999 ? "fail" : "count", ActorRefs.NoSender);
        })));

        AwaitAssert(() => Assert.Equal(count - (count / 1000), handled.Value), Limit);
    }

    [Fact]
    public async Task Asks_InLargeNumbers_AreAnsweredAndLeaveNoDeadLetters()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Akka.Event.DeadLetter));
        var router = Sys.ActorOf(Props.Create<EchoActor>().WithRouter(new RoundRobinPool(4)));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 2_000; i++)
                Assert.Equal(i, await router.Ask<int>(i, Limit));
        })));

        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void TreesOfActors_StoppedFromTheTop_StopToTheLast()
    {
        var stopped = new Counter();
        var top = Sys.ActorOf(Props.Create(() => new Branch(5, stopped, TestActor)));
        // 1 + 5 + 25 + ... five levels below the top, four children each.
        ReceiveN(1 + 4 + 16 + 64 + 256 + 1024, Limit);
        Watch(top);

        Sys.Stop(top);

        ExpectTerminated(top, Limit);
        Assert.Equal(1365, stopped.Value);
    }

    private sealed class Counter
    {
        private int _value;

        public int Value => Volatile.Read(ref _value);

        public void Increment() => Interlocked.Increment(ref _value);
    }

    private sealed class OrderChecker : ReceiveActor
    {
        private readonly Dictionary<int, int> _next = [];
        private int _left;

        public OrderChecker(int expected, IActorRef to)
        {
            _left = expected;
            var result = "in order";
            Receive<(int Sender, int Number)>(message =>
            {
                if (_next.GetValueOrDefault(message.Sender) != message.Number)
                    result = $"sender {message.Sender}: {message.Number} instead of {_next.GetValueOrDefault(message.Sender)}";
                _next[message.Sender] = message.Number + 1;
                if (--_left == 0)
                    to.Tell(result);
            });
        }
    }

    private sealed class Churning : ReceiveActor
    {
        private int _terminated;

        public Churning(int count, IActorRef to)
        {
            Receive<string>(_ =>
            {
                for (var i = 0; i < count; i++)
                {
                    var child = Context.Watch(Context.ActorOf<EchoActor>());
                    if (i % 3 == 0)
                        Context.Stop(child);
                    else if (i % 3 == 1)
                        child.Tell(PoisonPill.Instance);
                    else
                        child.Tell(Kill.Instance);
                }
            });
            Receive<Terminated>(_ =>
            {
                if (++_terminated == count)
                    to.Tell((_terminated, Context.GetChildren().Count()));
            });
        }
    }

    private sealed class CountsDeadLetters : ReceiveActor
    {
        public CountsDeadLetters(Counter letters) =>
            Receive<Akka.Event.DeadLetter>(letter => letter.Message is "count", _ => letters.Increment());
    }

    private sealed class Counting : UntypedActor
    {
        private readonly Counter _counter;

        public Counting(Counter counter) => _counter = counter;

        protected override void OnReceive(object message) => _counter.Increment();
    }

    private sealed class SometimesFailing : ReceiveActor
    {
        public SometimesFailing(Counter handled)
        {
            Receive<string>(text => text == "fail", _ => throw new SpecException("now and then"));
            Receive<string>(_ => handled.Increment());
        }
    }

    private sealed class Branch : UntypedActor
    {
        private readonly int _depth;
        private readonly Counter _stopped;
        private readonly IActorRef _to;

        public Branch(int depth, Counter stopped, IActorRef to)
        {
            _depth = depth;
            _stopped = stopped;
            _to = to;
        }

        protected override void PreStart()
        {
            _to.Tell("started");
            for (var i = 0; i < 4 && _depth > 0; i++)
                Context.ActorOf(Props.Create(() => new Branch(_depth - 1, _stopped, _to)));
        }

        protected override void PostStop() => _stopped.Increment();

        protected override void OnReceive(object message)
        {
        }
    }
}
