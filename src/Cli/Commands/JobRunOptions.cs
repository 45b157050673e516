using System.CommandLine;
using ActorCompute.Cli.Output;
using ActorCompute.Cli.Running;
using ActorCompute.Client;
using ActorCompute.Hosting;

namespace ActorCompute.Cli.Commands;

/// <summary>The options of every verb that runs a job: where it runs, and how its answer looks.</summary>
internal sealed class JobRunOptions
{
    private readonly Option<int?> _workers = new("--workers", "-w") { Description = "Worker processes of an own cluster on this machine; the default is one for each core." };

    private readonly Option<int> _slots = new("--slots") { Description = "Tasks that each of these workers runs at a time.", DefaultValueFactory = _ => 1 };

    private readonly Option<string?> _cluster = new("--cluster") { Description = $"Run on a cluster that is there: its seed, HOST:PORT. Default: {JobTarget.ClusterVariable}, if that is set." };

    private readonly Option<string?> _secretFile = new("--secret-file") { Description = "With --cluster: the file with the cluster's secret." };

    private readonly Option<int?> _ioLimit = new("--io-limit") { Description = "Tasks that wait (I/O) which each of these workers runs at a time; the default is 1024." };

    private readonly Option<string[]> _plugins = new("--plugins") { Description = "Folder with assemblies that bring job kinds, for this command and its own workers; may be repeated.", AllowMultipleArgumentsPerToken = false };

    private readonly Option<int> _retries = new("--retries") { Description = "Times that a task is tried again after an exception, with growing pauses.", DefaultValueFactory = _ => 0 };

    private readonly Option<int?> _maxInFlight = new("--max-in-flight") { Description = "Tasks with workers at a time, over the whole cluster, at most." };

    private readonly Option<string?> _out = new("--out", "-o") { Description = "File for the answer instead of standard output; its ending says the format, if --format does not." };

    private readonly Option<string?> _tlsCertificate = TlsCertificate.CreateOption();

    private readonly Option<OutputFormat?> _format = new("--format") { Description = "How the answer is written; the default is table on a terminal and tsv elsewhere." };

    private readonly Option<bool> _ordered = new("--ordered") { Description = "Rows in the order of the plan instead of the order of completion." };

    private readonly Option<ProgressMode> _progress = new("--progress") { Description = "Progress on standard error: auto is a bar on a terminal and nothing elsewhere.", DefaultValueFactory = _ => ProgressMode.Auto };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _workers, _slots, _cluster, _secretFile, _tlsCertificate, _ioLimit, _plugins, _retries, _maxInFlight, _format, _out, _ordered, _progress }) command.Options.Add(option);
    }

    /// <summary>The plug-in folders, which are needed before everything else can be read.</summary>
    public IReadOnlyList<string> PluginsOf(ParseResult parsed) => parsed.GetValue(_plugins) ?? [];

    /// <exception cref="InputException">Options contradict each other or are out of range.</exception>
    public JobRunSettings Read(ParseResult parsed)
    {
        var workers = parsed.GetValue(_workers);
        var slots = parsed.GetValue(_slots);
        if (workers is < 1 or > 1024) throw new InputException($"--workers {workers}: give 1 to 1024.");
        if (slots is < 1 or > 1024) throw new InputException($"--slots {slots}: give 1 to 1024.");
        var cluster = parsed.GetValue(_cluster);
        if (cluster is not null && workers is not null) throw new InputException("--workers starts an own cluster and --cluster uses one that is there; give one of them.");
        // Workers asked for by number are an own cluster, whatever the environment says.
        cluster ??= workers is null && Environment.GetEnvironmentVariable(JobTarget.ClusterVariable) is { Length: > 0 } variable ? variable : null;
        var ioLimit = parsed.GetValue(_ioLimit);
        if (ioLimit is < 1 or > 2048) throw new InputException($"--io-limit {ioLimit}: give 1 to 2048.");
        var retries = parsed.GetValue(_retries);
        if (retries < 0) throw new InputException($"--retries {retries}: give 0 or more.");
        var inFlight = parsed.GetValue(_maxInFlight);
        if (inFlight < 1) throw new InputException($"--max-in-flight {inFlight}: give 1 or more.");
        var target = new JobTarget(workers, slots, cluster, parsed.GetValue(_secretFile), parsed.GetValue(_tlsCertificate)) { IoLimit = ioLimit, Plugins = PluginsOf(parsed) };
        return new(target, parsed.GetValue(_format), parsed.GetValue(_ordered), parsed.GetValue(_progress))
        {
            Out = parsed.GetValue(_out),
            Options = new() { MaxInFlight = inFlight ?? int.MaxValue, Retry = RetryPolicy.None with { MaxRetries = retries } },
        };
    }
}
