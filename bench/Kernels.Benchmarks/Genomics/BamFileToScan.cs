using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Benchmarks.Genomics;

/// <summary>The file that is measured on: the one that <see cref="Variable"/> names, or a made one of 500,000 reads.</summary>
internal sealed class BamFileToScan : IDisposable
{
    public const string Variable = "ACTORCOMPUTE_BENCH_BAM";

    private readonly DirectoryInfo? _folder;

    public BamFileToScan()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path)
        {
            Path = path;
            return;
        }

        _folder = Directory.CreateTempSubdirectory("actorcompute-bench-");
        Path = System.IO.Path.Combine(_folder.FullName, "made.bam");
        SyntheticBam.Write(Path, 500_000);
    }

    public string Path { get; }

    public void Dispose() => _folder?.Delete(recursive: true);
}
