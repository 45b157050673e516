using System.CommandLine;
using ActorCompute.Cli.Running;
using ActorCompute.Kinds;

namespace ActorCompute.Cli.Commands;

/// <summary><c>scan FILE.bam</c>: reads by reference or region.</summary>
internal static class ScanCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE.bam") { Description = "The BAM file. With an index beside it (.bai or .csi) each reference is a task of its own." };
        var regions = new Option<string[]>("--region", "-r")
        {
            Description = "Count the reads that overlap a region: chr2, chr2:1000, chr2:-1000, chr2:1,000-2,000, {name:with:colons}:1-5, * for reads without a reference. "
                + "May be repeated; overlapping regions each count their own.",
            AllowMultipleArgumentsPerToken = false,
        };
        var exclude = new Option<string?>("--exclude-flags", "-F") { Description = "Skip reads with any of these flags: 2308, 0x904, 04404 or UNMAP,SECONDARY,SUPPLEMENTARY." };
        var require = new Option<string?>("--require-flags", "-f") { Description = "Skip reads without all of these flags." };
        var quality = new Option<string?>("--min-mapq", "-q") { Description = "Skip reads with a lower mapping quality." };
        var fromIndex = new Option<bool>("--from-index") { Description = "Take the counts that the index has noted, as samtools idxstats: at once, without a cluster or a look at the reads. Not with filters or regions." };
        var command = new Command("scan", "Count the reads of a BAM file by reference sequence or region.") { file, regions, exclude, require, quality, fromIndex };
        var run = new JobRunOptions();
        var index = new IndexOptions(canGoWithout: true);
        index.AddTo(command);
        run.AddTo(command);
        command.SetAction((parsed, _) =>
        {
            var values = index.Read(parsed, parsed.GetValue(file)!);
            if (parsed.GetValue(fromIndex)) return FromIndexAsync(parsed, values, [regions, exclude, require, quality], run);
            foreach (var region in parsed.GetValue(regions) ?? []) values.Add("region", region);
            Add(values, "exclude-flags", parsed.GetValue(exclude));
            Add(values, "require-flags", parsed.GetValue(require));
            Add(values, "min-mapq", parsed.GetValue(quality));
            return JobRun.RunAsync(((IJobKind)BuiltInKinds.Scan).Prepare(values), run.Read(parsed));
        });
        return command;
    }

    private static Task<int> FromIndexAsync(ParseResult parsed, ParameterValues file, Option[] filters, JobRunOptions run)
    {
        if (filters.FirstOrDefault(filter => parsed.GetResult(filter) is { Implicit: false }) is { } given)
        {
            throw new InputException($"--from-index and {given.Name}: an index has counts of all reads of a reference and no others; leave one of them out.");
        }

        var settings = run.Read(parsed);
        if (settings.Journal is not null) throw new InputException("--from-index and --journal: an answer from the index has no tasks to record; leave one of them out.");
        return IndexAnswer.WriteAsync(file, settings.Format, settings.Out);
    }

    private static void Add(ParameterValues values, string name, string? value)
    {
        if (value is not null) values.Add(name, value);
    }
}
