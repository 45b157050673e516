namespace ActorCompute.Processes;

/// <summary>
/// The settings of a worker, whoever starts it: options of people and of a local cluster become these, and a node gets them in its
/// <see cref="LaunchOrder"/>. Their defaults and ranges are here alone.
/// </summary>
public sealed record WorkerSettings
{
    /// <summary>Tasks that a worker runs at a time at most.</summary>
    public const int MaxSlots = 1024;

    /// <summary>Tasks that wait (I/O) which a worker runs at a time at most.</summary>
    public const int MaxIoLimit = 2048;

    /// <summary>Tasks that wait (I/O) which a worker runs at a time, if nothing else is said.</summary>
    public const int DefaultIoLimit = 1024;

    /// <summary>What running tasks may still take when a worker is to leave, if nothing else is said.</summary>
    public static readonly TimeSpan DefaultDrainTimeout = TimeSpan.FromSeconds(30);

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The address to listen on.</summary>
    public string Host { get; init; } = HostEndpoint.Loopback.Host;

    /// <summary>The ports to choose from; the default is any free one.</summary>
    public PortRange Ports { get; init; }

    /// <summary>Tasks that it runs at a time; the default is one for each core.</summary>
    public int Slots { get; init; } = Environment.ProcessorCount;

    /// <summary>Tasks that wait (I/O) which it runs at a time.</summary>
    public int IoLimit { get; init; } = DefaultIoLimit;

    /// <summary>Folders with kinds and functions of others.</summary>
    public IReadOnlyList<string> Plugins { get; init; } = [];

    /// <summary>What it has beside slots.</summary>
    public Resources Resources { get; init; } = Resources.None;

    /// <summary>Tasks after which the process is replaced, or null.</summary>
    public long? MaxTasks { get; init; }

    /// <summary>Resident bytes beyond which it is, or null.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>What running tasks may still take when the worker is to leave.</summary>
    public TimeSpan DrainTimeout { get; init; } = DefaultDrainTimeout;

    /// <summary>It runs built-in kinds alone: no plug-ins, no functions.</summary>
    public bool BuiltInOnly { get; init; }

    /// <summary>It has the kind <c>crash</c>, whose tasks end the process on purpose.</summary>
    public bool AllowCrashes { get; init; }

    /// <summary>Whether tasks may be programs of this machine. Only who starts the worker can say so: no message does.</summary>
    public bool AllowCommands { get; init; }

    /// <exception cref="InputException">A value is out of range.</exception>
    public void Check()
    {
        if (Slots is < 1 or > MaxSlots) throw new InputException($"{Slots} slots: a worker has 1 to {MaxSlots}.");
        if (IoLimit is < 1 or > MaxIoLimit) throw new InputException($"an I/O limit of {IoLimit}: give 1 to {MaxIoLimit}.");
        if (Plugins is null) throw new InputException("the plug-in folders are null; an empty list is none.");
        if (Resources is null) throw new InputException("Resources is null; Resources.None is none.");
        if (MaxTasks < 1) throw new InputException($"{MaxTasks} tasks for each worker process: give 1 or more.");
        if (MemoryLimit < MemorySize.Least) throw new InputException($"a memory limit of {MemoryLimit} bytes: give {MemorySize.Least} or more; an idle worker takes about 50 MB.");
        if (DrainTimeout <= TimeSpan.Zero) throw new InputException("the drain time-out is nothing; give more.");
        if (DrainTimeout > Duration.Longest) throw new InputException($"the drain time-out is longer than {Duration.Longest.TotalDays:0} days; give less.");
        if (BuiltInOnly && Plugins.Count > 0) throw new InputException("built-in kinds alone, and plug-ins: choose one.");
    }
}
