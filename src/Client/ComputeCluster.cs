using ActorCompute.Client.Attach;
using ActorCompute.Client.Executor;
using ActorCompute.Client.Functions;
using ActorCompute.Client.Jobs;
using ActorCompute.Client.Journal;
using ActorCompute.Client.Local;
using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Registry;
using ActorCompute.Remoting;
using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace ActorCompute;

/// <summary>
/// A cluster to run jobs on: one of this program's own, started with <see cref="StartLocalAsync"/> and gone with it, or
/// one that stays, reached with <see cref="ConnectAsync"/>. Dispose it to leave; a local one stops.
/// </summary>
public sealed partial class ComputeCluster : IAsyncDisposable
{
    private static readonly TimeSpan ShutdownBound = TimeSpan.FromSeconds(3);

    private readonly ActorSystem _system;
    private readonly IReadOnlyList<HostEndpoint> _seeds;
    private readonly string? _dispatcher;
    private readonly TaskCompletionSource _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IActorRef _attach;
    private readonly ClusterSecret _secret;
    private readonly LocalCluster? _local;
    private readonly RemoteCalls _calls;
    private readonly ILogger _log;
    private readonly SubmitSessions _sessions;
    private volatile string? _lastError;
    private readonly ClientLife _life = new();
    private readonly WorkerLoads _loads = new();
    private ConnectOptions _reach = new();
    private int _disposed;

    private ComputeCluster(ActorSystem system, IReadOnlyList<HostEndpoint> seeds, ClusterSecret secret, LocalCluster? local, FunctionInitializer? initializer, ILogger? log, string? dispatcher = null)
    {
        (_system, _seeds, _secret, _local, _calls, _log, _dispatcher) = (system, seeds, secret, local, new(initializer), GuardedLogger.Of(log), dispatcher);
        _sessions = new(StartActor, _log);
        _shared = new(system);
        var attached = _attached;
        _ = system.WhenTerminated.ContinueWith(_ => Break("its actor system has ended"), TaskScheduler.Default);
        system.ActorOf(SeedErrors.PropsFor(seeds, OnSeedError), "seed-errors");
        _attach = system.ActorOf(AttachActor.PropsFor(_life.Id, seeds, secret, attached, Break), "attach");
    }

    /// <summary>Starts workers as processes of their own on this machine, with a seed to find them, and waits until all have registered.</summary>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="workers">Worker processes, instead of those that the options say.</param>
    /// <param name="cancellation">Gives up early.</param>
    /// <exception cref="ClusterUnavailableException">They did not start in time; the message says what was seen.</exception>
    /// <exception cref="InputException">An option or the TLS certificate cannot be used.</exception>
    public static async Task<ComputeCluster> StartLocalAsync(LocalClusterOptions? options = null, int? workers = null, CancellationToken cancellation = default)
    {
        options ??= new();
        if (workers is { } count) options = options with { Workers = count };
        if (OpenFiles.Shortage(options.Workers) is { } shortage) throw new ClusterUnavailableException(shortage);
        var secret = options.Secret is { } text ? ClusterSecret.FromText(text) : ClusterSecret.Create();
        var tls = TlsCertificate.Find(options.TlsCertificateFile, options.TlsPassword);
        // Before all else here: the processes take longest.
        var local = LocalCluster.Start(options, secret, tls);
        ComputeCluster? cluster = null;
        try
        {
            var seed = await local.SeedStarted.WaitAsync(Limits.OrForever(options.StartTimeout), cancellation).ConfigureAwait(false);
            var inside = local.SeedInside is { } node ? await node.ConfigureAwait(false) : null;
            var system = inside?.System ?? SystemConfig.CreateSystem(SystemConfig.Peer(HostEndpoint.Loopback, secret, tls));
            cluster = new(system, [seed], secret, local, options.Initializer?.Function, options.Logger)
            {
                _reach = new() { Secret = secret.Text, TlsCertificateFile = options.TlsCertificateFile, TlsPassword = options.TlsPassword },
            };
            cluster.Hear(local, inside);
            await cluster._attached.Task.WaitAsync(Limits.OrForever(options.StartTimeout), cancellation).ConfigureAwait(false);
            await local.UnlessFailedAsync(cluster.WaitForWorkersAsync(options.Workers, options.StartTimeout, cancellation)).ConfigureAwait(false);
            ClientLog.Attached(cluster._log, cluster.Seed);
            return cluster;
        }
        catch (Exception e)
        {
            var seen = local.LastWords;
            if (cluster is not null) await cluster.DisposeAsync().ConfigureAwait(false);
            else await local.DisposeAsync().ConfigureAwait(false);
            if (e is TimeoutException) throw new ClusterUnavailableException($"the local cluster did not start within {options.StartTimeout.TotalSeconds:F0} s{seen}");
            throw;
        }
    }

