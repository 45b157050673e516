using System.Globalization;

namespace ActorCompute.Cli.Running;

/// <summary>Tells a person, in every mode of progress, that a job waits for workers and what to do about it, and that it goes on.</summary>
/// <param name="cluster">The seed of the cluster that the job runs on; null for an own one.</param>
/// <param name="write">Where to.</param>
internal sealed class WorkersAbsentNotes(string? cluster, Action<string> write) : IProgress<JobProgress>
{
    private bool _waits;

    // Called by the job's actor, one call after the other.
    public void Report(JobProgress value)
    {
        if (value.WaitsForWorkers == _waits) return;
        _waits = value.WaitsForWorkers;
        if (!_waits)
        {
            // Also at the end of a job that was cancelled while it waited.
            if (value.Workers > 0) write(string.Create(CultureInfo.InvariantCulture, $"the job goes on, on {value.Workers} workers"));
            return;
        }

        write(cluster is null
            ? "warning: there is no worker now; the job goes on as soon as one is back. Ctrl-C ends it"
            : $"warning: the cluster at {cluster} has no worker now; the job waits, and goes on as soon as one registers. Start one with 'actorcompute-worker --seed {cluster}'; Ctrl-C ends the job");
    }
}
