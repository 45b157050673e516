using System.CommandLine;

namespace ActorCompute.Cli.Commands;

/// <summary><c>down</c>: ends a cluster that <c>up</c> started.</summary>
internal static class DownCommand
{
    public static Command Create()
    {
        var command = new Command("down", "End a cluster that 'up' started; its jobs end as for a client whose cluster is gone.");
        var cluster = new ClusterOptions();
        cluster.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (seed, options) = cluster.Read(parsed);
            await new ClusterAdmin(seed, options).StopAsync(cancellation).ConfigureAwait(false);
            Console.Error.WriteLine($"the cluster at {seed} stops");
        });
        return command;
    }
}
