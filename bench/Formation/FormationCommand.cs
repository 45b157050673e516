using System.CommandLine;
using System.Globalization;
using ActorCompute.Measuring;
using ActorCompute.Processes;

namespace ActorCompute.Formation;

/// <summary>How long a seed and two workers take to be a cluster, and what they take when nothing is to be done.</summary>
internal static class FormationCommand
{
    private const int Workers = 2;

    public static RootCommand Create()
    {
        var options = new RunOptions(10);
        var idle = new Option<int>("--idle-seconds") { Description = "How long the idle cluster is watched; 0 leaves that out.", DefaultValueFactory = _ => 30 };
        var settle = new Option<int>("--settle-seconds") { Description = "How long it is let alone before.", DefaultValueFactory = _ => 10 };
        var programs = new Option<string?>("--programs") { Description = "Folder with published programs; the default is those built with this one." };
        var root = new RootCommand("Formation time of a cluster of three processes, and their memory and processor time when idle.") { idle, settle, programs };
        options.AddTo(root);
        root.SetAction((parsed, _) => RunAsync(
            options.ReadRepeats(parsed),
            TimeSpan.FromSeconds(parsed.GetValue(options.Quick) ? 0 : parsed.GetValue(settle)),
            TimeSpan.FromSeconds(parsed.GetValue(options.Quick) ? 1 : parsed.GetValue(idle)),
            parsed.GetValue(programs),
            parsed.GetValue(options.Json)));
        return root;
    }

    private static async Task<int> RunAsync(int repeats, TimeSpan settle, TimeSpan idle, string? programs, string? json)
    {
        var report = new Report("formation", Console.Out);
        report.Begin();
        var runs = new List<FormationTimes>();
        // The first brings the programs into the disk cache and this process to speed.
        for (var i = 0; i < 1 + repeats; i++)
        {
            await using var cluster = await MeasuredCluster.StartAsync(Workers, programs);
            runs.Add(cluster.Times);
        }

        runs.RemoveAt(0);
        report.Add(new("first process started → seed listens", "s", [.. runs.Select(run => run.SeedListens.TotalSeconds)]));
        report.Add(new($"… → {Workers} workers are registered", "s", [.. runs.Select(run => run.AllRegistered.TotalSeconds)]));
        if (idle > TimeSpan.Zero) await WatchIdleAsync(report, settle, idle, programs);
        if (json is not null) report.WriteJson(json);
        return ExitCodes.Success;
    }

    private static async Task WatchIdleAsync(Report report, TimeSpan settle, TimeSpan idle, string? programs)
    {
        await using var cluster = await MeasuredCluster.StartAsync(Workers, programs);
        await cluster.StopObservingAsync();
        await Task.Delay(settle);
        var before = cluster.Processes.Select(ProcessUse.Of).ToList();
        await Task.Delay(idle);
        var after = cluster.Processes.Select(ProcessUse.Of).ToList();
        var names = new[] { "seed" }.Concat(Enumerable.Repeat("worker", Workers)).ToList();
        foreach (var name in names.Distinct())
        {
            var indices = Enumerable.Range(0, names.Count).Where(i => names[i] == name).ToList();
            report.Add(new($"idle {name}: resident", "MB", [.. indices.Select(i => after[i].ResidentBytes / 1e6)]));
            if (indices.All(i => after[i].OwnBytes is not null)) report.Add(new($"idle {name}: of that its own, shared with no other", "MB", [.. indices.Select(i => after[i].OwnBytes!.Value / 1e6)]));
            report.Add(new(
                string.Create(CultureInfo.InvariantCulture, $"idle {name}: processor, over {idle.TotalSeconds:F0} s"),
                "% of a core",
                [.. indices.Select(i => 100 * (after[i].ProcessorTime - before[i].ProcessorTime) / (after[i].At - before[i].At))]));
        }
    }
}
