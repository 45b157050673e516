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

    public Option<int> IoLimit { get; } = new("--io-limit") { Description = "Tasks that wait (I/O) which it runs at a time.", DefaultValueFactory = _ => 1024 };

    public Option<string[]> Plugins { get; } = new("--plugins") { Description = "Folder with assemblies that bring job kinds and functions; may be repeated.", AllowMultipleArgumentsPerToken = false };

    public Option<long?> MaxTasks { get; } = new("--max-tasks") { Description = "Tasks after which the node process is replaced by a fresh one." };

    public Option<string?> MemoryLimit { get; } = new("--memory-limit") { Description = "Memory (resident: bytes, or 512M, 2G) beyond which the node process takes no further task and is replaced." };

    public Option<bool> AllowCrashes { get; } = new("--allow-crashes") { Description = "Let the kind 'crash' end this node's process; for tests and experiments." };

    public Option<string?> Name { get; } = new("--name") { Description = "What people call it; the default is the machine's name and the process id." };

    public Option<string?> SecretFile { get; } = new("--secret-file") { Description = "File with the cluster's secret." };

    /// <summary>All but the seed and the secret, which a node is told by its parent.</summary>
    public IReadOnlyList<Option> OfNode => [Host, Port, Slots, IoLimit, Plugins, MaxTasks, MemoryLimit, AllowCrashes, Name];

    public Option<string?> TlsCertificate { get; } = Hosting.TlsCertificate.CreateOption();

    public WorkerSettings Read(ParseResult parsed)
    {
        var slots = parsed.GetValue(Slots);
        if (slots is < 1 or > 1024) throw new InputException($"{slots} slots: a worker has 1 to 1024.");
        var ioLimit = parsed.GetValue(IoLimit);
        if (ioLimit is < 1 or > 2048) throw new InputException($"--io-limit {ioLimit}: give 1 to 2048.");
        var maxTasks = parsed.GetValue(MaxTasks);
        if (maxTasks < 1) throw new InputException($"--max-tasks {maxTasks}: give 1 or more.");
        var memory = parsed.GetValue(MemoryLimit) is { } text ? MemorySize.Parse("--memory-limit", text) : (long?)null;
        var name = parsed.GetValue(Name) ?? $"{Environment.MachineName}-{Environment.ProcessId}";
        return new(parsed.GetValue(Host)!, PortRange.Parse(parsed.GetValue(Port)!), slots, name)
        {
            IoLimit = ioLimit,
            Plugins = parsed.GetValue(Plugins) ?? [],
            MaxTasks = maxTasks,
            MemoryLimit = memory,
            AllowCrashes = parsed.GetValue(AllowCrashes),
        };
    }
}

/// <summary>What a worker is told.</summary>
internal sealed record WorkerSettings(string Host, PortRange Ports, int Slots, string Name)
{
    /// <summary>Tasks that wait which it runs at a time.</summary>
    public int IoLimit { get; init; } = 1024;

    /// <summary>Folders with kinds and functions of others.</summary>
    public IReadOnlyList<string> Plugins { get; init; } = [];

    /// <summary>Tasks after which the process is replaced, or null.</summary>
    public long? MaxTasks { get; init; }

    /// <summary>Resident bytes beyond which it is, or null.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Whether a task may end the process on purpose.</summary>
    public bool AllowCrashes { get; init; }

    /// <summary>The same, as arguments of a node.</summary>
    public IEnumerable<string> ToNodeArguments()
    {
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        List<string> arguments = ["--name", Name, "--host", Host, "--port", Ports.ToString(), "--slots", Slots.ToString(culture), "--io-limit", IoLimit.ToString(culture)];
        foreach (var folder in Plugins) arguments.AddRange(["--plugins", folder]);
        if (MaxTasks is { } most) arguments.AddRange(["--max-tasks", most.ToString(culture)]);
        if (MemoryLimit is { } limit) arguments.AddRange(["--memory-limit", limit.ToString(culture)]);
        if (AllowCrashes) arguments.Add("--allow-crashes");
        return arguments;
    }
}
