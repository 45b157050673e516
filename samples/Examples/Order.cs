using System.Globalization;

namespace ActorCompute.Examples;

/// <summary>Three tasks that sleep 3, 2 and 1 seconds: a map gives them in the order of the inputs, as completed the shortest first.</summary>
internal static class Order
{
    public static async Task RunAsync(ComputeCluster cluster, TextWriter output, string[] arguments)
    {
        var scale = Example.Number(arguments, 0, 1);
        var inputs = new[] { 3, 2, 1 }.Select(seconds => (seconds, scale)).ToList();

        // for result in executor.map(sleep, [3, 2, 1])
        output.Write("in the order of the inputs: ");
        await foreach (var seconds in cluster.Map(SleepAsync, inputs)) output.Write($"{seconds} ");
        output.WriteLine();

        // for future in as_completed(futures)
        output.Write("as they complete:           ");
        var futures = inputs.Select(input => cluster.Submit(SleepAsync, input));
        await foreach (var future in futures.AsCompleted()) output.Write($"{await future} ");
        output.WriteLine();

        // for result in pool.imap_unordered(sleep, [3, 2, 1]): the same, and each with the input it belongs to
        output.Write("unordered, with inputs:     ");
        await foreach (var outcome in cluster.Map(SleepAsync, inputs).Unordered().WithOutcomes())
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{outcome.Input.seconds}→{outcome.Result} "));
        }

        output.WriteLine();
    }

    // It waits, so it returns a task: a worker runs a thousand of these at a time.
    public static async Task<int> SleepAsync((int Seconds, double Scale) input)
    {
        await Task.Delay(TimeSpan.FromSeconds(input.Seconds * input.Scale));
        return input.Seconds;
    }
}
