namespace ActorCompute.Scheduling;

/// <summary>
/// What a worker's node decides: which jobs are open and for how long, which chunks it takes and which of them runs next, what it
/// tells its clients, when it leaves and when it ends. Pure: it is told what happened and says what to do.
/// </summary>
/// <remarks>
/// <para>Times are readings of one monotonic clock. Whose turn it is decides <see cref="SlotScheduler"/>.</para>
/// <para>Invariants, checked by <see cref="CheckInvariants"/>: a chunk that is held waits or runs, not both; nothing waits of a job
/// that is closed, or once the node leaves; a slot is free only while nothing may run in it; a closed job is kept for as long as it
/// is being opened or something of it runs.</para>
/// </remarks>
/// <typeparam name="TClient">Refers to a client.</typeparam>
internal sealed partial class NodeCore<TClient>
    where TClient : notnull
{
    // Chunks held beyond those that run, for each slot: the next is there when a slot comes free.
    private const int Prefetch = 1;

    private readonly ResourcePool _resources;
    private readonly SlotScheduler _cpuSlots;
    private readonly SlotScheduler _ioSlots;
    private readonly NodeLimits _limits;

    // Open or being opened, and wanted.
    private readonly Dictionary<JobId, NodeJob<TClient>> _jobs = [];

    // Closed, but being opened, or with chunks in slots.
    private readonly HashSet<NodeJob<TClient>> _closing = [];
    private readonly HashSet<NodeJob<TClient>> _opening = [];
    private readonly Standstill _standstill;
    private long _openings;
    private bool _isWatched;

    /// <param name="limits">What the node was told about itself.</param>
    /// <param name="now">The time.</param>
    public NodeCore(NodeLimits limits, TimeSpan now)
    {
        (_limits, _standstill, _resources) = (limits, new(now), new(limits.Has));
        (_cpuSlots, _ioSlots) = (new(limits.Slots, _resources), new(limits.IoSlots, _resources));
    }

    /// <summary>CPU slots that are busy.</summary>
    public int Busy => _cpuSlots.Busy;

    /// <summary>I/O slots that are busy.</summary>
    public int BusyIo => _ioSlots.Busy;

    /// <summary>What running chunks hold of the node's resources.</summary>
    public Resources Reserved => _resources.Reserved;

    /// <summary>Chunks in slots, also those of jobs that were closed meanwhile.</summary>
    public int Running { get; private set; }

    /// <summary>Tasks that were answered.</summary>
    public long TasksDone { get; private set; }

    /// <summary>Takes in what happened and adds what is to be done.</summary>
    public void Handle(NodeEvent what, TimeSpan now, List<NodeInstruction> instructions)
    {
        switch (what)
        {
            case NodeEvent.OpenAsked<TClient> asked: Open(asked, now, instructions); break;
            case NodeEvent.WorkOpened opened:
                JobOf(opened.Opening).Splits = opened.Splits;
                OnOpened(JobOf(opened.Opening), opened.IsIo, null, now, instructions);
                break;
            case NodeEvent.OpeningFailed failed: OnOpened(JobOf(failed.Opening), false, failed.Reason, now, instructions); break;
            case NodeEvent.ChunkCame<TClient> chunk: OnChunk(chunk, now, instructions); break;
            case NodeEvent.MayBegin<TClient> may: OnMayBegin(may); break;
            case NodeEvent.ChunkDone done: Done(done.Opening, done.Sequence, done.Elapsed, done.Tasks, done.IsBudgetSpent, instructions); break;
            case NodeEvent.LeaseRenewed<TClient> renewed: JobOf(renewed.Job, renewed.Client)?.Lease.Renew(now); break;
            case NodeEvent.ChunkRecalled<TClient> recalled: OnRecall(recalled, instructions); break;
            case NodeEvent.TasksCancelled<TClient> cancelled when JobOf(cancelled.Job, cancelled.Client) is { } job: Cancel(job, cancelled.Numbers, instructions); break;
            case NodeEvent.SplitAsked<TClient> asked when JobOf(asked.Job, asked.Client) is { IsOpen: true, Splits: true } job: instructions.Add(new NodeInstruction.SplitTask(job, asked.Number, asked.Attempt, asked.Pieces)); break;
            case NodeEvent.CloseAsked<TClient> close when JobOf(close.Job, close.Client) is { } job: Close(job, now, instructions); break;
            case NodeEvent.SlotLent lent: Lend(JobOf(lent.Opening)); break;
            case NodeEvent.SlotTakenBack taken: TakeBack(JobOf(taken.Opening)); break;
            case NodeEvent.Disconnected<TClient> closed: OnDisconnected(closed.Which, now); break;
            case NodeEvent.ReportDue: Report(now, instructions); break;
            case NodeEvent.WatchDue watch: Watch(watch, now, instructions); break;
            case NodeEvent.LeaveAsked asked: Drain(asked.Reason, now, instructions); break;
            case NodeEvent.Stopped: CloseAll(now, instructions); break;
        }

        while (TryStart(instructions, out var start)) instructions.Add(new NodeInstruction.RunChunk(start.Opening, start.Sequence, start.IsIo));
    }

    private static NodeJob<TClient> JobOf(JobOpening opening) => (NodeJob<TClient>)opening;

    /// <summary>The job, if it is open or being opened, and this is its client.</summary>
    private NodeJob<TClient>? JobOf(JobId id, TClient client) => _jobs.TryGetValue(id, out var job) && job.Client.Equals(client) ? job : null;

    private SlotScheduler SlotsOf(NodeJob<TClient> job) => job.IsIo ? _ioSlots : _cpuSlots;

    private void OnDisconnected(Func<TClient, bool> which, TimeSpan now)
    {
        foreach (var job in _jobs.Values.Where(job => which(job.Client))) job.Lease.Disconnected(now);
    }

    /// <summary>Tells each client what is held of its job, and closes the jobs of those that do not answer any more.</summary>
    private void Report(TimeSpan now, List<NodeInstruction> instructions)
    {
        if (_standstill.Look(now))
        {
            foreach (var job in _jobs.Values) job.Lease.Renew(now);
        }

        foreach (var job in _jobs.Values.Where(job => job.Lease.HasExpired(now)).ToList()) Close(job, now, instructions);
        AskAgain(instructions);
        foreach (var job in _jobs.Values) instructions.Add(new NodeInstruction.TellReport<TClient>(job.Client, job, job.LastSequence, HeldOf(job)));
    }

    /// <summary>Looks after what runs: memory, the end of a drain, openings, tasks that do not stop.</summary>
    private void Watch(NodeEvent.WatchDue seen, TimeSpan now, List<NodeInstruction> instructions)
    {
        if (_hasEnded) return;
        if (seen.Memory is { } over) OnMemory(over, instructions);
        if (now > _drainUntil) EndNow(_leaving!, instructions);
        MindOpenings(now, instructions);
        if (_hasEnded) return;
        if (seen.Stuck.Count > 0) ReplaceStuck(seen.Stuck, instructions);
        else if (Running == 0 && _opening.Count == 0 && _drainUntil is null) StopWatch(instructions);
    }

    private void WatchWhatRuns(List<NodeInstruction> instructions)
    {
        if (Running + _opening.Count > 0) StartWatch(instructions);
    }

    private void StartWatch(List<NodeInstruction> instructions)
    {
        if (_isWatched) return;
        _isWatched = true;
        instructions.Add(new NodeInstruction.StartWatch());
    }

    private void StopWatch(List<NodeInstruction> instructions)
    {
        if (!_isWatched) return;
        _isWatched = false;
        instructions.Add(new NodeInstruction.StopWatch());
    }
}
