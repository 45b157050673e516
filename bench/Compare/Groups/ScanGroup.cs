using ActorCompute.Compare.Peers;
using ActorCompute.Compare.Running;
using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds;

namespace ActorCompute.Compare.Groups;

/// <summary>Counting the reads of a large BAM file.</summary>
internal sealed class ScanGroup : IComparison
{
    private const string SystemLibrary = "System.IO.Compression";

    private static readonly string[] Filter = ["-F", "0x904", "-q", "30"];

    public string Name => "scan";

    public string Summary => "reads of a BAM file: warm, cold, filtered, one reference, from the index; samtools, sambamba, pysam, libdeflate alone";

    public async Task RunAsync(Arena arena, CancellationToken cancellation)
    {
        using var inputs = new BamInputs(arena);
        await using (var two = await WarmCluster.StartAsync(2, cancellation).ConfigureAwait(false))
        {
            var library = Inflaters.Default.Name;
            await WholeFileAsync(arena, inputs, two, library, library == SystemLibrary ? 1.2 : 1.6, cancellation).ConfigureAwait(false);
            await FilterAsync(arena, inputs, two, cancellation).ConfigureAwait(false);
            await using var one = await WarmCluster.StartAsync(1, cancellation).ConfigureAwait(false);
            await OneSlotAsync(arena, inputs, one, cancellation).ConfigureAwait(false);
            await OneReferenceAsync(arena, inputs, one, two, cancellation).ConfigureAwait(false);
        }

        await SystemLibraryAsync(arena, inputs, cancellation).ConfigureAwait(false);
        await ColdAsync(arena, inputs, cancellation).ConfigureAwait(false);
        await FromIndexAsync(arena, inputs, cancellation).ConfigureAwait(false);
    }

    private Task WholeFileAsync(Arena arena, BamInputs inputs, WarmCluster cluster, string library, double goal, CancellationToken cancellation)
    {
        var same = new SameAnswer();
        return arena.RunAsync(
            new(Name, $"scan {inputs.Describe(inputs.File)}, {library}", "s", Better.Less,
            [
                Command(cluster, same, inputs.File),
                Job("job of a program, 2 warm workers", cluster, same, inputs.File),
                CommandPeer.Create("samtools", "samtools", ["view", "-@3", "-c", inputs.File], (who, output) => same.Check(who, output.Trim())),
                CommandPeer.Create("sambamba", "sambamba", ["view", "-t2", "-c", inputs.File], (who, output) => same.Check(who, output.Trim())),
            ])
            { Goal = new(goal, 2) },
            cancellation);
    }

