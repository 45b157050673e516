using System.CommandLine;
using ActorCompute.Hosting;

namespace ActorCompute.Worker;

/// <summary>The options that keeper and node share.</summary>
internal sealed class WorkerOptions
{
    public Option<string> Host { get; } = new("--host") { Description = "Address to listen on, which the seed, other workers and clients reach.", DefaultValueFactory = _ => HostEndpoint.Loopback.Host };

    public Option<string> Port { get; } = new("--port") { Description = "Port to listen on, or a range P-Q to choose from; 0 takes a free one.", DefaultValueFactory = _ => "0" };

    public Option<string?> Seed { get; } = new("--seed") { Description = "The seed, HOST:PORT." };

    public Option<int> Slots { get; } = new("--slots") { Description = "Tasks it runs at a time; the default is one for each core.", DefaultValueFactory = _ => Environment.ProcessorCount };

    public Option<string?> Name { get; } = new("--name") { Description = "What people call it; the default is the machine's name and the process id." };

    public Option<string?> SecretFile { get; } = new("--secret-file") { Description = "File with the cluster's secret." };

    public Option<string?> TlsCertificate { get; } = Hosting.TlsCertificate.CreateOption();

    public WorkerSettings Read(ParseResult parsed)
    {
        var slots = parsed.GetValue(Slots);
        if (slots is < 1 or > 1024) throw new InputException($"{slots} slots: a worker has 1 to 1024.");
        var name = parsed.GetValue(Name) ?? $"{Environment.MachineName}-{Environment.ProcessId}";
        return new(parsed.GetValue(Host)!, PortRange.Parse(parsed.GetValue(Port)!), slots, name);
    }
}

/// <summary>What a worker is told.</summary>
internal sealed record WorkerSettings(string Host, PortRange Ports, int Slots, string Name);
