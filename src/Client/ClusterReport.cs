using ActorCompute.Client.Attach;
using ActorCompute.Messages;

namespace ActorCompute;

/// <summary>What a seed knows of its cluster at one moment.</summary>
/// <param name="Seed">Its address, <c>HOST:PORT</c>.</param>
/// <param name="Version">Its release.</param>
/// <param name="Engine">Akka.NET with its version.</param>
/// <param name="Age">How long it has run.</param>
/// <param name="Workers">The registered workers.</param>
/// <param name="Clients">The attached clients.</param>
public sealed record ClusterReport(string Seed, string Version, string Engine, TimeSpan Age, IReadOnlyList<WorkerReport> Workers, IReadOnlyList<ClientReport> Clients)
{
    /// <summary>Asks a seed.</summary>
    /// <param name="seed">The seed, <c>HOST:PORT</c>.</param>
    /// <param name="options">The secret, and how long to wait.</param>
    /// <param name="cancellation">Gives up early.</param>
    /// <exception cref="ClusterUnavailableException">No seed answers there, or it refuses.</exception>
    /// <exception cref="InputException">The address or the secret cannot be used.</exception>
    internal static async Task<ClusterReport> QueryAsync(string seed, ConnectOptions? options = null, CancellationToken cancellation = default)
    {
        var status = await RegistryCall.AskAsync<ClusterStatus>(
            seed,
            options ?? new(),
            ProofPurpose.StatusRequest,
            ProofPurpose.ClusterStatus,
            (id, nonce, proof) => new StatusRequest { Id = id, Nonce = nonce, Proof = proof },
            answer => answer.Proof,
            cancellation).ConfigureAwait(false);
        return new(
            status.Seed, status.Version, status.Engine, TimeSpan.FromTicks(status.AgeTicks),
            [.. status.Workers.Select(worker => WorkerReport.Of(worker))],
            [.. status.Clients.Select(client => ClientReport.Of(client))]);
    }
}

/// <summary>A registered worker.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Host">Its machine.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="Incarnation">Which life this is, from 1: one more than it was started again.</param>
/// <param name="Slots">Tasks it runs at a time.</param>
/// <param name="Busy">Slots that run one.</param>
/// <param name="BusyIo">Tasks that wait, under way beside these.</param>
/// <param name="Tasks">Tasks this process has finished.</param>
/// <param name="Version">Its release.</param>
/// <param name="Silent">How long ago it was last heard; these figures are of then.</param>
/// <param name="Id">What the cluster knows it by, over all its incarnations.</param>
public sealed record WorkerReport(string Name, string Host, int ProcessId, long Incarnation, int Slots, int Busy, int BusyIo, long Tasks, string Version, TimeSpan Silent, string Id)
{
    /// <summary>How its last process ended, with the last lines that it wrote; null for the first, or where nobody saw it.</summary>
    public string? PreviousEnd { get; init; }

    /// <summary>What it has beside slots.</summary>
    public Resources Resources { get; init; } = Resources.None;

    /// <summary>What of it running tasks hold.</summary>
    public Resources Reserved { get; init; } = Resources.None;

    internal static WorkerReport Of(WorkerStatus status)
    {
        var worker = status.Worker ?? new();
        return new(worker.Name, worker.Host, worker.ProcessId, worker.Incarnation, (int)worker.Slots, (int)worker.Busy, (int)worker.BusyIo, worker.Tasks, worker.Version, TimeSpan.FromTicks(status.SilentTicks), worker.Id)
        {
            PreviousEnd = worker.PreviousEnd is { Length: > 0 } end ? end : null,
            Resources = WorkerResources.Read(worker.Resources),
            Reserved = WorkerResources.Read(worker.Reserved),
        };
    }
}

/// <summary>An attached client.</summary>
/// <param name="Id">What the registry knows it by.</param>
/// <param name="Host">Its machine.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="Version">Its release.</param>
/// <param name="Silent">How long ago it was last heard; its jobs are of then.</param>
/// <param name="Jobs">Its jobs.</param>
public sealed record ClientReport(string Id, string Host, int ProcessId, string Version, TimeSpan Silent, IReadOnlyList<JobReport> Jobs)
{
    internal static ClientReport Of(ClientStatus status) => new(
        status.Id, status.Host, status.ProcessId, status.Version, TimeSpan.FromTicks(status.SilentTicks), [.. status.Jobs.Select(job => JobReport.Of(job))]);
}

/// <summary>A job as its client last told.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="Kind">Its kind; <c>function</c> for a program's own.</param>
/// <param name="Done">Tasks with an outcome, failed ones included.</param>
/// <param name="Failed">Tasks that failed.</param>
/// <param name="InFlight">Tasks with a worker.</param>
/// <param name="Total">All tasks, where that is known.</param>
/// <param name="Age">How long it has run.</param>
public sealed record JobReport(string Id, string Kind, long Done, long Failed, long InFlight, long? Total, TimeSpan Age)
{
    /// <summary>It has had no worker for some seconds.</summary>
    public bool WaitsForWorkers { get; init; }

    internal string Actor { get; init; } = "";

    internal static JobReport Of(JobInfo job) => new(job.Id, job.Kind, job.Done, job.Failed, job.InFlight, job.Total < 0 ? null : job.Total, TimeSpan.FromTicks(job.AgeTicks)) { Actor = job.Actor, WaitsForWorkers = job.WaitsForWorkers };
}
