using System.CommandLine;
using ActorCompute.Cli.Output;

namespace ActorCompute.Cli.Commands;

/// <summary><c>dump [JOB]</c>: what of a running job is where.</summary>
internal static class DumpCommand
{
    public static Command Create()
    {
        var job = new Argument<string?>("JOB") { Description = "The job's id, or the beginning of it; not needed if only one runs.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("dump", "Show the account of a running job: its tasks with workers, attempts, ages and leases.") { job };
        var cluster = new ClusterOptions();
        cluster.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (seed, options) = cluster.Read(parsed);
            var dump = await new ClusterAdmin(seed, options).DumpAsync(parsed.GetValue(job), cancellation).ConfigureAwait(false);
            await using var output = AnswerWriters.StandardOutput();
            DumpTables.Write(dump, output, !Console.IsOutputRedirected);
        });
        return command;
    }
}
