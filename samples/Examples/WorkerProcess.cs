
namespace ActorCompute.Examples;

/// <summary>What <c>multiprocessing.Process</c> shows of a process: pid, is_alive, join, exitcode. Here a worker is one.</summary>
internal static class WorkerProcess
{
    public static async Task RunAsync(ComputeCluster cluster, TextWriter output, string[] arguments)
    {
        // start()
        var worker = cluster.AddWorkers(1)[0];
        await cluster.WaitForWorkersAsync(cluster.Workers.Count, TimeSpan.FromSeconds(30));
        output.WriteLine($"a process of its own: {worker.ProcessId != 0 && worker.ProcessId != Environment.ProcessId}, has exited: {worker.HasExited}, exit code: {Show(worker.ExitCode)}");

        // Tasks run in these processes, not in this one.
        var pids = new HashSet<int>();
        await foreach (var pid in cluster.Map(ProcessIdAsync, Enumerable.Range(0, 50))) pids.Add(pid);
        output.WriteLine($"tasks ran in {(pids.Contains(Environment.ProcessId) ? "this" : "other")} processes: {pids.IsSubsetOf(cluster.Workers.Select(each => each.ProcessId))}");

        // terminate() and join(); what it ran is run by the others.
        await cluster.RemoveWorkerAsync(worker);
        output.WriteLine($"has exited: {worker.HasExited}, exit code: {Show(worker.ExitCode)}");
    }

    public static async Task<int> ProcessIdAsync(int input)
    {
        await Task.Yield();
        return Environment.ProcessId;
    }

    private static string Show(int? exitCode) => exitCode is { } code ? $"{code}" : "none";
}
