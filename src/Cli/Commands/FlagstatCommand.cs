using System.CommandLine;
using ActorCompute.Cli.Running;
using ActorCompute.Kinds;

namespace ActorCompute.Cli.Commands;

/// <summary><c>flagstat FILE.bam</c>: reads by their flags.</summary>
internal static class FlagstatCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE.bam") { Description = "The BAM file. With an index beside it (.bai or .csi) each reference is a task of its own." };
        var command = new Command("flagstat", "Count the reads of a BAM file by their flags, as samtools flagstat does.") { file };
        var run = new JobRunOptions();
        var index = new IndexOptions(canGoWithout: true);
        index.AddTo(command);
        run.AddTo(command);
        command.SetAction((parsed, _) =>
            JobRun.RunAsync(((IJobKind)BuiltInKinds.Flagstat).Prepare(index.Read(parsed, parsed.GetValue(file)!)), run.Read(parsed)));
        return command;
    }
}
