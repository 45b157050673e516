using System.Diagnostics;
using System.Globalization;
using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Examples;

/// <summary>
/// A job from a program: the scan of a BAM file, its chromosomes in parts. A row comes as soon as all parts of a chromosome are counted.
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
            var (reads, busy) = (0L, TimeSpan.Zero);
            await foreach (var row in cluster.Run(Bam.Scan(file)))
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Reference}: {row.Reads:N0} reads in {row.Elapsed.TotalSeconds:F2} s, worker {row.Worker}"));
                reads += row.Reads;
                busy += row.Elapsed;
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reads} reads in {busy.TotalSeconds:F2} s of work, {clock.Elapsed.TotalSeconds:F2} s by the clock"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
