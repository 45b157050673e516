using System.CommandLine;
using ActorCompute.Hosting;
using ActorCompute.Messages;
using ActorCompute.Worker.Keeper;
using ActorCompute.Worker.Node;

namespace ActorCompute.Worker;

/// <summary>The worker's command line: a keeper, and (for the keeper's or a client's use) the node it keeps.</summary>
internal static class WorkerCommand
{
    public static RootCommand Create()
    {
        var options = new WorkerOptions();
        var root = new RootCommand("A worker of an ActorCompute cluster: runs tasks, and is started again if it dies.") { options.Seed, options.SecretFile, options.TlsCertificate };
        foreach (var option in options.OfNode) root.Options.Add(option);
        root.SetAction((parsed, _) =>
        {
            var settings = options.Read(parsed);
            var seed = parsed.GetValue(options.Seed) ?? throw new InputException("--seed is missing; give the seed's HOST:PORT.");
            var order = new LaunchOrder
            {
                Secret = SecretFile.Find(parsed.GetValue(options.SecretFile)).Text,
                Seed = HostEndpoint.Parse(seed).ToString(),
                Tls = TlsCertificate.Find(parsed.GetValue(options.TlsCertificate)),
            };
            return new NodeKeeper(settings, order).RunAsync();
        });

        var node = new Command("node", "The node itself, for a parent that keeps it.") { Hidden = true };
        var nodeOptions = new WorkerOptions();
        var parentPipe = new Option<bool>("--parent-pipe") { Required = true };
        foreach (var option in nodeOptions.OfNode.Append(parentPipe)) node.Options.Add(option);
        node.SetAction((parsed, _) => NodeProgram.RunAsync(nodeOptions.Read(parsed), LaunchOrder.Read(Console.In)));
        root.Subcommands.Add(node);
        return root;
    }
}
