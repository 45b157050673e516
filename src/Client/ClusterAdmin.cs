using ActorCompute.Client.Attach;
using ActorCompute.Messages;

namespace ActorCompute;

/// <summary>
/// What a person, or a program that watches, asks of a running cluster: it need not run jobs there. Got from
/// <see cref="ComputeCluster.Admin"/>, or made for any cluster whose secret one has.
/// </summary>
/// <param name="seed">The seed, <c>HOST:PORT</c>.</param>
/// <param name="options">The secret, the certificate, and how long to wait for the seed.</param>
public sealed class ClusterAdmin(string seed, ConnectOptions? options = null)
{
    private readonly ConnectOptions _options = options ?? new();

    /// <summary>The seed, <c>HOST:PORT</c>.</summary>
    public string Seed { get; } = seed ?? throw new ArgumentNullException(nameof(seed));

    /// <summary>The workers, the clients and their jobs, as the seed knows them now.</summary>
    /// <exception cref="ClusterUnavailableException">No seed answers there, or it refuses.</exception>
    /// <exception cref="InputException">The address or the secret cannot be used.</exception>
    public Task<ClusterReport> StatusAsync(CancellationToken cancellation = default) => ClusterReport.QueryAsync(Seed, _options, cancellation);

    /// <summary>What of a running job is where, as its client's account has it: for a job that seems stuck.</summary>
    /// <param name="job">The job's id, or the beginning of it; null if there is only one.</param>
    /// <param name="cancellation">Gives up early.</param>
    /// <exception cref="ClusterUnavailableException">The seed or the job's client does not answer, or refuses.</exception>
    /// <exception cref="InputException">There is no such job, or there are several.</exception>
    public Task<JobDumpReport> DumpAsync(string? job = null, CancellationToken cancellation = default) => JobDumpReport.QueryAsync(Seed, job, _options, cancellation);

    /// <summary>Has a worker finish what it runs, take no more, and leave for good.</summary>
    /// <param name="worker">The worker's name or id.</param>
    /// <param name="cancellation">Gives up early.</param>
    /// <exception cref="ClusterUnavailableException">No seed answers there, or it refuses.</exception>
    /// <exception cref="InputException">There is no worker of that name, or there are several.</exception>
    public async Task DrainAsync(string worker, CancellationToken cancellation = default)
    {
        var answer = await RegistryCall.AskAsync<WorkerDraining>(
            Seed,
            _options,
            ProofPurpose.DrainWorker,
            ProofPurpose.WorkerDraining,
            (id, nonce, proof) => new DrainWorker { Id = id, Nonce = nonce, Proof = proof, Worker = worker },
            reply => reply.Proof,
            cancellation).ConfigureAwait(false);
        if (answer.Workers == 0) throw new InputException($"the cluster at {Seed} has no worker '{worker}'; 'actorcompute status' lists them.");
        if (answer.Workers > 1) throw new InputException($"the cluster at {Seed} has {answer.Workers} workers called '{worker}'; give the id of one, which 'actorcompute status --json' shows.");
    }

    /// <summary>Ends the cluster: its seed, and whatever keeps that, as <c>actorcompute up</c> does, with the workers.</summary>
    /// <exception cref="ClusterUnavailableException">No seed answers there, or it refuses.</exception>
    public Task StopAsync(CancellationToken cancellation = default) =>
        RegistryCall.AskAsync<ClusterStopping>(
            Seed,
            _options,
            ProofPurpose.StopCluster,
            ProofPurpose.ClusterStopping,
            (id, nonce, proof) => new StopCluster { Id = id, Nonce = nonce, Proof = proof },
            answer => answer.Proof,
            cancellation);
}