    // Workers take the variable from this process, which started them.
    private async Task SystemLibraryAsync(Arena arena, BamInputs inputs, CancellationToken cancellation)
    {
        if (Inflaters.Default.Name == SystemLibrary) return;
        var before = Environment.GetEnvironmentVariable(Inflaters.Variable);
        Environment.SetEnvironmentVariable(Inflaters.Variable, SystemLibrary);
        try
        {
            await using var cluster = await WarmCluster.StartAsync(2, cancellation).ConfigureAwait(false);
            await WholeFileAsync(arena, inputs, cluster, "zlib-ng of .NET only", 1.2, cancellation).ConfigureAwait(false);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Inflaters.Variable, before);
        }
    }

    private Task ColdAsync(Arena arena, BamInputs inputs, CancellationToken cancellation)
    {
        var same = new SameAnswer();
        return arena.RunAsync(
            new(Name, $"scan {inputs.Describe(inputs.File)}, whole command, cold", "s", Better.Less,
            [
                Program("--workers 2, built", ProductProgram.Built()),
                arena.Options.PublishedFolder is { } folder
                    ? Program("--workers 2, published", ProductProgram.In(folder))
                    : Contender.NotHere("--workers 2, published", "give its folder with --published"),
                PythonScript.Create("pysam, 2 processes", PythonModules.Pysam, run => Checked(same, "pysam", run.Output.Trim(), run.Seconds), "scan_pysam.py", inputs.File, "2"),
            ])
            { Goal = new(1.0, 2) },
            cancellation);

        Contender Program(string name, ProductProgram program) => new(name, async token =>
        {
            var run = await program.RunAsync(["scan", inputs.File, "--workers", "2", "--format", "tsv"], token).ConfigureAwait(false);
            return Checked(same, name, Total(run.Output), run.Seconds);
        });
    }

    private Task FilterAsync(Arena arena, BamInputs inputs, WarmCluster cluster, CancellationToken cancellation) => arena.RunAsync(
        new(Name, "scan with a filter, job of a program", "s", Better.Less,
        [
            Job(string.Join(' ', Filter), cluster, new(), inputs.File, ("exclude-flags", Filter[1]), ("min-mapq", Filter[3])),
            Job("no filter", cluster, new(), inputs.File),
        ])
        { Goal = new(1 / 1.05, 1) },
        cancellation);

    private Task OneSlotAsync(Arena arena, BamInputs inputs, WarmCluster cluster, CancellationToken cancellation)
    {
        var library = Inflaters.Default;
        var alone = $"{library.Name} alone, every block, with CRC";
        return arena.RunAsync(
            new(Name, "scan by one worker with one slot, job of a program", "s", Better.Less,
            [
                Job("1 warm worker", cluster, new(), inputs.File),
                new(alone, _ => Task.FromResult(BlocksAlone.Inflate(inputs.File, library))),
            ])
            { Goal = new(0.95, 1) },
            cancellation);
    }

    private Task OneReferenceAsync(Arena arena, BamInputs inputs, WarmCluster one, WarmCluster two, CancellationToken cancellation)
    {
        var same = new SameAnswer();
        return arena.RunAsync(
            new(Name, $"scan {inputs.Describe(inputs.OneReference)}, job of a program", "s", Better.Less,
            [
                Job("2 warm workers", two, same, inputs.OneReference),
                Job("1 warm worker", one, same, inputs.OneReference),
            ])
            { Goal = new(1.8, 1) },
            cancellation);
    }

    private async Task FromIndexAsync(Arena arena, BamInputs inputs, CancellationToken cancellation)
    {
        const string row = "counts from the index, whole command, cold";
        var program = ProductProgram.Built();
        if (!await program.KnowsAsync("scan", "--from-index", cancellation).ConfigureAwait(false))
        {
            arena.Skip(row, "scan has no --from-index yet");
            return;
        }

        var same = new SameAnswer();
        await arena.RunAsync(
            new(Name, row, "s", Better.Less,
            [
                new("scan --from-index", async token =>
                {
                    var run = await program.RunAsync(["scan", inputs.File, "--from-index", "--format", "tsv"], token).ConfigureAwait(false);
                    return Checked(same, "the command", Total(run.Output), run.Seconds);
                }),
                CommandPeer.Create("samtools", "samtools", ["idxstats", inputs.File], (who, output) => same.Check(who, TotalOfIndexStatistics(output))),
            ])
            { Goal = new(0.2) },
            cancellation).ConfigureAwait(false);
    }

    private static Contender Command(WarmCluster cluster, SameAnswer same, string file) => new("command, 2 warm workers", async token =>
    {
        var run = await cluster.RunAsync(["scan", file, "--format", "tsv"], token).ConfigureAwait(false);
        return Checked(same, "the command", Total(run.Output), run.Seconds);
    })
    { WarmUps = 2 };

    private static Contender Job(string name, WarmCluster cluster, SameAnswer same, string file, params (string, string)[] filter) => new(name, async token =>
    {
        var run = await cluster.RunAsync(BuiltInKinds.Scan, token, [("file", file), .. filter]).ConfigureAwait(false);
        return Checked(same, name, $"{run.Rows.Sum(row => Convert.ToInt64(row[2], null))}", run.Seconds);
    })
    { WarmUps = 2 };

    private static double Checked(SameAnswer same, string who, string total, double seconds)
    {
        same.Check(who, total);
        return seconds;
    }

    // Reads are the third column, below a line of names.
    private static string Total(string tsv) => $"{tsv.Split('\n').Skip(1).Sum(line => long.Parse(line.Split('\t')[2], null))}";

    // Name, length, mapped, unmapped.
    private static string TotalOfIndexStatistics(string output) =>
        $"{output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Sum(cells => long.Parse(cells[2], null) + long.Parse(cells[3], null))}";
}
