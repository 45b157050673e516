using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ActorCompute.Kinds;
using ActorCompute.Processes;

namespace ActorCompute.Soak;

/// <summary>
/// A cluster of real processes under jobs that come and go for a long time, while workers die, are replaced, added and removed, and
/// clients attach and leave: every result is checked, and nothing may grow.
/// </summary>
internal static class SoakCommand
{
    private const int Workers = 4;

    public static RootCommand Create()
    {
        var minutes = new Option<double>("--minutes") { Description = "How long.", DefaultValueFactory = _ => 60 };
        var jobs = new Option<int>("--jobs") { Description = "Jobs, spread evenly over that time.", DefaultValueFactory = _ => 1000 };
        var root = new RootCommand("Opens and closes jobs on a local cluster for a long time, kills and replaces its workers, and looks whether any process grows.") { minutes, jobs };
        root.SetAction((parsed, cancellation) => RunAsync(TimeSpan.FromMinutes(Math.Max(0.05, parsed.GetValue(minutes))), Math.Max(1, parsed.GetValue(jobs)), cancellation));
        return root;
    }

    private static async Task<int> RunAsync(TimeSpan whole, int jobs, CancellationToken cancellation)
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(
            new() { Workers = Workers, SeparateSeed = true, Secret = "soak-soak-soak-soak-soak-soak-soak", MaxTasksPerWorker = 20_000, AllowCrashes = true, Logger = null },
            cancellation: cancellation);
        var startedAt = Stopwatch.GetTimestamp();
        var table = new SampleTable();
        var trouble = new Trouble(cluster, new Random(1));
        var (wrong, nextSample) = (0, TimeSpan.Zero);
        for (var job = 0; job < jobs && !cancellation.IsCancellationRequested; job++)
        {
            trouble.Make(job);
            var problem = await SoakJobs.RunAsync(cluster, job, cancellation);
            if (problem is not null)
            {
                wrong++;
                await Console.Error.WriteLineAsync($"job {job}: {problem}");
            }

            var now = Stopwatch.GetElapsedTime(startedAt);
            if (now >= nextSample)
            {
                nextSample = now + (whole / 240);
                Sample(table, cluster, now);
            }

            var due = whole * ((job + 1.0) / jobs);
            if (due > now) await Task.Delay(due - now, cancellation);
        }

        var ran = Stopwatch.GetElapsedTime(startedAt);
        var grown = table.Write(Console.Out, ran);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{jobs:N0} jobs in {ran.TotalMinutes:F1} min, {wrong} wrong; {trouble.Kills} workers killed, {trouble.Crashes} crashed by tasks, {trouble.Changes} added and removed"));
        foreach (var line in grown) Console.WriteLine(line);
        return wrong == 0 && grown.Count == 0 ? ExitCodes.Success : ExitCodes.SomeFailed;
    }

    private static void Sample(SampleTable table, ComputeCluster cluster, TimeSpan at)
    {
        // What is kept counts, not what waits to be collected: with a large cache that may be 100 MB.
        GC.Collect();
        table.Add("client", at, ProcessSample.Of(Environment.ProcessId));
        foreach (var process in Children("actorcompute-seed")) table.Add("seed", at, ProcessSample.Of(process));
        foreach (var worker in cluster.Workers.Where(worker => !worker.HasExited && worker.ProcessId != 0)) table.Add("worker", at, ProcessSample.Of(worker.ProcessId));
    }

    /// <summary>Processes of that name that this one has started.</summary>
    private static IEnumerable<int> Children(string name)
    {
        foreach (var process in Process.GetProcessesByName(name))
        {
            using (process)
            {
                if (ParentOf(process.Id) == Environment.ProcessId) yield return process.Id;
            }
        }
    }

    private static int? ParentOf(int processId)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/status");
        if (!File.Exists(file)) return null;
        var line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith("PPid:", StringComparison.Ordinal));
        return line is null ? null : int.Parse(line["PPid:".Length..], CultureInfo.InvariantCulture);
    }
}
