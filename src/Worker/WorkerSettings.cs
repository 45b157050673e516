using System.Globalization;
using ActorCompute.Processes;

namespace ActorCompute.Worker;

/// <summary>What a worker is told.</summary>
internal sealed record WorkerSettings(string Host, PortRange Ports, int Slots, string Name)
{
    /// <summary>The first argument of a node process: not for people, but for a parent that keeps it.</summary>
    public const string NodeVerb = "node";

    /// <summary>Before a node that is to run built-in kinds alone.</summary>
    public const string BuiltInOnlyFlag = "--built-in-only";

    /// <summary>Before a node that may run programs. Only who starts it can say so: no message does.</summary>
    public const string AllowCommandsFlag = "--allow-commands";

    /// <summary>Tasks that wait which it runs at a time.</summary>
    public int IoLimit { get; init; } = 1024;

    /// <summary>Folders with kinds and functions of others.</summary>
    public IReadOnlyList<string> Plugins { get; init; } = [];

    /// <summary>What it has beside slots.</summary>
    public Resources Resources { get; init; } = Resources.None;

    /// <summary>Tasks after which the process is replaced, or null.</summary>
    public long? MaxTasks { get; init; }

    /// <summary>Resident bytes beyond which it is, or null.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>What running tasks may still take when the worker is to leave.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>It runs built-in kinds alone: no plug-ins, no functions.</summary>
    public bool BuiltInOnly { get; init; }

    /// <summary>Whether a task may end the process on purpose.</summary>
    public bool AllowCrashes { get; init; }

    /// <summary>Whether tasks may be programs of this machine.</summary>
    public bool AllowCommands { get; init; }

    /// <summary>The settings that can be used.</summary>
    /// <exception cref="InputException">A value is out of range.</exception>
    public WorkerSettings Checked()
    {
        if (Slots is < 1 or > 1024) throw new InputException($"{Slots} slots: a worker has 1 to 1024.");
        if (IoLimit is < 1 or > 2048) throw new InputException($"--io-limit {IoLimit}: give 1 to 2048.");
        if (BuiltInOnly && Plugins.Count > 0) throw new InputException($"{BuiltInOnlyFlag} and --plugins: choose one.");
        if (MaxTasks < 1) throw new InputException($"--max-tasks {MaxTasks}: give 1 or more.");
        return this;
    }

    /// <summary>Reads what <see cref="ToNodeArguments"/> wrote; what is missing has its default.</summary>
    /// <exception cref="InputException">An argument is none, or out of range.</exception>
    public static WorkerSettings OfNodeArguments(IEnumerable<string> nodeArguments)
    {
        var arguments = new ChildArguments(nodeArguments, ParentPipe.Flag, "--allow-crashes", AllowCommandsFlag, BuiltInOnlyFlag);
        var name = arguments.Optional("--name") ?? $"{Environment.MachineName}-{Environment.ProcessId}";
        return new WorkerSettings(
            arguments.Optional("--host") ?? HostEndpoint.Loopback.Host,
            PortRange.Parse(arguments.Optional("--port") ?? "0"),
            (int)Math.Clamp(arguments.Number("--slots", Environment.ProcessorCount), int.MinValue, int.MaxValue),
            name)
        {
            IoLimit = (int)Math.Clamp(arguments.Number("--io-limit", 1024), int.MinValue, int.MaxValue),
            Plugins = arguments.All("--plugins"),
            Resources = ResourcesOption.Read("--resource", arguments.All("--resource")),
            MaxTasks = arguments.Has("--max-tasks") ? arguments.Number("--max-tasks", 0) : null,
            MemoryLimit = arguments.Optional("--memory-limit") is { } memory ? MemorySize.Parse("--memory-limit", memory) : null,
            DrainTimeout = Duration.Parse("--drain-timeout", arguments.Optional("--drain-timeout") ?? "30s"),
            AllowCrashes = arguments.Has("--allow-crashes"),
            AllowCommands = arguments.Has(AllowCommandsFlag),
            BuiltInOnly = arguments.Has(BuiltInOnlyFlag),
        }.Checked();
    }

    /// <summary>The same, as arguments of a node.</summary>
    public IEnumerable<string> ToNodeArguments()
    {
        var culture = CultureInfo.InvariantCulture;
        List<string> arguments = [ParentPipe.Flag, "--name", Name, "--host", Host, "--port", Ports.ToString(), "--slots", Slots.ToString(culture), "--io-limit", IoLimit.ToString(culture)];
        foreach (var folder in Plugins) arguments.AddRange(["--plugins", folder]);
        foreach (var resource in ResourcesOption.Texts(Resources)) arguments.AddRange(["--resource", resource]);
        if (MaxTasks is { } most) arguments.AddRange(["--max-tasks", most.ToString(culture)]);
        if (MemoryLimit is { } limit) arguments.AddRange(["--memory-limit", limit.ToString(culture)]);
        arguments.AddRange(["--drain-timeout", string.Create(culture, $"{DrainTimeout.TotalMilliseconds:F0}ms")]);
        if (AllowCrashes) arguments.Add("--allow-crashes");
        if (AllowCommands) arguments.Add(AllowCommandsFlag);
        if (BuiltInOnly) arguments.Add(BuiltInOnlyFlag);
        return arguments;
    }
}
