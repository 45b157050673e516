using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.TestKit.Xunit2;

namespace ActorCompute.Engine.Conformance.Local;

public sealed class DispatcherSpec : TestKit
{
    private const string Dispatchers = """
        pinned { type = PinnedDispatcher }
        fork-join { type = ForkJoinDispatcher, throughput = 1, dedicated-thread-pool { thread-count = 2 } }
        slow-turns { type = Dispatcher, throughput = 7 }
        """;

    public DispatcherSpec()
        : base(Dispatchers)
    {
    }

    [Fact]
    public void PinnedDispatcher_Always_GivesAnActorAThreadOfItsOwn()
    {
        var first = Sys.ActorOf(Props.Create<ThreadActor>().WithDispatcher("pinned"));
        var second = Sys.ActorOf(Props.Create<ThreadActor>().WithDispatcher("pinned"));

        var firstThreads = Threads(first, 20);
        var secondThreads = Threads(second, 20);

        Assert.Single(firstThreads);
        Assert.Single(secondThreads);
        Assert.NotEqual(firstThreads.Single(), secondThreads.Single());
        Assert.DoesNotContain(firstThreads.Concat(secondThreads), thread => thread.Pool);
    }

    [Fact]
    public void PinnedDispatcher_OfAStoppedActor_EndsItsThread()
    {
        var actor = Sys.ActorOf(Props.Create<ThreadActor>().WithDispatcher("pinned"));
        actor.Tell("thread");
        var thread = ExpectMsg<Thread>();
        Watch(actor);

        Sys.Stop(actor);

        ExpectTerminated(actor);
        AwaitCondition(() => !thread.IsAlive);
    }

    [Fact]
    public void ForkJoinDispatcher_Always_HasItsOwnFewThreads()
    {
        var actors = Enumerable.Range(0, 8).Select(_ => Sys.ActorOf(Props.Create<ThreadActor>().WithDispatcher("fork-join"))).ToList();

        var threads = actors.SelectMany(actor => Threads(actor, 10)).Distinct().ToList();

        Assert.InRange(threads.Count, 1, 2);
        Assert.DoesNotContain(threads, thread => thread.Pool);
    }

    [Fact]
    public void ForkJoinDispatcher_WithBlockedThreads_DoesNotHoldUpOthers()
    {
        var gate = new ManualResetEventSlim();
        for (var i = 0; i < 2; i++)
            Sys.ActorOf(Props.Create(() => new Blocking(gate)).WithDispatcher("fork-join")).Tell("block");

        var echo = Sys.ActorOf<EchoActor>();
        echo.Tell("still here");

        ExpectMsg("still here");
        gate.Set();
    }

    [Fact]
    public void ForkJoinDispatcher_OfATerminatedSystem_EndsItsThreads()
    {
        var system = ActorSystem.Create("ending", Dispatchers);
        var probe = CreateTestProbe(system);
        system.ActorOf(Props.Create<ThreadActor>().WithDispatcher("fork-join")).Tell("thread", probe.Ref);
        var thread = probe.ExpectMsg<Thread>();

        Shutdown(system);

        AwaitCondition(() => !thread.IsAlive);
    }

    [Fact]
    public void Dispatcher_ThatIsNotConfigured_IsRefused() =>
        Assert.Throws<ConfigurationException>(() => Sys.ActorOf(Props.Create<EchoActor>().WithDispatcher("no-such-dispatcher")));

    [Fact]
    public void Lookup_Always_KnowsIdAndThroughput()
    {
        MessageDispatcher dispatcher = Sys.Dispatchers.Lookup("slow-turns");

        Assert.Equal("slow-turns", dispatcher.Id);
        Assert.Equal(7, dispatcher.Throughput);
        Assert.Equal("akka.actor.default-dispatcher", Sys.Dispatchers.DefaultGlobalDispatcher.Id);
    }

    private List<(int Id, bool Pool)> Threads(IActorRef actor, int times)
    {
        for (var i = 0; i < times; i++)
            actor.Tell("id");
        return [.. ReceiveN(times).Cast<(int, bool)>().Distinct()];
    }

    private sealed class ThreadActor : ReceiveActor
    {
        public ThreadActor()
        {
            Receive<string>(text => text == "thread", _ => Sender.Tell(Thread.CurrentThread));
            Receive<string>(_ => Sender.Tell((Environment.CurrentManagedThreadId, Thread.CurrentThread.IsThreadPoolThread)));
        }
    }

    private sealed class Blocking : UntypedActor
    {
        private readonly ManualResetEventSlim _gate;

        public Blocking(ManualResetEventSlim gate) => _gate = gate;

        protected override void OnReceive(object message) => _gate.Wait();
    }
}
