using System.CommandLine;
using ActorCompute.Hosting;
using ActorCompute.Messages;
using ActorCompute.Seed.Registry;
using Akka.Actor;

namespace ActorCompute.Seed;

/// <summary>The seed's command line, and its life.</summary>
internal static class SeedCommand
{
    private static readonly TimeSpan ShutdownBound = TimeSpan.FromSeconds(5);

    public static RootCommand Create()
    {
        var host = new Option<string>("--host") { Description = "Address to listen on, which workers and clients reach.", DefaultValueFactory = _ => HostEndpoint.Loopback.Host };
        var port = new Option<string>("--port") { Description = "Port to listen on; 0 takes a free one.", DefaultValueFactory = _ => "4053" };
        var secretFile = new Option<string?>("--secret-file") { Description = "File with the cluster's secret, made if it is missing." };
        var tlsCertificate = TlsCertificate.CreateOption();
        var parentPipe = new Option<bool>("--parent-pipe") { Hidden = true };
        var command = new RootCommand("The seed of an ActorCompute cluster: first contact for workers and clients.") { host, port, secretFile, tlsCertificate, parentPipe };
        command.SetAction((parsed, _) =>
        {
            var endpoint = new HostEndpoint(parsed.GetValue(host)!, PortRange.Parse(parsed.GetValue(port)!).Single());
            if (parsed.GetValue(parentPipe))
            {
                var order = LaunchOrder.Read(Console.In);
                return RunAsync(endpoint, ClusterSecret.FromText(order.Secret), order.Tls, hasParent: true);
            }

            var tls = TlsCertificate.Find(parsed.GetValue(tlsCertificate));
            return RunAsync(endpoint, SecretFile.FindOrCreate(parsed.GetValue(secretFile)), tls, hasParent: false);
        });
        return command;
    }

    private static async Task<int> RunAsync(HostEndpoint endpoint, ClusterSecret secret, TlsCertificate? tls, bool hasParent)
    {
        using var lifetime = new ProgramLifetime(hasParent);
        if (hasParent) ParentPipe.Watch(Console.In, () => lifetime.Stop("the parent asked for it"), () => Environment.Exit(ExitCodes.Success));

        var system = Listening.Start(endpoint, actual => SystemConfig.Member(actual, null, "seed").WithTls(tls));
        var cluster = Akka.Cluster.Cluster.Get(system);
        cluster.Join(cluster.SelfAddress);
        Action<string> stop = lifetime.Stop;
        system.ActorOf(Props.Create(() => new RegistryActor(secret, TimeProvider.System, stop)), "registry");
        // The line that a parent waits for, and a script can too.
        Console.WriteLine($"listening {SystemConfig.EndpointOf(system)}");
        if (!hasParent) Console.Error.WriteLine($"actorcompute-seed {BuildInfo.Version} on {BuildInfo.Engine}; stop it with Ctrl-C");

        await lifetime.StopRequested.ConfigureAwait(false);
        await ProgramLifetime.ShutDownAsync(system, ShutdownBound).ConfigureAwait(false);
        return ExitCodes.Success;
    }
}
