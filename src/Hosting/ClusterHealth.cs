using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ActorCompute;

/// <summary>How well a cluster is, from what was seen of it.</summary>
internal static class ClusterHealth
{
    /// <param name="seen">What was seen.</param>
    /// <param name="failure">What the registration calls a failure.</param>
    public static HealthCheckResult Judge(ClusterSeen seen, HealthStatus failure)
    {
        if (seen.Report is not { } report) return new(failure, seen.Reason, seen.Error);
        var workers = report.Workers.Count;
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["workers"] = workers,
            ["slots"] = report.Workers.Sum(worker => worker.Slots),
            ["busy"] = report.Workers.Sum(worker => worker.Busy),
        };
        if (workers == 0) return new(failure, $"no worker is registered at {report.Seed}.", data: data);
        return workers < seen.WorkersToBe
            ? HealthCheckResult.Degraded($"{workers} of {seen.WorkersToBe} workers are registered at {report.Seed}; the others are started again.", data: data)
            : HealthCheckResult.Healthy($"{workers} {(workers == 1 ? "worker is" : "workers are")} registered at {report.Seed}.", data);
    }
}
