using ActorCompute.Processes;
using Microsoft.Extensions.Logging;

namespace ActorCompute;

/// <summary>A cluster of processes on this machine.</summary>
public sealed record LocalClusterOptions
{
    private const int MostSlots = 1024;
    private const int MostIo = 2048;
    private const long LeastMemory = 64 << 20;

    /// <summary>Worker processes, 1 to 1024. Default: one for each core.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Tasks that each worker runs at a time, 1 to 1024. Default: 1.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>Tasks that wait (I/O) which each worker runs at a time, 1 to 2048. Default: 1024.</summary>
    public int IoLimit { get; init; } = 1024;

    /// <summary>
    /// What each worker has beside slots, for tasks with <see cref="JobOptions.Needs"/>: <c>Resources.Of(("gpu", 1))</c>. Only counted:
    /// nothing keeps a task to what it reserved, not even memory (see <see cref="MemoryLimit"/>). Default: nothing.
    /// </summary>
    public Resources Resources { get; init; } = Resources.None;

    /// <summary>Folders with assemblies that bring job kinds. Default: none; functions of this program need none.</summary>
    public IReadOnlyList<string> Plugins { get; init; } = [];

    /// <summary>What is called once in each worker process before the first function of this program runs there.</summary>
    public WorkerInitializer? Initializer { get; init; }

    /// <summary>A worker process that has begun so many tasks is replaced by a fresh one. Default: never.</summary>
    public int? MaxTasksPerWorker { get; init; }

    /// <summary>Bytes of memory (resident) beyond which a worker process takes no further task and is replaced, at least 64 MiB. Default: no limit.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>What the running tasks of a worker that is removed or drained may still take. Default: 30 s.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Lets the kind <c>crash</c> end worker processes; for tests and experiments. Default: false.</summary>
    public bool AllowCrashes { get; init; }

    /// <summary>Lets the kind <c>command</c> run any program of this machine. Default: null, which lets it unless there is a <see cref="Secret"/>, by which others can use the cluster too.</summary>
    public bool? AllowCommands { get; init; }

    /// <summary>
    /// The workers run built-in kinds alone, and refuse functions; their processes then start faster. Not together with
    /// <see cref="Plugins"/>. Default: false.
    /// </summary>
    public bool BuiltInOnly { get; init; }

    /// <summary>The seed's port, for others to connect to. Default: 0, a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// The seed is a process of its own, which is started again when it ends; for a cluster that others use and whose keeper
    /// should do nothing else. Default: false, it is a part of this process, which the cluster ends with anyhow: a third of
    /// the time until the first result of a small cluster is saved, and 60 MB.
    /// </summary>
    public bool SeparateSeed { get; init; }

    /// <summary>The cluster's secret. Default: a new one that nobody else knows, so that only this program can use the cluster.</summary>
    public string? Secret { get; init; }

    /// <summary>A PKCS#12 file (.pfx) with the certificate and key to speak TLS with; default: the one that <c>ACTORCOMPUTE_TLS_CERTIFICATE</c> names, else connections are plain.</summary>
    public string? TlsCertificateFile { get; init; }

    /// <summary>That file's password; default: from <c>ACTORCOMPUTE_TLS_PASSWORD</c>.</summary>
    public string? TlsPassword { get; init; }

    /// <summary>Told of the cluster's and the jobs' events: attaching, jobs that begin and end, workers lost, failures. Default: nobody.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>How long to wait until all have registered. Default: 30 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Called with what a person should see: a worker that died and is started again, lines that it wrote to standard error.</summary>
    public Action<string>? OnNotice { get; init; }

    /// <summary>Called with a worker's name and each line that what runs there writes to standard output. Default: nobody, the lines are dropped.</summary>
    public Action<string, string>? OnOutput { get; init; }

    /// <exception cref="InputException">A value is out of range.</exception>
    internal void Check()
    {
        if (Workers is < 1 or > 1024) throw new InputException($"{Workers} workers: a local cluster has 1 to 1024.");
        if (Slots is < 1 or > MostSlots) throw new InputException($"{Slots} slots: a worker has 1 to {MostSlots}.");
        if (IoLimit is < 1 or > MostIo) throw new InputException($"an I/O limit of {IoLimit}: give 1 to {MostIo}.");
        if (Resources is null) throw new InputException("Resources is null; Resources.None is none.");
        if (DrainTimeout <= TimeSpan.Zero) throw new InputException("the drain time-out is nothing; give more.");
        if (DrainTimeout > Duration.Longest) throw new InputException($"the drain time-out is longer than {Duration.Longest.TotalDays:0} days; give less.");
        if (Limits.IsNegative(StartTimeout)) throw new InputException("the start time-out is negative; give 0 or more.");
        if (Plugins is null) throw new InputException("the plug-in folders are null; an empty list is none.");
        if (Port is < 0 or > 65535) throw new InputException($"port {Port}: give 0 to 65535.");
        if (MaxTasksPerWorker < 1) throw new InputException($"{MaxTasksPerWorker} tasks for each worker process: give 1 or more.");
        if (MemoryLimit < LeastMemory) throw new InputException($"a memory limit of {MemoryLimit} bytes: give {LeastMemory} or more; an idle worker takes about 50 MB.");
        if (BuiltInOnly && Plugins.Count > 0) throw new InputException("built-in kinds alone, and plug-ins: choose one.");
        if (Plugins.FirstOrDefault(folder => !Directory.Exists(folder)) is { } missing) throw new InputException($"the plug-in folder {missing} is not there.");
    }
}
