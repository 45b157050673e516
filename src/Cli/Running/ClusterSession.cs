using ActorCompute.Cli.Output;
using ActorCompute.Processes;

namespace ActorCompute.Cli.Running;

/// <summary>A command that runs jobs, as long as it lasts: where they run, what the person sees, and that Ctrl-C ends them in order.</summary>
internal sealed class ClusterSession(JobRunSettings settings, ProgressDisplay display, Interruption interruption)
{
    public JobRunSettings Settings => settings;

    public ProgressDisplay Display => display;

    public Interruption Interruption => interruption;

    public CancellationToken Cancellation => interruption.Token;

    /// <summary>Runs the command's work.</summary>
    /// <returns>The work's exit status, or that of a command which was interrupted.</returns>
    public static async Task<int> RunAsync(JobRunSettings settings, Func<ClusterSession, Task<int>> work)
    {
        // First of all: a plan alone loads more libraries than some limits allow.
        if (OpenFiles.Shortage() is { } shortage) return CommandLine.Fail(shortage, ExitCodes.NoCluster);
        using var interruption = new Interruption();
        try
        {
            return await work(new(settings, new(settings.Progress), interruption)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return CommandLine.Fail("cancelled", ExitCodes.Cancelled);
        }
    }

    /// <summary>The cluster to run on: the one named, or an own one.</summary>
    /// <param name="tasks">Tasks to come, where known: more processes than tasks would only take time to start.</param>
    public Task<ComputeCluster> OpenClusterAsync(long? tasks)
    {
        var target = settings.Target;
        if (target.Cluster is { } seed) return ComputeCluster.ConnectAsync(seed, new() { SecretFile = target.SecretFile, TlsCertificateFile = target.TlsCertificate }, Cancellation);
        var options = new LocalClusterOptions
        {
            Workers = target.Workers ?? (int)Math.Clamp(tasks ?? long.MaxValue, 1, Environment.ProcessorCount),
            Slots = target.Slots,
            IoLimit = target.IoLimit ?? WorkerSettings.DefaultIoLimit,
            Resources = target.Resources,
            Plugins = target.Plugins,
            BuiltInOnly = target.Plugins.Count == 0,
            AllowCrashes = target.AllowCrashes,
            TlsCertificateFile = target.TlsCertificate,
            Logger = new NoticeLogger(display.Note),
        };
        return ComputeCluster.StartLocalAsync(options, cancellation: Cancellation);
    }
}
