using ActorCompute.Client.Attach;
using ActorCompute.Messages;

namespace ActorCompute;

/// <summary>What of a running job is where, as its client's account has it: for a job that seems stuck.</summary>
/// <param name="Job">The job, and how far it is.</param>
/// <param name="Waiting">Tasks that wait for a worker with room.</param>
/// <param name="Delayed">Tasks that wait out the pause before a retry.</param>
/// <param name="Isolated">Tasks that wait for a worker that has nothing else to do, since workers died while they ran.</param>
/// <param name="Resent">Attempts after a task's first.</param>
/// <param name="Late">Answers to tasks that had their outcome.</param>
/// <param name="Workers">Workers that have the job open.</param>
/// <param name="Tasks">Tasks with workers, at most 1000.</param>
public sealed record JobDumpReport(JobReport Job, long Waiting, long Delayed, long Isolated, long Resent, long Late, IReadOnlyList<DumpedWorker> Workers, IReadOnlyList<DumpedTask> Tasks)
{
    /// <summary>Why nothing is sent, in words; null while tasks flow, or none is left to send.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>Asks the client that runs a job; the seed says where that is.</summary>
    /// <param name="seed">The seed, <c>HOST:PORT</c>.</param>
    /// <param name="job">The job's id, or the beginning of it; null if there is only one.</param>
    /// <param name="options">The secret, and how long to wait.</param>
    /// <param name="cancellation">Gives up early.</param>
    /// <exception cref="ClusterUnavailableException">The seed or the client does not answer, or refuses.</exception>
    /// <exception cref="InputException">There is no such job, or there are several.</exception>
    internal static async Task<JobDumpReport> QueryAsync(string seed, string? job = null, ConnectOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new();
        var report = await ClusterReport.QueryAsync(seed, options, cancellation).ConfigureAwait(false);
        var found = report.Clients.SelectMany(client => client.Jobs).Where(candidate => job is null || candidate.Id.StartsWith(job, StringComparison.Ordinal)).ToList();
        if (found.Count != 1)
        {
            var there = string.Join(", ", found.Select(candidate => $"{candidate.Id} ({candidate.Kind})"));
            throw new InputException(found.Count == 0
                ? job is null ? $"the cluster at {seed} runs no job." : $"the cluster at {seed} runs no job {job}; 'actorcompute status' lists them."
                : $"the cluster at {seed} runs {found.Count} such jobs; give the id of one: {there}.");
        }

        var dump = await RegistryCall.AskAsync<JobDump>(
            seed,
            options,
            ProofPurpose.DumpRequest,
            ProofPurpose.JobDump,
            (id, nonce, proof) => new DumpRequest { Id = id, Nonce = nonce, Proof = proof },
            answer => answer.Proof,
            cancellation,
            found[0].Actor).ConfigureAwait(false);
        return new(
            JobReport.Of(dump.Job ?? new()), dump.Waiting, dump.Delayed, dump.Isolated, dump.Resent, dump.Late,
            [.. dump.Workers.Select(worker => new DumpedWorker(worker.Name, worker.Host, worker.ProcessId, worker.Slots, worker.Chunks, TimeSpan.FromTicks(worker.HeardTicks), worker.Leaving))],
            [.. dump.Tasks.Select(task => new DumpedTask(task.Number, task.Attempt, task.Worker, task.Sequence, TimeSpan.FromTicks(task.SentTicks), task.RunningTicks < 0 ? null : TimeSpan.FromTicks(task.RunningTicks), task.WorkerDeaths))])
        {
            WaitsFor = dump.WaitsFor.Length > 0 ? dump.WaitsFor : null,
        };
    }
}

/// <summary>A worker that has the job open.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Host">Its machine.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="Slots">Tasks it runs at a time.</param>
/// <param name="Chunks">Chunks it holds.</param>
/// <param name="LastLease">How long ago it was last heard; after 5 s its tasks run elsewhere.</param>
/// <param name="IsLeaving">It takes no more.</param>
public sealed record DumpedWorker(string Name, string Host, int ProcessId, int Slots, int Chunks, TimeSpan LastLease, bool IsLeaving);

/// <summary>A task with a worker.</summary>
/// <param name="Number">Its number in the plan.</param>
/// <param name="Attempt">Which try this is.</param>
/// <param name="Worker">Where.</param>
/// <param name="Chunk">The chunk it travels in.</param>
/// <param name="Sent">How long ago that was sent.</param>
/// <param name="Running">How long it has run, as the worker said last; null if it has not begun.</param>
/// <param name="WorkerDeaths">Workers that died while it ran.</param>
public sealed record DumpedTask(long Number, int Attempt, string Worker, long Chunk, TimeSpan Sent, TimeSpan? Running, int WorkerDeaths);
