using Akka.Actor;

namespace ActorCompute.Engine.Tests.Remote;

public class ListenTests
{
    [Fact]
    public async Task PortInUse_FailsCreateAndNamesIt()
    {
        await using var first = new RemoteNode("first");
        var port = first.Address.Port.Value;

        var error = Assert.ThrowsAny<AkkaException>(() => new RemoteNode("second", $"akka.remote.dot-netty.tcp.port = {port}"));

        Assert.Contains($"127.0.0.1:{port}", error.Message);
        Assert.Contains("in use", error.Message);
    }

    [Fact]
    public void HostThatDoesNotResolve_FailsCreateAndNamesIt()
    {
        var error = Assert.ThrowsAny<AkkaException>(() => new RemoteNode("lost", "akka.remote.dot-netty.tcp.hostname = \"no-such-host.invalid\""));

        Assert.Contains("no-such-host.invalid", error.Message);
    }

    [Fact]
    public async Task PublicAddress_IsTheOneOthersSee()
    {
        await using var node = new RemoteNode("node", "akka.remote.dot-netty.tcp { public-hostname = \"example.org\", public-port = 4711 }");

        Assert.Equal("akka.tcp://node@example.org:4711", node.Address.ToString());
    }

    [Fact]
    public async Task Terminate_FreesThePort()
    {
        int port;
        await using (var first = new RemoteNode("first"))
            port = first.Address.Port.Value;

        await using var second = new RemoteNode("second", $"akka.remote.dot-netty.tcp.port = {port}");

        Assert.Equal(port, second.Address.Port);
    }

    [Fact]
    public async Task Terminate_SendsWhatIsQueued()
    {
        const int Count = 20_000;
        await using var there = new RemoteNode("there");
        var here = new RemoteNode("here");
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var counter = there.System.ActorOf(Props.Create(() => new Counter(Count, done)));
        var remote = here.Resolve(there, counter);

        for (var i = 0; i < Count; i++)
            remote.Tell("x", ActorRefs.NoSender);
        await here.DisposeAsync();

        await done.Task.WaitAsync(RemoteNode.Patience);
    }

    private sealed class Counter : UntypedActor
    {
        private readonly TaskCompletionSource _done;
        private int _missing;

        public Counter(int count, TaskCompletionSource done)
        {
            _missing = count;
            _done = done;
        }

        protected override void OnReceive(object message)
        {
            if (--_missing == 0)
                _done.TrySetResult();
        }
    }
}
