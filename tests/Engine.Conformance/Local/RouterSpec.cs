using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;
using Akka.Event;
using Akka.Routing;
using Akka.TestKit.Xunit2;

namespace ActorCompute.Engine.Conformance.Local;

public sealed class RouterSpec : TestKit
{
    [Fact]
    public void RoundRobinPool_Always_TakesTheRouteesInTurn()
    {
        var router = Sys.ActorOf(Props.Create<NameActor>().WithRouter(new RoundRobinPool(3)));

        for (var i = 0; i < 9; i++)
            router.Tell("name");

        var names = ReceiveN(9).Cast<string>().GroupBy(name => name).ToList();
        Assert.Equal(3, names.Count);
        Assert.All(names, name => Assert.Equal(3, name.Count()));
    }

    [Fact]
    public void BroadcastPool_Always_SendsToAll()
    {
        var router = Sys.ActorOf(Props.Create<NameActor>().WithRouter(new BroadcastPool(4)));

        router.Tell("name");

        Assert.Equal(4, ReceiveN(4).Distinct().Count());
        Assert.False(HasMessages);
    }

    [Fact]
    public void RandomPool_Always_SendsToOne()
    {
        var router = Sys.ActorOf(Props.Create<NameActor>().WithRouter(new RandomPool(3)));

        for (var i = 0; i < 60; i++)
            router.Tell("name");

        var names = ReceiveN(60).Cast<string>().Distinct().ToList();
        Assert.InRange(names.Count, 2, 3);
    }

    [Fact]
    public void SmallestMailboxPool_WithBusyRoutees_SendsToTheIdleOne()
    {
        var gate = new ManualResetEventSlim();
        var router = Sys.ActorOf(Props.Create(() => new BusyActor(gate)).WithRouter(new SmallestMailboxPool(3)));
        // Two routees block, with messages waiting; the third has at most the one that it is just done with.
        for (var i = 0; i < 2; i++)
        {
            router.Tell("block");
            ExpectMsg("blocking");
            LastSender.Tell("block", ActorRefs.NoSender);
            LastSender.Tell("block", ActorRefs.NoSender);
        }

        for (var i = 0; i < 10; i++)
        {
            router.Tell(i);
            ExpectMsg(i);
        }
        gate.Set();
    }

    [Fact]
    public void Broadcast_ToAPool_ReachesEveryRoutee()
    {
        var router = Sys.ActorOf(Props.Create<NameActor>().WithRouter(new RoundRobinPool(3)));

        router.Tell(new Broadcast("name"));

        Assert.Equal(3, ReceiveN(3).Distinct().Count());
    }

    [Fact]
    public void Routees_OfAPool_AreChildrenOfTheRouterAndKeepTheSender()
    {
        var router = Sys.ActorOf(Props.Create<NameActor>().WithRouter(new RoundRobinPool(1)), "router");

        router.Tell("path");

        var path = ExpectMsg<ActorPath>();
        Assert.Equal(router.Path, path.Parent);
    }

    [Fact]
    public void GetRoutees_Always_ListsThem()
    {
        var router = Sys.ActorOf(Props.Create<NameActor>().WithRouter(new RoundRobinPool(3)));

        router.Tell(GetRoutees.Instance);

        Assert.Equal(3, ExpectMsg<Routees>().Members.Count());
    }

    [Fact]
    public void AdjustPoolSize_UpAndDown_ChangesTheNumber()
    {
        var router = Sys.ActorOf(Props.Create<NameActor>().WithRouter(new RoundRobinPool(2)));

        router.Tell(new AdjustPoolSize(3));
        AssertSize(router, 5);
        router.Tell(new AdjustPoolSize(-4));
        AssertSize(router, 1);

        router.Tell("name");
        ExpectMsg<string>();
    }

    [Fact]
    public void RemovedRoutee_OfAPool_IsStopped()
    {
        var router = Sys.ActorOf(Props.Create<NameActor>().WithRouter(new RoundRobinPool(2)));
        var routee = RouteesOf(router)[0];
        Watch(routee);

        router.Tell(new RemoveRoutee(Routee.FromActorRef(routee)));

        ExpectTerminated(routee);
        Assert.DoesNotContain(routee, RouteesOf(router));
    }

    [Fact]
    public void AddRoutee_ThatSomebodyElseMade_IsRoutedToAndNotStoppedOnRemoval()
    {
        var router = Sys.ActorOf(Props.Create<NameActor>().WithRouter(new BroadcastPool(1)));
        var other = CreateTestProbe();

        router.Tell(new AddRoutee(Routee.FromActorRef(other.Ref)));
        AssertSize(router, 2);
        router.Tell("name");

        other.ExpectMsg("name");
        ExpectMsg<string>();
        router.Tell(new RemoveRoutee(Routee.FromActorRef(other.Ref)));
        AssertSize(router, 1);
        other.Ref.Tell("alive");
        other.ExpectMsg("alive");
    }

