using System.Threading.Channels;

namespace ActorCompute.Examples;

/// <summary>
/// A producer and consumers. The queue between them is a bounded channel: the producer waits while it is full, the workers
/// while it is empty, and the end of the channel is the end of the map. No sentinel, no join.
/// </summary>
internal static class ProducerConsumer
{
    public static async Task RunAsync(ComputeCluster cluster, TextWriter output, string[] arguments)
    {
        var queue = Channel.CreateBounded<long>(capacity: 4);
        var producer = ProduceAsync(queue.Writer);
        var consumed = new List<long>();
        await foreach (var square in cluster.Map(Square.Of, queue.Reader.ReadAllAsync().AsInputs())) consumed.Add(square);
        output.WriteLine($"produced {await producer}, consumed {string.Join(' ', consumed)}");
    }

    private static async Task<int> ProduceAsync(ChannelWriter<long> queue)
    {
        var produced = 0;
        for (; produced < 10; produced++) await queue.WriteAsync(produced);
        queue.Complete();
        return produced;
    }
}
