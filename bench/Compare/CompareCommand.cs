using System.CommandLine;
using ActorCompute.Compare.Groups;
using ActorCompute.Compare.Output;
using ActorCompute.Compare.Running;
using ActorCompute.Measuring;
using ActorCompute.Processes;

namespace ActorCompute.Compare;

/// <summary>Product and peers side by side, on this machine, in one run: what is worth saying of speed is a ratio.</summary>
internal static class CompareCommand
{
    private static readonly IReadOnlyList<IComparison> All = [new ScanGroup(), new PrimesGroup(), new TasksGroup(), new StartGroup(), new SleepingGroup(), new BalanceGroup()];

    public static RootCommand Create()
    {
        var only = new Option<string?>("--only") { Description = "Groups to run, with commas between: " + string.Join(", ", All.Select(group => group.Name)) + ". Default: all." };
        var repeats = new Option<int>("--repeat") { Description = "Measured values of each, in turns, after those that warm up.", DefaultValueFactory = _ => 5 };
        var json = new Option<string?>("--json") { Description = "Also write all values to this file." };
        var bam = new Option<string?>("--bam") { Description = "BAM file, with an index beside it, for the scans; without it one is made." };
        var files = new Option<string?>("--files") { Description = "Folder where files that are made stay for the next run; without it they are removed." };
        var published = new Option<string?>("--published") { Description = "Folder with the published command line, for the rows on its start." };
        var quick = new Option<bool>("--quick") { Description = "Little work, twice, to see that everything runs; the figures mean nothing." };
        var list = new Option<bool>("--list") { Description = "List the groups." };
        var root = new RootCommand("Compare ActorCompute with other programs that do the same, in turns, by medians. Programs that are not here are named and skipped.")
        {
            only, repeats, json, bam, files, published, quick, list,
        };
        var firstResult = new Command(StartGroup.FirstResultVerb, "Measured by the group start.") { Hidden = true };
        firstResult.SetAction((_, _) => StartGroup.FirstResultAsync());
        root.Subcommands.Add(firstResult);
        root.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(list))
            {
                foreach (var group in All) Console.WriteLine($"{group.Name,-10} {group.Summary}");
                return ExitCodes.Success;
            }

            var isQuick = parsed.GetValue(quick);
            var options = new ArenaOptions(
                isQuick ? 2 : Math.Max(1, parsed.GetValue(repeats)),
                isQuick,
                Existing(parsed.GetValue(bam), File.Exists),
                parsed.GetValue(files),
                Existing(parsed.GetValue(published), Directory.Exists));
            return await RunAsync(Select(parsed.GetValue(only)), options, parsed.GetValue(json), cancellation).ConfigureAwait(false);
        });
        return root;
    }

    private static async Task<int> RunAsync(IReadOnlyList<IComparison> groups, ArenaOptions options, string? json, CancellationToken cancellation)
    {
        var before = Surroundings.Look();
        var arena = new Arena(options, Console.Error);
        foreach (var group in groups) await group.RunAsync(arena, cancellation).ConfigureAwait(false);
        ResultTable.Write(Console.Out, !Console.IsOutputRedirected, before, arena);
        if (json is not null) ResultJson.Write(json, before, arena);
        return ExitCodes.Success;
    }

    private static List<IComparison> Select(string? names)
    {
        if (names is null) return [.. All];
        return [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().Select(name =>
            All.FirstOrDefault(group => group.Name == name) ?? throw new InputException($"there is no group '{name}'; --list names them."))];
    }

    private static string? Existing(string? path, Func<string?, bool> exists) =>
        path is null || exists(path) ? path is null ? null : Path.GetFullPath(path) : throw new InputException($"{path} is not there.");
}
