
namespace ActorCompute.Examples;

/// <summary>A function that never ends, given one second.</summary>
internal static class NeverEnds
{
    public static async Task RunAsync(ComputeCluster cluster, TextWriter output, string[] arguments)
    {
        var limit = TimeSpan.FromSeconds(Example.Number(arguments, 0, 1));
        using var stop = new CancellationTokenSource();
        var future = cluster.Submit(Forever, 1, stop.Token);
        try
        {
            await future.ResultAsync(limit);
        }
        catch (TimeoutException)
        {
            // Only the waiting has ended; the function runs on until it is cancelled.
            output.WriteLine($"not done in time; done: {future.IsDone}");
            await stop.CancelAsync();
        }

        // The slot is free again.
        output.WriteLine($"the worker goes on: {await cluster.Submit(Square.Of, 7L)}");
    }

    // Its token is another one than the caller's, and set when that one is. If a method takes none, or never looks at it, its worker process is
    // replaced two seconds later, and what ran beside it runs elsewhere.
    public static int Forever(int input, CancellationToken cancellation)
    {
        cancellation.WaitHandle.WaitOne();
        cancellation.ThrowIfCancellationRequested();
        return input;
    }
}
