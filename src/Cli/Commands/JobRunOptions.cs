using System.CommandLine;
using System.Globalization;
using ActorCompute.Cli.Output;
using ActorCompute.Cli.Running;
using ActorCompute.Processes;
using ActorCompute.Remoting.Transport;

namespace ActorCompute.Cli.Commands;

/// <summary>The options of every verb that runs a job: where it runs, and how its answer looks.</summary>
internal sealed class JobRunOptions
{
    private readonly Option<int?> _workers = new("--workers", "-w") { Description = "Worker processes of a local cluster on this machine; the default is one for each core." };

    private readonly Option<int> _slots = new("--slots") { Description = "Tasks that each of these workers runs at a time.", DefaultValueFactory = _ => 1 };

    private readonly Option<string?> _cluster = new("--cluster") { Description = $"Run on a cluster that is there: its seed, HOST:PORT. Default: {JobTarget.ClusterVariable}, if that is set." };

    private readonly Option<string?> _secretFile = new("--secret-file") { Description = "With --cluster: the file with the cluster's secret." };

    private readonly Option<int?> _ioLimit = new("--io-limit") { Description = "Tasks that wait (I/O) which each of these workers runs at a time; the default is 1024." };

    private readonly Option<string[]> _resources = new("--resource") { Description = "What each of these workers has beside slots: NAME=AMOUNT, a whole number or bytes with KiB, MiB, GiB or TiB (gpu=2, mem=64GiB); may be repeated. Tasks that need some (--needs) reserve it while they run.", AllowMultipleArgumentsPerToken = false };

    private readonly Option<string[]> _needs = new("--needs") { Description = "What each task needs of its worker's resources while it runs: NAME=AMOUNT (gpu=1); may be repeated. Default: what the kind says.", AllowMultipleArgumentsPerToken = false };

    private readonly Option<int> _priority = new("--priority") { Description = "From -100 to 100: a free slot takes a task of the highest priority that waits; lower ones wait as long as there are such.", DefaultValueFactory = _ => 0 };

    private readonly Option<string[]> _plugins = new("--plugins") { Description = "Folder with assemblies that bring job kinds, for this command and its own workers; may be repeated.", AllowMultipleArgumentsPerToken = false };

    private readonly Option<int> _retries = new("--retries") { Description = "Times that a task is tried again after an exception, with growing pauses.", DefaultValueFactory = _ => 0 };

    private readonly Option<string?> _timeout = new("--timeout") { Description = "What one task may take: 500ms, 30s, 2m. One that does not stop then has its worker process replaced." };

    private readonly Option<string?> _grace = new("--grace") { Description = "What a task that was told to stop may still take.", DefaultValueFactory = _ => "2s" };

    private readonly Option<string?> _deadline = new("--deadline") { Description = "What the whole job may take; what is not done then is cancelled." };

    private readonly Option<bool> _failFast = new("--fail-fast") { Description = "Cancel the rest as soon as a task fails." };

    private readonly Option<int> _maxWorkerDeaths = new("--max-worker-deaths") { Description = "A task whose workers died so often fails.", DefaultValueFactory = _ => 3 };

    private readonly Option<int?> _maxInFlight = new("--max-in-flight") { Description = "Tasks with workers at a time, over the whole cluster, at most." };

    private readonly Option<double> _stragglerFactor = new("--straggler-factor") { Description = "When most of a job is done, a task that has run so many times the median is copied to an idle worker, and the first result counts; 0 for never.", DefaultValueFactory = _ => new StragglerPolicy().Factor };

    private readonly Option<string?> _out = new("--out", "-o") { Description = "File for the answer instead of standard output; its ending says the format (.tsv, .csv, .json, .jsonl), if --format does not." };

    private readonly Option<string?> _tlsCertificate = TlsCertificate.CreateOption();

    private readonly Option<OutputFormat?> _format = new("--format") { Description = "How the answer is written; the default is table on a terminal and tsv elsewhere." };

    private readonly Option<bool> _ordered = new("--ordered") { Description = "Rows in the order of the plan instead of the order of completion." };

    private readonly Option<ProgressMode> _progress = new("--progress") { Description = "Progress on standard error: auto is a bar on a terminal and nothing elsewhere.", DefaultValueFactory = _ => ProgressMode.Auto };

    private readonly Option<string?> _journal = new("--journal") { Description = "Record the job and every finished task in this folder, which is made; 'actorcompute resume' goes on from it." };

    private readonly Option<string?> _events = new(EventFile.Option) { Description = "Write what the scheduler does, step by step, into this file: a JSON object a line." };

    public void AddTo(Command command)
    {
        command.Options.Add(_journal);
        AddAllButJournalTo(command);
    }

    /// <summary>For the verb that goes on with a journal.</summary>
    public void AddAllButJournalTo(Command command)
    {
        foreach (var option in new Option[] { _workers, _slots, _cluster, _secretFile, _tlsCertificate, _ioLimit, _resources, _plugins, _needs, _priority, _retries, _timeout, _grace, _deadline, _failFast, _maxWorkerDeaths, _maxInFlight, _stragglerFactor, _format, _out, _ordered, _progress, _events }) command.Options.Add(option);
    }

