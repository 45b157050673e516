using System.CommandLine;
using ActorCompute.Cli.Output;
using ActorCompute.Cli.Running;
using ActorCompute.Hosting;

namespace ActorCompute.Cli.Commands;

/// <summary>The options of every verb that runs a job: where it runs, and how its answer looks.</summary>
internal sealed class JobRunOptions
{
    private readonly Option<int?> _workers = new("--workers", "-w") { Description = "Worker processes of an own cluster on this machine; the default is one for each core." };

    private readonly Option<int> _slots = new("--slots") { Description = "Tasks that each of these workers runs at a time.", DefaultValueFactory = _ => 1 };

    private readonly Option<string?> _cluster = new("--cluster") { Description = $"Run on a cluster that is there: its seed, HOST:PORT. Default: {JobTarget.ClusterVariable}, if that is set." };

    private readonly Option<string?> _secretFile = new("--secret-file") { Description = "With --cluster: the file with the cluster's secret." };

    private readonly Option<string?> _tlsCertificate = TlsCertificate.CreateOption();

    private readonly Option<OutputFormat?> _format = new("--format") { Description = "How the answer is written; the default is table on a terminal and tsv elsewhere." };

    private readonly Option<bool> _ordered = new("--ordered") { Description = "Rows in the order of the plan instead of the order of completion." };

    private readonly Option<ProgressMode> _progress = new("--progress") { Description = "Progress on standard error: auto is a bar on a terminal and nothing elsewhere.", DefaultValueFactory = _ => ProgressMode.Auto };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _workers, _slots, _cluster, _secretFile, _tlsCertificate, _format, _ordered, _progress }) command.Options.Add(option);
    }

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
        return new(new(workers, slots, cluster, parsed.GetValue(_secretFile), parsed.GetValue(_tlsCertificate)), parsed.GetValue(_format), parsed.GetValue(_ordered), parsed.GetValue(_progress));
    }
}
