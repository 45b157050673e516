using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using ActorCompute.Cli.Running;
using ActorCompute.Kernels.Genomics;
using ActorCompute.Kernels.Numbers;
using ActorCompute.Processes;

namespace ActorCompute.Cli.Commands;

/// <summary><c>make-bam OUT.bam</c>: a file to try things on.</summary>
internal static class MakeBamCommand
{
    private const ulong MostReads = 10_000_000_000;

    public static Command Create()
    {
        var file = new Argument<string>("OUT.bam") { Description = "The file to write; its index goes beside it." };
        var reads = new Option<string>("--reads") { Description = "About how many reads.", DefaultValueFactory = _ => "100_000" };
        var seed = new Option<string>("--seed") { Description = "The same number and seed give the same reads.", DefaultValueFactory = _ => "1" };
        var force = new Option<bool>("--force") { Description = "Write over a file that is there." };
        var command = new Command("make-bam", "Write a synthetic, sorted and indexed BAM file: 25 references with human proportions.") { file, reads, seed, force };
        command.SetAction((parsed, _) => Task.FromResult(Run(
            parsed.GetValue(file)!, Number("--reads", parsed.GetValue(reads)!), Number("--seed", parsed.GetValue(seed)!), parsed.GetValue(force))));
        return command;
    }

    private static ulong Number(string option, string text) => NumberText.TryParse(text, out var value, out var reason)
        ? value
        : throw new InputException($"{option}: '{text}' {reason}.");

    // Beside its place, and moved there when it is whole: a file that was there stays until then.
    private static SyntheticBamCounts Write(string path, long reads, ulong seed, CancellationToken cancellation)
    {
        if (FileStatus.Of(path).Type is not (FileType.Regular or FileType.Missing)) throw new InputException($"{path}: is not a file that can be written over; name another.");
        var whole = Path.GetFullPath(path);
        var target = File.Exists(whole) ? File.ResolveLinkTarget(whole, returnFinalTarget: true)?.FullName ?? whole : whole;
        var draft = $"{target}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.partial";
        try
        {
            var counts = SyntheticBam.Write(draft, reads, seed, cancellation);
            File.Move(draft + ".bai", path + ".bai", overwrite: true);
            File.Move(draft, target, overwrite: true);
            File.SetLastWriteTimeUtc(path + ".bai", File.GetLastWriteTimeUtc(target));
            return counts;
        }
        finally
        {
            File.Delete(draft);
            File.Delete(draft + ".bai");
        }
    }

    private static int Run(string path, ulong reads, ulong seed, bool force)
    {
        if (reads is < 1 or > MostReads) throw new InputException($"--reads {reads}: give 1 to {MostReads:N0}.");
        if (File.Exists(path) && !force) throw new InputException($"{path}: is there already; --force writes over it.");
        using var interruption = new Interruption();
        try
        {
            var counts = Write(path, (long)reads, seed, interruption.Token);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {counts.Total:N0} reads on {counts.References.Count} references, with index"));
            return ExitCodes.Success;
        }
        catch (OperationCanceledException)
        {
            return CommandLine.Fail("cancelled; the unfinished file was removed", ExitCodes.Cancelled);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }
}
