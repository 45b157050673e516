using System.CommandLine;

namespace ActorCompute.Cli.Commands;

/// <summary><c>drain WORKER</c>: has a worker leave in order.</summary>
internal static class DrainCommand
{
    public static Command Create()
    {
        var worker = new Argument<string>("WORKER") { Description = "The worker's name or id; 'actorcompute status' lists them." };
        var command = new Command("drain", "Have a worker finish what it runs (up to its --drain-timeout), take no more, and leave the cluster for good.") { worker };
        var cluster = new ClusterOptions();
        cluster.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (seed, options) = cluster.Read(parsed);
            await new ClusterAdmin(seed, options).DrainAsync(parsed.GetValue(worker)!, cancellation).ConfigureAwait(false);
            Console.Error.WriteLine($"worker {parsed.GetValue(worker)} finishes what it runs and leaves");
        });
        return command;
    }
}
