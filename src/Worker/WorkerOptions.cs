using System.CommandLine;
using ActorCompute.Processes;

namespace ActorCompute.Worker;

/// <summary>The options of a worker, for people.</summary>
internal sealed class WorkerOptions
{
    public Option<string> Host { get; } = new("--host") { Description = "Address to listen on, which the seed, other workers and clients reach.", DefaultValueFactory = _ => HostEndpoint.Loopback.Host };

    public Option<string> Port { get; } = new("--port") { Description = "Port to listen on, or a range P-Q to choose from; 0 takes a free one.", DefaultValueFactory = _ => "0" };

    public Option<string?> Seed { get; } = new("--seed") { Description = "The seed, HOST:PORT." };

    public Option<int> Slots { get; } = new("--slots") { Description = "Tasks it runs at a time; the default is one for each core.", DefaultValueFactory = _ => Environment.ProcessorCount };

    public Option<int> IoLimit { get; } = new("--io-limit") { Description = "Tasks that wait (I/O) which it runs at a time.", DefaultValueFactory = _ => WorkerSettings.DefaultIoLimit };

    public Option<string[]> Plugins { get; } = new("--plugins") { Description = "Folder with assemblies that bring job kinds and functions; may be repeated.", AllowMultipleArgumentsPerToken = false };

    public Option<string[]> Resource { get; } = new("--resource") { Description = "What it has beside slots: NAME=AMOUNT, a whole number or bytes with KiB, MiB, GiB or TiB (gpu=2, mem=64GiB); may be repeated. Tasks that need some (--needs) reserve it while they run.", AllowMultipleArgumentsPerToken = false };

    public Option<long?> MaxTasks { get; } = new("--max-tasks") { Description = "Tasks after which the node process is replaced by a fresh one." };

    public Option<string?> MemoryLimit { get; } = new("--memory-limit") { Description = "Memory (bytes, or 512M, 2G) beyond which the node process takes no further task and is replaced." };

    public Option<string> DrainTimeout { get; } = new("--drain-timeout") { Description = "What running tasks may still take when the worker is drained or told to stop: 500ms, 30s, 2m.", DefaultValueFactory = _ => $"{WorkerSettings.DefaultDrainTimeout.TotalSeconds}s" };

    public Option<bool> AllowCrashes { get; } = new("--allow-crashes") { Description = "Have the kind 'crash', which ends this node's process ('actorcompute run crash'); for tests and experiments." };

    public Option<bool> AllowCommands { get; } = new("--allow-commands") { Description = "Let the kind 'command' run any program of this machine, with this account's rights." };

    public Option<bool> BuiltInOnly { get; } = new("--built-in-only") { Description = "Run built-in kinds alone, and refuse functions of programs; the node then starts faster, and needs no ICU." };

    public Option<string?> Name { get; } = new("--name") { Description = "What people call it; the default is the machine's name and the process id." };

    public Option<string?> SecretFile { get; } = new("--secret-file") { Description = "File with the cluster's secret." };

    /// <summary>All but the seed and the secret, which a node is told by its parent.</summary>
    public IReadOnlyList<Option> OfNode => [Host, Port, Slots, IoLimit, Resource, Plugins, MaxTasks, MemoryLimit, DrainTimeout, BuiltInOnly, AllowCrashes, AllowCommands, Name];

    public Option<string?> TlsCertificate { get; } = Processes.TlsCertificate.CreateOption();

    /// <exception cref="InputException">A value is out of range.</exception>
    public WorkerSettings Read(ParseResult parsed)
    {
        var settings = new WorkerSettings
        {
            Name = parsed.GetValue(Name) ?? $"{Environment.MachineName}-{Environment.ProcessId}",
            Host = parsed.GetValue(Host)!,
            Ports = PortRange.Parse(parsed.GetValue(Port)!),
            Slots = parsed.GetValue(Slots),
            IoLimit = parsed.GetValue(IoLimit),
            Plugins = parsed.GetValue(Plugins) ?? [],
            Resources = ResourcesOption.Read(Resource.Name, parsed.GetValue(Resource)),
            MaxTasks = parsed.GetValue(MaxTasks),
            MemoryLimit = parsed.GetValue(MemoryLimit) is { } memory ? MemorySize.Parse(MemoryLimit.Name, memory) : null,
            DrainTimeout = Duration.Parse(DrainTimeout.Name, parsed.GetValue(DrainTimeout)!),
            AllowCrashes = parsed.GetValue(AllowCrashes),
            AllowCommands = parsed.GetValue(AllowCommands),
            BuiltInOnly = parsed.GetValue(BuiltInOnly),
        };
        settings.Check();
        return settings;
    }
}
