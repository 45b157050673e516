
namespace ActorCompute.Examples;

/// <summary>A sum by ranges: each task takes two numbers, as a tuple (Python has <c>pool.starmap</c>), and gives one; only these travel.</summary>
internal static class SumOfSquares
{
    private const long Numbers = 1_000_000;
    private const long Range = 50_000;

    public static async Task RunAsync(ComputeCluster cluster, TextWriter output, string[] arguments)
    {
        var ranges = Enumerable.Range(0, (int)(Numbers / Range)).Select(index => (From: index * Range, To: (index + 1) * Range));
        var sum = 0L;
        await foreach (var part in cluster.Map(range => Of(range.From, range.To), ranges).Unordered()) sum += part;
        output.WriteLine($"the sum of n² for n below {Numbers} is {sum}");
    }

    public static long Of(long from, long to)
    {
        var sum = 0L;
        for (var number = from; number < to; number++) sum += number * number;
        return sum;
    }
}
