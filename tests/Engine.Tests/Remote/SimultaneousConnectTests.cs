using Akka.Actor;
using Akka.Remote;

namespace ActorCompute.Engine.Tests.Remote;

public class SimultaneousConnectTests
{
    /// <summary>Both call each other at the same time; one of the two connections is kept, and not a message is lost or doubled.</summary>
    [Fact]
    public async Task BothCallAtOnce_OneConnectionAndEveryMessageOnce()
    {
        const int Messages = 200;
        for (var round = 0; round < 15; round++)
        {
            await using var left = new RemoteNode("left");
            await using var right = new RemoteNode("right");
            var atLeft = new Sink(left, Messages);
            var atRight = new Sink(right, Messages);
            using var start = new Barrier(2);

            await Task.WhenAll(
                SendAll(start, left.Resolve(right, atRight.Ref), Messages),
                SendAll(start, right.Resolve(left, atLeft.Ref), Messages));

            Assert.Equal(Enumerable.Range(0, Messages), await atLeft.All.WaitAsync(RemoteNode.Patience));
            Assert.Equal(Enumerable.Range(0, Messages), await atRight.All.WaitAsync(RemoteNode.Patience));
            Assert.True(left.Seen<AssociatedEvent>().Count() <= 1);
            Assert.Empty(left.Seen<DisassociatedEvent>());
        }
    }

    private static Task SendAll(Barrier start, IActorRef to, int count) => Task.Factory.StartNew(
        () =>
        {
            start.SignalAndWait();
            for (var i = 0; i < count; i++)
                to.Tell(i, ActorRefs.NoSender);
        },
        TaskCreationOptions.LongRunning);

    private sealed class Sink
    {
        private readonly TaskCompletionSource<int[]> _all = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Sink(RemoteNode node, int count) => Ref = node.System.ActorOf(Props.Create(() => new Collector(count, _all)));

        public IActorRef Ref { get; }

        public Task<int[]> All => _all.Task;
    }

    private sealed class Collector : UntypedActor
    {
        private readonly List<int> _received = [];
        private readonly int _count;
        private readonly TaskCompletionSource<int[]> _all;

        public Collector(int count, TaskCompletionSource<int[]> all)
        {
            _count = count;
            _all = all;
        }

        protected override void OnReceive(object message)
        {
            _received.Add((int)message);
            if (_received.Count == _count)
                _all.TrySetResult([.. _received]);
        }
    }
}
