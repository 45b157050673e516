using Akka.Actor;
using Akka.Event;
using Akka.Remote;
using Akka.Routing;

namespace ActorCompute.Engine.Tests.Remote;

public class RemoteRouterTests : IAsyncLifetime
{
    private readonly RemoteNode _here = new("here");
    private readonly RemoteNode _there = new("there", "akka.remote.untrusted-mode = on");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
    }

    [Fact]
    public async Task Broadcast_ToARemoteRouter_ReachesAllRoutees()
    {
        var router = _there.System.ActorOf(Props.Create(() => new Namer()).WithRouter(new RoundRobinPool(3)));
        var names = new TaskCompletionSource<string[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        var gatherer = _here.System.ActorOf(Props.Create(() => new Gatherer(3, names)));

        _here.Resolve(_there, router).Tell(new Broadcast("name?"), gatherer);

        Assert.Equal(3, (await names.Task.WaitAsync(RemoteNode.Patience)).Distinct().Count());
    }

    [Fact]
    public async Task UntrustedMode_HarmfulMessages_AreDropped()
    {
        var echo = _here.Resolve(_there, _there.Echo());

        echo.Tell(PoisonPill.Instance, ActorRefs.NoSender);
        ((IInternalActorRef)echo).Stop();

        await _there.When<Warning>(e => e.Message.ToString().Contains("PoisonPill"));
        await _there.When<Warning>(e => e.Message.ToString().Contains("Terminate"));
        Assert.Equal("alive", await echo.Ask<string>("alive", RemoteNode.Patience));
    }

    private sealed class Namer : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(Self.Path.Name);
    }

    private sealed class Gatherer : UntypedActor
    {
        private readonly List<string> _names = [];
        private readonly int _wanted;
        private readonly TaskCompletionSource<string[]> _done;

        public Gatherer(int wanted, TaskCompletionSource<string[]> done)
        {
            _wanted = wanted;
            _done = done;
        }

        protected override void OnReceive(object message)
        {
            _names.Add((string)message);
            if (_names.Count == _wanted)
                _done.TrySetResult([.. _names]);
        }
    }
}
