using ActorCompute.Chaos.History;
using ActorCompute.Chaos.Support;

namespace ActorCompute.Chaos.Jobs;

/// <summary>A job on a cluster of processes to which something is done, and the check of its history at the end.</summary>
internal sealed class ChaosRun : IAsyncDisposable
{
    // The keeper's pause of up to 5 s, and a start on a machine that is busy.
    private static readonly TimeSpan BackLimit = TimeSpan.FromSeconds(30);

    private readonly TestFolder _folder = new();
    private ComputeCluster? _client;
    private Task _running = Task.CompletedTask;
    private int _reported;

    private ChaosRun(TestCluster cluster)
    {
        Cluster = cluster;
        Recorder = new(Directory.CreateDirectory(_folder.PathOf("events")).FullName);
    }

    public TestCluster Cluster { get; }

    public HistoryRecorder Recorder { get; }

    /// <summary>Tasks with an outcome.</summary>
    public int Reported => Volatile.Read(ref _reported);

    /// <summary>The job has ended, one way or the other.</summary>
    public bool HasEnded => _running.IsCompleted;

    /// <summary>Starts a cluster whose workers w1, w2, … have one slot each.</summary>
    public static async Task<ChaosRun> StartAsync(int workers, params IReadOnlyList<string> arguments) =>
        new(await TestCluster.StartAsync(workers, slots: 1, [.. ChaosJob.WorkerArguments, .. arguments]));

    /// <summary>On a cluster that is there, which this ends.</summary>
    public static ChaosRun On(TestCluster cluster) => new(cluster);

    public string PathOf(string name) => _folder.PathOf(name);

    /// <summary>Attaches and begins the job.</summary>
    public async Task BeginAsync(ChaosJob job, JobOptions? options = null)
    {
        _client = await Cluster.ConnectAsync(RunningProgram.Limit, Recorder);
        await _client.WaitForWorkersAsync(Cluster.Workers.Count, RunningProgram.Limit);
        var prepared = job.Prepare(Recorder.Folder);
        var plan = prepared.Plan(CancellationToken.None);
        _running = ReadAsync(_client.Start(prepared, plan with { Tasks = plan.Tasks.Select(Drawn) }, options));
    }

    /// <summary>Waits until so many tasks have their outcome.</summary>
    public Task UntilReportedAsync(int count) => Poll.UntilAsync($"{count} tasks reported ({ChaosForm.Sown})", RunningProgram.Limit, () => HasEnded || Reported >= count, () => $"{Reported} are.");

    /// <summary>Waits for the job's end.</summary>
    public async Task UntilEndedAsync(TimeSpan? limit = null)
    {
        await Poll.UntilAsync($"the end of the job ({ChaosForm.Sown})", limit ?? RunningProgram.Limit, () => HasEnded, () => $"{Reported} are reported. {Keepers()}");
        await _running;
    }

    /// <summary>Runs small jobs until every worker has taken part in one.</summary>
    public async Task UntilAllWorkAsync()
    {
        var seen = new HashSet<string>();
        await Poll.UntilAsync($"work on every worker ({ChaosForm.Sown})", BackLimit, async () =>
        {
            // They write into a folder of their own: the history is of the first job alone.
            var job = new ChaosJob(10 * Cluster.Workers.Count, TimeSpan.FromMilliseconds(10)).Prepare(Directory.CreateDirectory(_folder.PathOf("after")).FullName);
            await foreach (var outcome in _client!.Start(job).ReadOutcomesAsync()) seen.Add(outcome.Run.Worker);
            return seen.Count == Cluster.Workers.Count;
        }, () => $"Seen: {string.Join(", ", seen)}. {Keepers()}");
    }

    /// <summary>The process of a worker's node, if it has one now.</summary>
    public int? NodeOf(int worker)
    {
        var keeper = Cluster.Workers[worker];
        return keeper.Family.Where(id => id != keeper.Id).ToList() is [var node] ? node : null;
    }

    /// <summary>Writes down that a worker is struck, just before it is.</summary>
    public TimeSpan Strikes(int worker, int process)
    {
        var at = HistoryRecorder.Now;
        Recorder.Add(new HistoryEvent.Struck(at, $"w{worker + 1}", process));
        return at;
    }

    /// <summary>Waits until all slots are free, ends the cluster, checks the history, and prints and keeps the figures.</summary>
    public async Task<HistoryFindings> FinishAsync(ScenarioFigures figures, HistoryExpectation expected)
    {
        var ended = HistoryRecorder.Now;
        var busy = await FreeSlotsAsync(ended);
        if (_client is not null) await _client.DisposeAsync();
        var findings = HistoryChecker.Check(Recorder.Read(), expected, new(busy, await Cluster.StopAsync()));
        figures.Write(expected.Values.Count, findings);
        Assert.True(findings.Violations.Count == 0, $"{string.Join("; ", findings.Violations)} ({ChaosForm.Sown}). {Keepers()}");
        return findings;
    }

    /// <summary>Waits until every worker has said, after a moment, that it runs nothing.</summary>
    /// <returns>The slots that are busy when patience ends: none, if all is well.</returns>
    public async Task<int> FreeSlotsAsync(TimeSpan after)
    {
        IReadOnlyList<WorkerReport> workers = [];
        try
        {
            await Poll.UntilAsync("free slots", BackLimit, async () =>
            {
                workers = (await new ClusterAdmin(Cluster.Address, new() { Secret = TestCluster.Secret }).StatusAsync()).Workers;
                return workers.Count == Cluster.Workers.Count && workers.All(worker => worker.Busy + worker.BusyIo == 0 && worker.Silent < HistoryRecorder.Now - after);
            });
            return 0;
        }
        catch (TimeoutException) when (workers.Count == Cluster.Workers.Count)
        {
            return workers.Sum(worker => worker.Busy + worker.BusyIo);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message} {workers.Count} of {Cluster.Workers.Count} workers are registered ({ChaosForm.Sown}). {Keepers()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null) await _client.DisposeAsync();
        await Cluster.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>What the keepers said, for a message.</summary>
    public string Keepers() => $"Keepers: {string.Join(" | ", Cluster.Workers.SelectMany(worker => worker.Error.Lines))}";

    private ReadOnlyMemory<byte> Drawn(ReadOnlyMemory<byte> task, int number)
    {
        Recorder.Add(new HistoryEvent.Drawn(HistoryRecorder.Now, number));
        return task;
    }

    private async Task ReadAsync(RunningJob job)
    {
        await foreach (var outcome in job.ReadOutcomesAsync())
        {
            Recorder.Add(new HistoryEvent.Reported(HistoryRecorder.Now, outcome.Number, outcome.Failure is null ? ValueCodec<long>.Instance.Read(outcome.Result.Span) : 0, outcome.Failure?.Cause));
            Interlocked.Increment(ref _reported);
        }
    }
}