    [Fact]
    public void Routee_ThatStops_IsRoutedToNoMore()
    {
        var router = Sys.ActorOf(Props.Create<NameActor>().WithRouter(new RoundRobinPool(2)));
        RouteesOf(router)[0].Tell(PoisonPill.Instance);
        AssertSize(router, 1);

        for (var i = 0; i < 4; i++)
            router.Tell("name");

        Assert.Single(ReceiveN(4).Distinct());
    }

    [Fact]
    public void Pool_WhoseRouteesAllStopped_StopsToo()
    {
        var router = Sys.ActorOf(Props.Create<NameActor>().WithRouter(new RoundRobinPool(2)));
        Watch(router);

        router.Tell(new Broadcast(PoisonPill.Instance));

        ExpectTerminated(router);
    }

    [Fact]
    public void PoisonPill_ToARouter_StopsRouterAndRoutees()
    {
        var router = Sys.ActorOf(Props.Create<NameActor>().WithRouter(new RoundRobinPool(2)));
        var routee = RouteesOf(router)[0];
        var probe = CreateTestProbe();
        probe.Watch(routee);
        Watch(router);

        router.Tell(PoisonPill.Instance);

        probe.ExpectTerminated(routee);
        ExpectTerminated(router);
    }

    [Fact]
    public void Routee_ThatFails_IsRestartedInPlace()
    {
        var router = Sys.ActorOf(Props.Create<NameActor>().WithRouter(
            new RoundRobinPool(2).WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Restart))));
        var before = RouteesOf(router);

        router.Tell(new SpecException("boom"));
        for (var i = 0; i < 4; i++)
            router.Tell("name");

        Assert.Equal(2, ReceiveN(4).Distinct().Count());
        Assert.Equal(before, RouteesOf(router));
    }

    [Fact]
    public void Tell_ToAStoppedRouter_IsADeadLetter()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var router = Sys.ActorOf(Props.Create<NameActor>().WithRouter(new RoundRobinPool(2)));
        Watch(router);
        Sys.Stop(router);
        ExpectTerminated(router);

        router.Tell("lost");

        Assert.Equal("lost", ExpectMsg<DeadLetter>().Message);
    }

    [Fact]
    public void RoundRobinGroup_Always_TakesItsPathsInTurn()
    {
        var first = CreateTestProbe("first");
        var second = CreateTestProbe("second");
        var router = Sys.ActorOf(new RoundRobinGroup(first.Ref.Path.ToString(), second.Ref.Path.ToString()).Props());

        router.Tell(1);
        router.Tell(2);

        first.ExpectMsg(1);
        second.ExpectMsg(2);
        Assert.Equal(TestActor, second.Sender);
    }

    [Fact]
    public void BroadcastGroup_Always_SendsToAll()
    {
        var first = CreateTestProbe();
        var second = CreateTestProbe();
        var paths = new[] { first.Ref.Path.ToString(), second.Ref.Path.ToString() };
        var router = Sys.ActorOf(new BroadcastGroup(paths).Props());

        router.Tell("all");

        first.ExpectMsg("all");
        second.ExpectMsg("all");
    }

    [Fact]
    public void Router_OnADispatcherOfItsRoutees_RunsThemThere()
    {
        var system = ActorSystem.Create("routees", "compute { type = ForkJoinDispatcher, dedicated-thread-pool { thread-count = 2 } }");
        try
        {
            var probe = CreateTestProbe(system);
            var router = system.ActorOf(Props.Create<NameActor>().WithRouter(new RoundRobinPool(4)).WithDispatcher("compute"));

            for (var i = 0; i < 20; i++)
                router.Tell("on the pool?", probe.Ref);

            Assert.All(probe.ReceiveN(20), onPool => Assert.Equal(false, onPool));
        }
        finally
        {
            Shutdown(system);
        }
    }

    private void AssertSize(IActorRef router, int size) => AwaitAssert(() => Assert.Equal(size, RouteesOf(router).Count));

    private List<IActorRef> RouteesOf(IActorRef router)
    {
        var probe = CreateTestProbe();
        router.Tell(GetRoutees.Instance, probe.Ref);
        return [.. probe.ExpectMsg<Routees>().Members.Cast<ActorRefRoutee>().Select(routee => routee.Actor)];
    }

    private sealed class NameActor : ReceiveActor
    {
        public NameActor()
        {
            Receive<Exception>(exception => throw exception);
            Receive<string>(text => text == "path", _ => Sender.Tell(Self.Path));
            Receive<string>(text => text == "on the pool?", _ => Sender.Tell(Thread.CurrentThread.IsThreadPoolThread));
            Receive<string>(_ => Sender.Tell(Self.Path.Name));
        }
    }

    private sealed class BusyActor : ReceiveActor
    {
        public BusyActor(ManualResetEventSlim gate)
        {
            Receive<string>(_ =>
            {
                Sender.Tell("blocking");
                gate.Wait();
            });
            Receive<int>(number => Sender.Tell(number));
        }
    }
}
