using System.CommandLine;
using ActorCompute.Processes;

namespace ActorCompute.Seed;

/// <summary>The seed's command line for people.</summary>
internal static class SeedCommand
{
    public static RootCommand Create()
    {
        var host = new Option<string>("--host") { Description = "Address to listen on, which workers and clients reach.", DefaultValueFactory = _ => HostEndpoint.Loopback.Host };
        var port = new Option<string>("--port") { Description = "Port to listen on; 0 takes a free one.", DefaultValueFactory = _ => "4053" };
        var secretFile = new Option<string?>("--secret-file") { Description = "File with the cluster's secret, made if it is missing." };
        var tlsCertificate = TlsCertificate.CreateOption();
        var command = new RootCommand("The seed of an ActorCompute cluster: first contact for workers and clients.") { host, port, secretFile, tlsCertificate };
        command.SetAction((parsed, _) =>
        {
            var endpoint = new HostEndpoint(parsed.GetValue(host)!, PortRange.Parse(parsed.GetValue(port)!).Single());
            var tls = TlsCertificate.Find(parsed.GetValue(tlsCertificate));
            return SeedProgram.RunAsync(endpoint, SecretFile.FindOrCreate(parsed.GetValue(secretFile)), tls, hasParent: false);
        });
        return command;
    }
}