    /// <summary>Attaches to a cluster that is running.</summary>
    /// <param name="seed">The seed, <c>HOST:PORT</c>.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Gives up early.</param>
    /// <exception cref="ClusterUnavailableException">No seed answers there, it refuses, or no worker is registered in time.</exception>
    /// <exception cref="InputException">The address, the secret or the TLS certificate cannot be used.</exception>
    public static async Task<ComputeCluster> ConnectAsync(string seed, ConnectOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(seed);
        options ??= new();
        if (OpenFiles.Shortage() is { } shortage) throw new ClusterUnavailableException(shortage);
        var endpoint = HostEndpoint.Parse(seed);
        var secret = options.Secret is { } text ? ClusterSecret.FromText(text) : SecretFile.Find(options.SecretFile);
        var tls = TlsCertificate.Find(options.TlsCertificateFile, options.TlsPassword);
        var system = SystemConfig.CreateSystem(SystemConfig.Peer(new(LocalAddress.Towards(endpoint), 0), secret, tls));
        var cluster = new ComputeCluster(system, [endpoint], secret, null, options.Initializer?.Function, options.Logger) { _reach = options };
        try
        {
            await cluster.WaitForSeedAsync(options.Timeout, cancellation).ConfigureAwait(false);
            await cluster.WaitForWorkersAsync(1, options.Timeout, cancellation).ConfigureAwait(false);
            ClientLog.Attached(cluster._log, cluster.Seed);
            return cluster;
        }
        catch (Exception e)
        {
            await cluster.DisposeAsync().ConfigureAwait(false);
            if (e is TimeoutException) throw new ClusterUnavailableException($"the cluster at {endpoint} has no worker; none registered within {options.Timeout.TotalSeconds:F0} s.");
            throw;
        }
    }

    /// <summary>Status, drain, dump and stop of this cluster.</summary>
    public ClusterAdmin Admin => new(Seed, _reach);

    /// <summary>The seed's address, <c>HOST:PORT</c>: where others connect.</summary>
    public string Seed => _seeds[0].ToString();

    /// <summary>Ends when a local cluster was told to stop by another program (<see cref="ClusterAdmin.StopAsync"/>). Never for one that was there.</summary>
    public Task Stopped => _local?.Stopped ?? Task.Delay(Timeout.Infinite);

    /// <summary>The worker processes of a local cluster; empty for one that was there.</summary>
    public IReadOnlyList<LocalWorker> Workers => _local?.Workers ?? [];

    /// <summary>Why this client cannot go on; null while it can.</summary>
    internal string? Fault => _life.Fault;

    /// <summary>Starts more workers of a local cluster; running jobs use them as soon as they have registered.</summary>
    /// <exception cref="InvalidOperationException">The cluster is not this program's own.</exception>
    public IReadOnlyList<LocalWorker> AddWorkers(int count) => OwnCluster.Add(count);

    /// <summary>Ends a worker of a local cluster; what it runs is run by others. Its process has ended when this returns.</summary>
    /// <exception cref="InvalidOperationException">The cluster is not this program's own.</exception>
    /// <exception cref="ArgumentException">The worker is none of it, or was removed.</exception>
    public Task RemoveWorkerAsync(LocalWorker worker)
    {
        ArgumentNullException.ThrowIfNull(worker);
        return OwnCluster.RemoveAsync(worker);
    }

