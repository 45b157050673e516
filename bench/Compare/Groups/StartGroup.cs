using System.Globalization;
using ActorCompute.Compare.Peers;
using ActorCompute.Compare.Running;

namespace ActorCompute.Compare.Groups;

/// <summary>A cluster of two workers that is not there yet: from the start of the process to a first result.</summary>
internal sealed class StartGroup : IComparison
{
    /// <summary>The verb of this program that is such a process.</summary>
    public const string FirstResultVerb = "first-result";

    private const double BuiltGoal = 0.45;
    private const double PublishedGoal = 0.30;

    private static readonly string[] Command = ["primes", "test", "97", "--workers", "2"];

    public string Name => "start";

    public string Summary => "local cluster of 2 workers, process start → first result, built and published; Dask, ProcessPoolExecutor";

    /// <summary>A program of a user: starts a cluster, has a square computed, says it.</summary>
    public static async Task FirstResultAsync()
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(workers: 2).ConfigureAwait(false);
        Console.WriteLine(await cluster.Submit(TinyTask.Square, 97L));
    }

    public async Task RunAsync(Arena arena, CancellationToken cancellation)
    {
        var peers = new[]
        {
            PythonScript.Create("Dask, process start included", PythonModules.Dask, run => run.FirstAnswer, "dask_start.py"),
            PythonScript.Create("Dask, after its imports", PythonModules.Dask, run => double.Parse(run.Output, CultureInfo.InvariantCulture), "dask_start.py"),
            PythonScript.Create("ProcessPoolExecutor, process start included", PythonModules.Standard, run => run.FirstAnswer, "executor_start.py"),
        };
        await RowAsync("built", BuiltGoal, Program("command", ProductProgram.Built()), peers).ConfigureAwait(false);
        var published = arena.Options.PublishedFolder is { } folder ? Program("command", ProductProgram.In(folder)) : Contender.NotHere("command", "give its folder with --published");
        await RowAsync("published", PublishedGoal, published, peers).ConfigureAwait(false);
        await RowAsync("program with the client library, built", BuiltGoal, new("StartLocalAsync, Submit", async token => (await Self(token).ConfigureAwait(false)).FirstAnswer), []).ConfigureAwait(false);

        Task RowAsync(string what, double goal, Contender product, IEnumerable<Contender> others) =>
            arena.RunAsync(new(Name, $"2 workers, process start → first result, {what}", "s", Better.Less, [product, .. others]) { Goal = new(goal) }, cancellation);
    }

    private static Contender Program(string name, ProductProgram program) => new(name, async token =>
    {
        var run = await program.RunAsync(Command, token).ConfigureAwait(false);
        return run.Output.Contains("true", StringComparison.Ordinal) ? run.FirstAnswer : throw new InvalidOperationException($"97 is prime; the answer is {run.Output}");
    });

    // Also when it was started as 'dotnet ActorCompute.Compare.dll'.
    private static Task<CommandRun> Self(CancellationToken cancellation) =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? CommandRun.RunAsync(Environment.ProcessPath!, [Path.Combine(AppContext.BaseDirectory, "ActorCompute.Compare.dll"), FirstResultVerb], cancellation)
            : CommandRun.RunAsync(Environment.ProcessPath!, [FirstResultVerb], cancellation);
}