    private static TimeSpan? Time(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is { } text ? Duration.Parse(option.Name, text) : null;

    /// <summary>The plug-in folders, which are needed before everything else can be read.</summary>
    public IReadOnlyList<string> PluginsOf(ParseResult parsed) => parsed.GetValue(_plugins) ?? [];

    /// <summary>As <see cref="Read"/>, with what a journal kept where the command line says nothing.</summary>
    /// <exception cref="InputException">Options contradict each other or are out of range.</exception>
    public JobRunSettings Read(ParseResult parsed, IReadOnlyDictionary<string, string> kept)
    {
        var settings = Read(parsed);
        var options = settings.Options;
        if (!IsGiven(parsed, _maxInFlight) && Kept(kept, "max-in-flight") is { } inFlight) options = options with { MaxInFlight = inFlight };
        if (!IsGiven(parsed, _priority) && kept.TryGetValue("priority", out var level) && int.TryParse(level, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var priority) && priority is >= -100 and <= 100) options = options with { Priority = priority };
        if (!IsGiven(parsed, _needs) && kept.TryGetValue("needs", out var needs)) options = options with { Needs = ResourcesOption.Read("the journal's needs", needs.Split(' ', StringSplitOptions.RemoveEmptyEntries)) };
        if (!IsGiven(parsed, _retries) && Kept(kept, "retries") is { } retries) options = options with { Retry = options.Retry with { MaxRetries = retries } };
        return settings with
        {
            Options = options,
            Ordered = settings.Ordered || kept.ContainsKey("ordered"),
            Format = settings.Format ?? (settings.Out is null && kept.TryGetValue("format", out var text) && Enum.TryParse<OutputFormat>(text, out var format) && Enum.IsDefined(format) ? format : null),
            Target = settings.Target with { AllowCrashes = kept.ContainsKey("allow-crashes") },
        };
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static int? Kept(IReadOnlyDictionary<string, string> kept, string name) =>
        kept.TryGetValue(name, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : null;

    /// <exception cref="InputException">Options contradict each other or are out of range.</exception>
    public JobRunSettings Read(ParseResult parsed)
    {
        var workers = parsed.GetValue(_workers);
        var slots = parsed.GetValue(_slots);
        if (workers is < 1 or > 1024) throw new InputException($"--workers {workers}: give 1 to 1024.");
        if (slots is < 1 or > WorkerSettings.MaxSlots) throw new InputException($"--slots {slots}: give 1 to {WorkerSettings.MaxSlots}.");
        var cluster = parsed.GetValue(_cluster);
        if (cluster is not null && workers is not null) throw new InputException("--workers starts a local cluster and --cluster uses one that is there; give one of them.");
        // Workers asked for by number are a local cluster, whatever the environment says.
        cluster ??= workers is null && Environment.GetEnvironmentVariable(JobTarget.ClusterVariable) is { Length: > 0 } variable ? variable : null;
        var ioLimit = parsed.GetValue(_ioLimit);
        if (ioLimit is < 1 or > WorkerSettings.MaxIoLimit) throw new InputException($"--io-limit {ioLimit}: give 1 to {WorkerSettings.MaxIoLimit}.");
        var retries = parsed.GetValue(_retries);
        if (retries < 0) throw new InputException($"--retries {retries}: give 0 or more.");
        var inFlight = parsed.GetValue(_maxInFlight);
        if (inFlight < 1) throw new InputException($"--max-in-flight {inFlight}: give 1 or more.");
        var deaths = parsed.GetValue(_maxWorkerDeaths);
        if (deaths < 1) throw new InputException($"--max-worker-deaths {deaths}: give 1 or more.");
        var factor = parsed.GetValue(_stragglerFactor);
        if (factor is not 0 && !(double.IsFinite(factor) && factor >= 1)) throw new InputException(string.Create(CultureInfo.InvariantCulture, $"--straggler-factor {factor}: give 1 or more, or 0 for no copies."));
        var priority = parsed.GetValue(_priority);
        if (priority is < -100 or > 100) throw new InputException($"--priority {priority}: give -100 to 100.");
        if (parsed.GetValue(_out) is "") throw new InputException("--out: the name of the file is empty.");
        if (parsed.GetValue(_events) is "") throw new InputException("--events: the name of the file is empty.");
        if (parsed.GetValue(_journal) is "") throw new InputException("--journal: the name of the folder is empty; name one, which is made.");
        var target = new JobTarget(workers, slots, cluster, parsed.GetValue(_secretFile), parsed.GetValue(_tlsCertificate)) { IoLimit = ioLimit, Resources = ResourcesOption.Read(_resources.Name, parsed.GetValue(_resources)), Plugins = PluginsOf(parsed) };
        return new(target, parsed.GetValue(_format), parsed.GetValue(_ordered), parsed.GetValue(_progress))
        {
            Out = parsed.GetValue(_out),
            Events = parsed.GetValue(_events),
            Journal = parsed.GetValue(_journal) is { } journal ? new(journal) : null,
            Options = new()
            {
                MaxInFlight = inFlight ?? int.MaxValue,
                Retry = RetryPolicy.None with { MaxRetries = retries },
                TaskTimeout = Time(parsed, _timeout),
                Grace = Time(parsed, _grace) ?? TimeSpan.Zero,
                Deadline = Time(parsed, _deadline),
                FailFast = parsed.GetValue(_failFast),
                MaxWorkerDeaths = deaths,
                Needs = parsed.GetValue(_needs) is { Length: > 0 } needs ? ResourcesOption.Read(_needs.Name, needs) : null,
                Priority = priority,
                Stragglers = factor is 0 ? StragglerPolicy.None : new() { Factor = factor },
            },
        };
    }
}
