// How long a small job takes from the command to its end: processes started, cluster formed, answer given, all stopped.
// Usage: dotnet run -c Release --project bench/Startup [-- RUNS]

using System.Diagnostics;
using System.Globalization;
using ActorCompute.Kernels.Genomics;

var runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10;
var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
var program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Cli", configuration, OperatingSystem.IsWindows() ? "actorcompute.exe" : "actorcompute"));
var folder = Directory.CreateTempSubdirectory("actorcompute-startup-");
try
{
    var bam = Path.Combine(folder.FullName, "small.bam");
    SyntheticBam.Write(bam, 10_000);
    Console.WriteLine($"{configuration} binaries, {Environment.ProcessorCount} cores, {runs} runs each after one to warm the disk cache");
    Measure("info", "info");
    Measure("scan of 10,000 reads, 2 workers", "scan", bam, "--workers", "2", "--format", "tsv");
    Measure("primes test 97, 1 worker", "primes", "test", "97");
}
finally
{
    folder.Delete(recursive: true);
}

void Measure(string name, params string[] arguments)
{
    Run(arguments);
    var seconds = Enumerable.Range(0, runs).Select(_ => Run(arguments)).Order().ToList();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-34} median {seconds[runs / 2]:F3} s, {seconds[0]:F3} to {seconds[^1]:F3}"));
}

double Run(string[] arguments)
{
    var startedAt = Stopwatch.GetTimestamp();
    using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
    process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} exited with {process.ExitCode}");
    return Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
}
