
namespace ActorCompute.Examples;

/// <summary>A function over a pool of processes. A static method is all it takes: workers load this very assembly.</summary>
internal static class Square
{
    public static async Task RunAsync(ComputeCluster cluster, TextWriter output, string[] arguments)
    {
        // executor.submit(square, 12).result()
        var future = cluster.Submit(Of, 12L);
        output.WriteLine($"12² = {await future}, computed by process {(future.Run!.ProcessId == Environment.ProcessId ? "this" : "another")}");

        // executor.map(square, range(10))
        var numbers = Enumerable.Range(0, 10).Select(number => (long)number);
        var squares = new List<long>();
        await foreach (var square in cluster.Map(Of, numbers)) squares.Add(square);
        output.WriteLine(string.Join(' ', squares));
    }

    public static long Of(long number) => number * number;
}