    /// <summary>Runs a job on all workers, those that join later included: <c>await foreach (var row in cluster.Run(Bam.Scan(path)))</c>.</summary>
    /// <param name="job">The job: a built-in one (<c>Bam.Scan</c>, <c>Primes.List</c>), or <c>With</c> of a kind of your own.</param>
    /// <param name="options">Order, chunk size, retries, time-outs, journal.</param>
    /// <param name="cancellation">Ends the job.</param>
    /// <returns>Its rows, as they are ready.</returns>
    /// <exception cref="InputException">The input cannot be used, or an option is out of range; nothing was run.</exception>
    /// <exception cref="JournalException">The journal is another job's, damaged, in use, or cannot be written.</exception>
    public RunningJob<TRow> Run<TRow>(Job<TRow> job, JobOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        var plan = job.Plan(cancellation);
        if (options?.JournalFolder is not { } folder) return new(job, Start(job, plan, options), null, plan.Notes, cancellation);
        var journal = JobJournal.Open(folder, job, plan);
        try
        {
            var run = journal.IsComplete ? RunningJob.Replay(job, plan, journal) : Start(job, plan, options with { Journal = journal });
            return new(job, run, journal, [.. plan.Notes, .. journal.Notes.Select(text => new Note(text))], cancellation);
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Runs a job that has one answer: <c>await cluster.Run(Primes.Count(1, 10_000_000_000))</c>.</summary>
    /// <inheritdoc cref="Run{TRow}(Job{TRow},JobOptions,CancellationToken)"/>
    /// <returns>The answer, to be awaited.</returns>
    public RunningAnswer<TAnswer> Run<TAnswer>(AnswerJob<TAnswer> job, JobOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        return new(Run(job.Job, options, cancellation));
    }

    /// <summary>Starts a job on all workers, those that join later included.</summary>
    /// <exception cref="InputException">The job's plan refuses its input; nothing was run.</exception>
    internal RunningJob Start(Job job, JobOptions? options = null, CancellationToken cancellation = default) =>
        Start(job, job.Plan(cancellation), options);

    /// <summary>Starts a job whose plan was made before.</summary>
    internal RunningJob Start(Job job, JobPlan<ReadOnlyMemory<byte>> plan, JobOptions? options = null)
    {
        options ??= new();
        options.Check();
        if (options.Journal is not null) options = options with { LargestResult = Math.Min(options.LargestResult, JournalFormat.LargestResult) };
        var run = new RunningJob(job, plan, options);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        run.Stream.OpenJournal();
        run.Stream.Started(StartActor(run.Stream));
        return run;
    }

    /// <summary>Ends when so many workers have registered.</summary>
    /// <exception cref="TimeoutException">They did not in time.</exception>
    public async Task WaitForWorkersAsync(int count, TimeSpan timeout, CancellationToken cancellation = default)
    {
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var counter = _system.ActorOf(WorkerCounter.PropsFor(_attach, count, enough));
        try
        {
            await enough.Task.WaitAsync(Limits.OrForever(timeout), cancellation).ConfigureAwait(false);
        }
        finally
        {
            _system.Stop(counter);
        }
    }

    /// <summary>
    /// Ends the use of the cluster in order: first what was submitted, then the cluster as <see cref="DisposeAsync"/> does. From the call
    /// on nothing more can be submitted; who does not await it goes on at once. A map that is being enumerated is not waited for.
    /// </summary>
    /// <param name="pending">What becomes of calls that no worker has begun.</param>
    public async Task ShutdownAsync(PendingCalls pending = PendingCalls.Finish)
    {
        _sessions.Close();
        if (pending == PendingCalls.Cancel)
        {
            foreach (var future in _sessions.Outstanding().Where(future => !future.IsRunning)) future.Cancel();
        }

        await FinishAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Leaves the cluster at once; a local one stops, and every process of it has ended when this returns. What was submitted
    /// and is not done is cancelled: await it before, or use <see cref="ShutdownAsync"/>.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _life.Close();
        if (_local is not null)
        {
            // Jobs end with their cluster: nobody is left to be told.
            _ = _system.Terminate();
            await _local.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            await ProgramLifetime.ShutDownAsync(_system, ShutdownBound).ConfigureAwait(false);
        }

        ClientLog.Left(_log, Seed);
    }

    /// <summary>What the keeper of the workers sees, who waits for them is told at once.</summary>
    private void Hear(LocalCluster local, SeedNode? inside)
    {
        inside?.Broken.ContinueWith(why => Break(why.Result), TaskScheduler.Default);
        local.OnWorkerEnded = ended =>
        {
            inside?.Registry.Tell(ended, ActorRefs.NoSender);
            _attach.Tell(ended, ActorRefs.NoSender);
        };
    }

    private LocalCluster OwnCluster => _local ?? throw new InvalidOperationException("this cluster was there before; its workers are started and stopped where they run.");

    private async Task FinishAsync()
    {
        var outstanding = _sessions.Outstanding();
        await outstanding.WaitAsync().ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
    }

    private IActorRef StartActor(IJobRun run)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        if (_life.Fault is not null) throw _life.WhyJobsEnd;
        var props = JobActor.PropsFor(run, _secret, _attach, TimeProvider.System, _log, _life, _loads);
        return _dispatcher is null ? _system.ActorOf(props) : StartNested(props.WithDispatcher(_dispatcher));
    }

    /// <summary>A part that nothing here works without has ended: whoever waits is told, instead of waiting for ever.</summary>
    private void Break(string why)
    {
        if (!_life.Break(why)) return;
        ClientLog.Broke(_log, why);
        _attached.TrySetException(_life.WhyJobsEnd);
        _system.EventStream.Publish(ClientBroke.Instance);
    }

    private void OnSeedError(SeedError error)
    {
        _lastError = error.Reason;
        if (error.IsRefusal) _attached.TrySetException(new ClusterUnavailableException($"the seed at {error.Seed} refuses: {error.Reason}."));
    }

    private async Task WaitForSeedAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        try
        {
            await _attached.Task.WaitAsync(Limits.OrForever(timeout), cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            var lastTry = _lastError is { } error ? $" The last try: {error}" : "";
            throw new ClusterUnavailableException($"no seed answers at {Seed} within {timeout.TotalSeconds:F0} s; is it running, and is the address right?{lastTry}");
        }
    }
}
