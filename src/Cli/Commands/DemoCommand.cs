using System.CommandLine;
using ActorCompute.Cli.Output;
using ActorCompute.Cli.Running;
using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds;
using ActorCompute.Processes;

namespace ActorCompute.Cli.Commands;

/// <summary><c>demo</c>: both first jobs on generated data, checked against what is known of it.</summary>
internal static class DemoCommand
{
    private const long Reads = 200_000;

    // The numbers of the executors' notes; all but the last are prime.
    private static readonly string[] Numbers =
        ["112272535095293", "112582705942171", "112272535095293", "115280095190773", "115797848077099", "1099726899285419"];

    public static Command Create()
    {
        var command = new Command("demo", "Make a small BAM file, scan it and test some primes on two worker processes.");
        command.SetAction((_, _) =>
            ClusterSession.RunAsync(new(new(2, 1, null, null, null), OutputFormat.Table, Ordered: false, ProgressMode.Plain), RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(ClusterSession session)
    {
        var folder = Directory.CreateTempSubdirectory("actorcompute-demo-");
        try
        {
            var path = Path.Combine(folder.FullName, "demo.bam");
            var known = SyntheticBam.Write(path, Reads, cancellation: session.Cancellation);
            Say($"Made {path}: {known.Total:N0} reads on {known.References.Count} references.");

            await using var cluster = await session.OpenClusterAsync(null).ConfigureAwait(false);
            Say($"Started a seed and {cluster.Workers.Count} worker processes ({string.Join(", ", cluster.Workers.Select(worker => $"worker {worker.Name} is process {worker.ProcessId}"))}).");

            Say("Counting the reads of each reference; a line as each one completes:");
            var scanned = await ScanAsync(session, cluster, path, known).ConfigureAwait(false);
            Say("Testing the primes of the notes; the last one is none:");
            var tested = await TestAsync(session, cluster).ConfigureAwait(false);
            if (!scanned || !tested) return CommandLine.Fail("the demonstration gave a wrong answer; please report it with the output of 'actorcompute info'.", ExitCodes.SomeFailed);

            Say("All counts are those the file was made with, and the primes are right. Try next:");
            Say($"  {OwnCommand.Typed} make-bam big.bam --reads 4e6");
            Say($"  {OwnCommand.Typed} scan big.bam -F UNMAP,SECONDARY -q 30");
            Say($"  {OwnCommand.Typed} primes count 1 1e10 --workers 2");
            return ExitCodes.Success;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<bool> ScanAsync(ClusterSession session, ComputeCluster cluster, string path, SyntheticBamCounts known)
    {
        var expected = known.Header.Select(reference => (reference.Name, known.References[reference.Id].Total)).Append(("*", known.Unplaced.Total)).ToHashSet();
        var job = ((IJobKind)BuiltInKinds.Scan).Prepare(new ParameterValues().Add("file", path));
        var run = new JobRun(session, job, job.Plan(session.Cancellation)) { OnRow = row => expected.Remove(((string)row.Values[0]!, (long)row.Values[2]!)) };
        var status = await run.RunOnAsync(cluster).ConfigureAwait(false);
        return status == ExitCodes.Success && expected.Count == 0;
    }

    private static async Task<bool> TestAsync(ClusterSession session, ComputeCluster cluster)
    {
        var values = new ParameterValues();
        foreach (var number in Numbers) values.Add("number", number);
        var job = ((IJobKind)BuiltInKinds.PrimesTest).Prepare(values);
        var primes = 0;
        var run = new JobRun(session, job, job.Plan(session.Cancellation)) { OnRow = row => primes += row.Values[1] is true ? 1 : 0 };
        var status = await run.RunOnAsync(cluster).ConfigureAwait(false);
        return status == ExitCodes.Success && primes == Numbers.Length - 1;
    }

    private static void Say(string text) => Console.Error.WriteLine(text);
}
