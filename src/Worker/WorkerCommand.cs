using System.CommandLine;
using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Worker.Keeper;
using ActorCompute.Worker.Node;

namespace ActorCompute.Worker;

/// <summary>The worker's command line for people: a keeper of the node, which <see cref="NodeProgram.Verb"/> is.</summary>
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
            // What was typed first, then what is on the disk.
            var seeds = HostEndpoint.ParseList(seed);
            var secret = SecretFile.Find(parsed.GetValue(options.SecretFile));
            var tls = TlsCertificate.Find(parsed.GetValue(options.TlsCertificate));
            return new NodeKeeper(settings, secret, tls, seeds).RunAsync();
        });

        return root;
    }
}
