// How the same work gets faster with more workers: a scan of a BAM file and a count of primes on 1, 2 and 4 worker
// processes, three times each. Usage: dotnet run -c Release --project deploy/experiments/scaling [-- FILE.bam]

using System.Globalization;
using ActorCompute;
using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds;
using Spectre.Console;

int[] workerCounts = [1, 2, 4];
const int Runs = 3;
const long Reads = 1_000_000;

var folder = Directory.CreateTempSubdirectory("actorcompute-scaling-");
try
{
    var bam = args.Length > 0 ? args[0] : MakeBam(folder);
    var jobs = new (string Name, Func<ComputeCluster, Task> Run)[]
    {
        ($"scan {Path.GetFileName(bam)}", async cluster => await cluster.Run(Bam.Scan(bam))),
        ("primes count 1 2e10", async cluster => await cluster.Run(Primes.Count(1, 20_000_000_000))),
    };
    var table = new Table().AddColumns("job", "workers", "seconds (median)", "fastest", "slowest", "speed-up");
    var baselines = new Dictionary<string, double>();
    foreach (var workers in workerCounts)
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(new() { Workers = workers });
        foreach (var (name, job) in jobs)
        {
            await TimeAsync(cluster, job); // the first run pays for loading code
            var seconds = new List<double>();
            for (var run = 0; run < Runs; run++) seconds.Add(await TimeAsync(cluster, job));
            seconds.Sort();
            var median = seconds[Runs / 2];
            baselines.TryAdd(name, median);
            table.AddRow(name, Text($"{workers}"), Text($"{median:F2}"), Text($"{seconds[0]:F2}"), Text($"{seconds[^1]:F2}"), Text($"{baselines[name] / median:F2} x"));
        }
    }

    Console.WriteLine($"{Environment.ProcessorCount} cores, {Runs} runs each");
    AnsiConsole.Write(table);
    return 0;
}
catch (Exception e) when (e is InputException or ClusterUnavailableException or IncompleteAnswerException)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 2;
}
finally
{
    folder.Delete(recursive: true);
}

static string MakeBam(DirectoryInfo folder)
{
    var path = Path.Combine(folder.FullName, "scaling.bam");
    SyntheticBam.Write(path, Reads);
    return path;
}

static async Task<double> TimeAsync(ComputeCluster cluster, Func<ComputeCluster, Task> run)
{
    var startedAt = TimeProvider.System.GetTimestamp();
    await run(cluster);
    return TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds;
}

static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
