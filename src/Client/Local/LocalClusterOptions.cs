using ActorCompute.Processes;
using Microsoft.Extensions.Logging;

namespace ActorCompute;

/// <summary>A cluster of processes on this machine.</summary>
public sealed record LocalClusterOptions
{
    /// <summary>Worker processes, 1 to 1024. Default: one for each core.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Tasks that each worker runs at a time, 1 to 1024. Default: 1.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>Tasks that wait (I/O) which each worker runs at a time, 1 to 2048. Default: 1024.</summary>
    public int IoLimit { get; init; } = WorkerSettings.DefaultIoLimit;

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
    public TimeSpan DrainTimeout { get; init; } = WorkerSettings.DefaultDrainTimeout;

    /// <summary>The workers have the kind <c>crash</c>, whose tasks end their processes; for tests and experiments. Default: false.</summary>
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

    /// <summary>
    /// Told of the cluster's and the jobs' events: attaching, jobs that begin and end, workers lost, failures; as warnings, what a person
    /// should see of the processes: one that died and is started again, lines that it wrote to standard error. Default: nobody.
    /// </summary>
    public ILogger? Logger { get; init; }

    /// <summary>How long to wait until all have registered. Default: 30 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Called with a worker's name and each line that what runs there writes to standard output. Default: nobody, the lines are dropped.</summary>
    public Action<string, string>? OnOutput { get; init; }

    /// <exception cref="InputException">A value is out of range.</exception>
    internal void Check()
    {
        if (Workers is < 1 or > 1024) throw new InputException($"{Workers} workers: a local cluster has 1 to 1024.");
        if (Limits.IsNegative(StartTimeout)) throw new InputException("the start time-out is negative; give 0 or more.");
        if (Port is < 0 or > 65535) throw new InputException($"port {Port}: give 0 to 65535.");
        OfWorker("").Check();
        if (Plugins.FirstOrDefault(folder => !Directory.Exists(folder)) is { } missing) throw new InputException($"the plug-in folder {missing} is not there.");
    }

    /// <summary>The settings of a worker of this cluster.</summary>
    internal WorkerSettings OfWorker(string name) => new()
    {
        Name = name,
        Slots = Slots,
        IoLimit = IoLimit,
        Plugins = Plugins,
        Resources = Resources,
        MaxTasks = MaxTasksPerWorker,
        MemoryLimit = MemoryLimit,
        DrainTimeout = DrainTimeout,
        BuiltInOnly = BuiltInOnly,
        AllowCrashes = AllowCrashes,
        AllowCommands = AllowCommands ?? Secret is null,
    };
}
