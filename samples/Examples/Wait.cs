
namespace ActorCompute.Examples;

/// <summary>Waiting for several futures: until the first is done, for a time, until all are.</summary>
internal static class Wait
{
    public static async Task RunAsync(ComputeCluster cluster, TextWriter output, string[] arguments)
    {
        var scale = Example.Number(arguments, 0, 1);
        var futures = new[] { 3, 2, 1 }.Select(seconds => cluster.Submit(Order.SleepAsync, (seconds, scale), new() { Name = $"sleep {seconds}" })).ToList();

        // done, not_done = wait(futures, return_when=FIRST_COMPLETED)
        var (done, notDone) = await futures.WaitAsync(WaitFor.FirstCompleted);
        output.WriteLine($"first: {done[0].Name}; {notDone.Count} are not done");

        // A time-out is no error: what is done by then is the answer.
        (done, notDone) = await futures.WaitAsync(timeout: TimeSpan.FromMilliseconds(1));
        output.WriteLine($"after a moment: {done.Count + notDone.Count} in all, {(notDone.Count > 0 ? "some still sleep" : "all awake")}");

        (done, _) = await futures.WaitAsync(WaitFor.AllCompleted);
        output.WriteLine($"in the end: {done.Count} are done");
    }
}
