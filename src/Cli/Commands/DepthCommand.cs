using System.CommandLine;
using ActorCompute.Cli.Running;
using ActorCompute.Kinds;

namespace ActorCompute.Cli.Commands;

/// <summary><c>depth FILE.bam</c>: mean coverage.</summary>
internal static class DepthCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE.bam") { Description = "The BAM file, with an index beside it (.bai or .csi)." };
        var by = new Option<string?>("--by", "-b") { Description = "A row for each window of so many bases, or for each region of a BED file (also in gzip); the default is one for each reference." };
        var exclude = new Option<string?>("--exclude-flags", "-F") { Description = "Reads with any of these flags do not count; the default is 1796: UNMAP,SECONDARY,QCFAIL,DUP." };
        var quality = new Option<string?>("--min-mapq", "-Q") { Description = "Nor do reads with a lower mapping quality." };
        var fast = new Option<bool>("--fast-mode", "-x") { Description = "Count deletions as covered, and both mates of a pair where they overlap." };
        var command = new Command("depth", "Measure the mean coverage of references, windows or regions, as mosdepth does.") { file, by, exclude, quality, fast };
        var run = new JobRunOptions();
        var index = new IndexOptions(canGoWithout: false);
        index.AddTo(command);
        run.AddTo(command);
        command.SetAction((parsed, _) =>
        {
            var values = index.Read(parsed, parsed.GetValue(file)!);
            if (parsed.GetValue(by) is { } windows) values.Add("by", windows);
            if (parsed.GetValue(exclude) is { } flags) values.Add("exclude-flags", flags);
            if (parsed.GetValue(quality) is { } least) values.Add("min-mapq", least);
            if (parsed.GetValue(fast)) values.Add("fast-mode", "true");
            return JobRun.RunAsync(((IJobKind)BuiltInKinds.Depth).Prepare(values), run.Read(parsed));
        });
        return command;
    }
}
