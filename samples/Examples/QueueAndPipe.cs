using Akka.Actor;

namespace ActorCompute.Examples;

/// <summary>
/// Queue and Pipe of multiprocessing. Every actor has a queue already, its mailbox, so a queue is only needed where takers
/// come when they like; and a pipe is two actors that know each other.
/// </summary>
internal static class QueueAndPipe
{
    public static async Task RunAsync(ComputeCluster cluster, TextWriter output, string[] arguments)
    {
        using var system = ActorSystem.Create("queue");

        // q.put(…) by the cluster's results, q.get() by a taker that was there before them.
        var queue = system.ActorOf<Queue>();
        var first = queue.Ask<long>(Queue.Get.Instance);
        foreach (var number in new long[] { 2, 3 }) queue.Tell(new Queue.Put(await cluster.Submit(Square.Of, number)));
        output.WriteLine($"taken: {await first} and {await queue.Ask<long>(Queue.Get.Instance)}");

        // conn.send(…), conn.recv(): a question and its answer.
        var upper = system.ActorOf<Upper>();
        output.WriteLine($"answered: {await upper.Ask<string>("hello")}");
        await system.Terminate();
    }

    private sealed class Queue : ReceiveActor
    {
        private readonly Queue<long> _items = new();
        private readonly Queue<IActorRef> _takers = new();

        public Queue()
        {
            Receive<Put>(put =>
            {
                if (_takers.TryDequeue(out var taker)) taker.Tell(put.Item);
                else _items.Enqueue(put.Item);
            });
            Receive<Get>(_ =>
            {
                if (_items.TryDequeue(out var item)) Sender.Tell(item);
                else _takers.Enqueue(Sender);
            });
        }

        public sealed record Put(long Item);

        public sealed record Get
        {
            public static Get Instance { get; } = new();
        }
    }

    private sealed class Upper : ReceiveActor
    {
        public Upper() => Receive<string>(text => Sender.Tell(text.ToUpperInvariant()));
    }
}
