using System.Diagnostics;
using System.Globalization;
using ActorCompute.Client;
using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds;

namespace ActorCompute.Examples;

/// <summary>
/// A job kind from a program: the scan of a BAM file, a task for each chromosome. Plan and reduction are the kind's; this
/// only takes the rows as they are ready.
/// </summary>
internal static class BamByChromosome
{
    public static async Task RunAsync(ComputeCluster cluster, TextWriter output, string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("actorcompute-examples-");
        try
        {
            var file = arguments.Length > 0 ? arguments[0] : Path.Combine(folder.FullName, "synthetic.bam");
            if (arguments.Length == 0) SyntheticBam.Write(file, reads: 200_000);

            var clock = Stopwatch.StartNew();
            IJobKind scan = BuiltInKinds.Scan;
            var job = scan.Prepare(new ParameterValues().Add("file", file));
            var (reduction, rows) = (job.Reduce(), new Rows(output));
            await foreach (var outcome in cluster.Start(job).ReadOutcomesAsync()) reduction.Add(outcome, rows);
            reduction.Complete(rows);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows.Reads} reads in {rows.Busy.TotalSeconds:F2} s of work, {clock.Elapsed.TotalSeconds:F2} s by the clock"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed class Rows(TextWriter output) : IResultSink
    {
        public long Reads { get; private set; }

        public TimeSpan Busy { get; private set; }

        public void Row(ResultRow row)
        {
            // Its columns are reference, length, reads, seconds, worker.
            Reads += (long)row.Values[2]!;
            Busy += row.Run!.Elapsed;
            output.WriteLine(row.Line);
        }

        public void Note(Note note) => output.WriteLine(note.Text);
    }
}
