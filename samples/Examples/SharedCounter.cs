using Akka.Actor;

namespace ActorCompute.Examples;

/// <summary>
/// A counter that many share, without a lock: an actor handles one message at a time, so nobody can come between reading
/// and writing. This is what a lock around <c>Value</c> is for in Python.
/// </summary>
internal static class SharedCounter
{
    public static async Task RunAsync(ComputeCluster cluster, TextWriter output, string[] arguments)
    {
        using var system = ActorSystem.Create("counter");
        var counter = system.ActorOf<Counter>();

        // Eight threads, 10,000 each, at the same time.
        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < 10_000; i++) counter.Tell(new Counter.Add(1));
        });
        output.WriteLine($"threads: {await counter.Ask<long>(Counter.Get.Instance)}");

        // And results of the cluster, on whichever threads they come.
        var futures = Enumerable.Range(1, 100).Select(number => cluster.Submit(Square.Of, (long)number)).ToList();
        foreach (var future in futures) future.OnCompleted(done => counter.Tell(new Counter.Add(done.ResultAsync().Result)));
        long total;
        do total = await counter.Ask<long>(Counter.Get.Instance);
        while (total < 80_000 + 338_350);
        output.WriteLine($"and the squares of 1 to 100: {total}");
        await system.Terminate();
    }

    private sealed class Counter : ReceiveActor
    {
        private long _count;

        public Counter()
        {
            Receive<Add>(add => _count += add.Amount);
            Receive<Get>(_ => Sender.Tell(_count));
        }

        public sealed record Add(long Amount);

        public sealed record Get
        {
            public static Get Instance { get; } = new();
        }
    }
}
