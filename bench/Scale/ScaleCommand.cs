using System.CommandLine;
using System.Globalization;
using ActorCompute.Measuring;
using ActorCompute.Processes;
using ActorCompute.Scale.Registries;
using ActorCompute.Scale.World;

namespace ActorCompute.Scale;

/// <summary>What one client takes for each task with 1 to 1,000 workers: the real cores in simulated time. docs/scale.md has the results.</summary>
internal static class ScaleCommand
{
    private static readonly int[] Curve = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

    private static readonly (string Name, TimeSpan Time)[] Lengths =
    [
        ("1us", TimeSpan.FromMicroseconds(1)),
        ("1ms", TimeSpan.FromMilliseconds(1)),
        ("30ms", TimeSpan.FromMilliseconds(30)),
        ("1s", TimeSpan.FromSeconds(1)),
    ];

    public static RootCommand Create()
    {
        var options = new RunOptions(3);
        var workers = new Option<int[]>("--workers") { Description = "Numbers of workers.", DefaultValueFactory = _ => Curve, AllowMultipleArgumentsPerToken = true };
        var slots = new Option<int>("--slots") { Description = "Slots of each worker.", DefaultValueFactory = _ => 64 };
        var tasks = new Option<long?>("--tasks") { Description = "Tasks of each run; the default is what keeps it busy for seconds." };
        var lengths = new Option<string[]>("--lengths") { Description = "Mean times of the tasks.", DefaultValueFactory = _ => [.. Lengths.Select(length => length.Name)], AllowMultipleArgumentsPerToken = true };
        lengths.AcceptOnlyFromAmong([.. Lengths.Select(length => length.Name)]);
        var root = new RootCommand("Processor time and memory of a client for each task, with 1 to 1,000 simulated workers.") { workers, slots, lengths, tasks };
        options.AddTo(root);
        var seed = new Command("seed", "What workers and clients take of a seed.") { workers };
        seed.SetAction(parsed => RunSeed(parsed.GetValue(workers)!));
        root.Subcommands.Add(seed);
        var realWorkers = new Option<int[]>("--workers") { Description = "Numbers of worker processes on this machine.", DefaultValueFactory = _ => [2, 20], AllowMultipleArgumentsPerToken = true };
        var realTasks = new Option<int>("--tasks") { Description = "Tasks of 0.1 s in each run.", DefaultValueFactory = _ => 2000 };
        var realSlots = new Option<int>("--slots") { Description = "Slots of each.", DefaultValueFactory = _ => 1 };
        var real = new Command("real", "The same with real worker processes on this machine, whose tasks sleep.") { realWorkers, realSlots, realTasks, options.Repeats };
        real.SetAction(async (parsed, cancellation) =>
        {
            await RealWorkers.RunAsync(parsed.GetValue(realWorkers)!, parsed.GetValue(realSlots), parsed.GetValue(realTasks), parsed.GetValue(options.Repeats), cancellation);
            return ExitCodes.Success;
        });
        root.Subcommands.Add(real);
        root.SetAction(parsed => Run(
            options.ReadRepeats(parsed),
            parsed.GetValue(options.Quick) ? [1, 2, 20] : parsed.GetValue(workers)!,
            parsed.GetValue(slots),
            [.. Lengths.Where(length => parsed.GetValue(lengths)!.Contains(length.Name))],
            parsed.GetValue(options.Quick) ? 20_000 : parsed.GetValue(tasks)));
        return root;
    }

    private static int Run(int repeats, int[] workers, int slots, IReadOnlyList<(string Name, TimeSpan Time)> lengths, long? tasks)
    {
        Console.Out.WriteLine($"scale: {Surroundings.Look()}");
        // The just-in-time compiler has its say before.
        foreach (var (_, time) in Lengths) new Cell(3, slots, 30_000, time).Run();
        Console.Out.WriteLine($"{"task",-6} {"workers",7} {"tasks",9} {"chunks",9} {"µs/task",8} {"least",8} {"B/task",7} {"clock µs/s",11} {"reports µs/s",12} {"node µs/chunk",13} {"simulated s",11} {"recalls",8} {"held MB",8}");
        foreach (var (name, time) in lengths)
        {
            foreach (var count in workers)
            {
                var cell = new Cell(count, slots, tasks ?? TasksFor(time, count * slots), time);
                var runs = Enumerable.Range(0, repeats).Select(_ => cell.Run()).OrderBy(run => run.ClientMicroseconds).ToList();
                var median = runs[runs.Count / 2];
                var held = cell.HeldAfter(cell.Tasks / 2);
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-6} {count,7} {cell.Tasks,9} {median.Chunks,9} {median.ClientMicroseconds,8:F3} {runs[0].ClientMicroseconds,8:F3} {median.ClientBytes,7:F0} {median.TickMicroseconds,11:F0} {median.ReportMicroseconds,12:F0} {median.NodeMicroseconds,13:F2} {median.Simulated.TotalSeconds,11:F2} {median.Recalls,8} {held / 1e6,8:F2}"));
            }
        }

        return ExitCodes.Success;
    }

    private static int RunSeed(int[] workers)
    {
        Console.Out.WriteLine($"scale seed: {Surroundings.Look()}");
        Console.Out.WriteLine($"{"workers",7} {"clients",7} {"view bytes",10} {"start: views",12} {"MB sent",8} {"ms",8} {"each second: ms",15} {"MB sent",8} {"client, each view: ms",21}");
        foreach (var count in workers)
        {
            foreach (var clients in new[] { 1, 100 })
            {
                new SeedLoad(50, clients).Start(TimeSpan.FromSeconds(1));
                var load = new SeedLoad(count, clients);
                var start = load.Start(TimeSpan.FromSeconds(5));
                const int seconds = 20;
                var each = Enumerable.Range(7, seconds).Select(load.Second).ToList();
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,7} {clients,7} {load.View.Length,10} {start.Views,12} {start.Sent / 1e6,8:F2} {start.Processor.TotalMilliseconds,8:F0} {each.Sum(second => second.Processor.TotalMilliseconds) / seconds,15:F2} {each.Sum(second => second.Sent) / 1e6 / seconds,8:F2} {ClientLoad.TakeView(load.View, 50).TotalMilliseconds,21:F2}"));
            }
        }

        return ExitCodes.Success;
    }

    private static long TasksFor(TimeSpan time, int slots) => time.TotalMilliseconds switch
    {
        < 0.1 => 10_000_000,
        < 10 => 2_000_000,
        _ => Math.Max(300_000, 30L * slots),
    };
}
