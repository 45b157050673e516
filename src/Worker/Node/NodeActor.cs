using ActorCompute.Hosting;
using ActorCompute.Messages;
using ActorCompute.Worker.Compute;
using ActorCompute.Worker.Nested;
using Akka.Actor;
using Akka.Remote;

namespace ActorCompute.Worker.Node;

/// <summary>
/// The worker towards the rest: registers with the registry, opens jobs, takes chunks and hands them to compute actors
/// as slots come free. Whose turn it is decides <see cref="SlotScheduler"/>.
/// </summary>
internal sealed partial class NodeActor : ControlActor, IWithTimers
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    // A client that is gone, or asks for longer, does not keep a slot from the others beyond this.
    private static readonly TimeSpan LongestGrace = TimeSpan.FromMinutes(10);

    // How often running tasks are looked at: their time-outs are met to this.
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(100);

    // Chunks held beyond those that run, for each slot: the next is there when a slot comes free.
    private const int Prefetch = 1;

    private readonly NodeIdentity _identity;
    private readonly ClusterSecret _secret;
    private readonly KindRegistry _kinds;
    private readonly TaskCompletionSource<NodeEnd> _lost;
    private readonly TimeProvider _time;
    private readonly SlotScheduler _cpuSlots;
    private readonly SlotScheduler _ioSlots;
    private readonly Dictionary<JobId, OpenedJob> _jobs = [];
    private readonly ComputeSlots _cpu;
    private readonly IActorRef _io;

    // One for the life of this actor: with a new one for each message, answers slower than the next message would be strangers.
    private readonly byte[] _nonce = ClusterSecret.CreateNonce();
    private readonly Standstill _standstill;
    private readonly TaskBudget _budget;
    private readonly MemoryWatch _memory;
    private readonly NestedCluster _nested;
    private long _tasksDone;

    // Chunks in slots, also those of jobs that were closed meanwhile.
    private readonly HashSet<ChunkRun> _runs = [];
    private TimeSpan? _drainUntil;

    // Set when it takes no more and ends as soon as what runs has.
    private NodeEnd? _leaving;

    public NodeActor(NodeIdentity identity, ClusterSecret secret, KindRegistry kinds, TaskCompletionSource<NodeEnd> lost, TimeProvider time)
        : base(why => lost.TrySetResult(new(why, PlannedEnd.None)))
    {
        (_identity, _secret, _kinds, _lost, _time) = (identity, secret, kinds, lost, time);
        (_budget, _memory) = (new(identity.Settings.MaxTasks), new(identity.Settings.MemoryLimit));
        (_cpuSlots, _ioSlots) = (new(identity.Settings.Slots), new(identity.Settings.IoLimit));
        _nested = NestedCluster.Of(Context.System, identity.Seeds, secret, identity.Settings.Slots);
        _standstill = new(Now);
        _cpu = new(Context, identity.Settings.Slots, time);
        _io = Context.ActorOf(Props.Create<IoActor>(time), "io");
    }

    public static Props PropsFor(NodeIdentity identity, ClusterSecret secret, KindRegistry kinds, TaskCompletionSource<NodeEnd> lost, TimeProvider time) =>
        Props.Create<NodeActor>(identity, secret, kinds, lost, time);

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _time.GetElapsedTime(0);

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(DisassociatedEvent));
        var self = Self;
        Context.ActorOf(SeedErrors.PropsFor(_identity.Seeds, error => self.Tell(error)), "seed-errors");
        Timers.StartPeriodicTimer(nameof(ReportTick), ReportTick.Instance, ReportInterval);
        Register();
    }

    protected override void Ended()
    {
        foreach (var job in _jobs.Values) job.Close();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Chunk chunk: Take(chunk); break;
            case ChunkDone done: Done(done); break;
            case SlotLent lent: Lend(lent.Job); break;
            case SlotTakenBack taken: SlotsOf(taken.Job).TakeBack(); break;
            case RenewLease renew: JobOf(renew.Job)?.Lease.Renew(Now); break;
            case OpenJob open: Open(open); break;
            case WorkOpened opened: OnOpened(opened); break;
            case CancelTasks cancel: Cancel(cancel); break;
            case RecallChunk recall: GiveBack(recall); break;
            case CloseJob close when JobOf(close.Job) is { } job: Close(job); break;
            case ReportTick: Report(); break;
            case WatchTick: Watch(); break;
            case DisassociatedEvent closed: Disconnected(closed.RemoteAddress); break;
            case RegisterTick: Register(); break;
            case SeedError error: OnSeedError(error); break;
            case WorkerRegistered answer: OnRegistered(answer); break;
            case Refused refused: _lost.TrySetResult(new($"the seed at {_identity.SeedsText} refuses this worker: {refused.Reason}", PlannedEnd.Refused)); break;
            case DrainNode drain: OnDrain(drain); break;
            case StopNode stop: Drain(stop.Reason, _identity.Settings.DrainTimeout); break;
            default: Unhandled(message); break;
        }
    }

    /// <summary>The job, if it is open and the sender is its client.</summary>
    private OpenedJob? JobOf(string id) => _jobs.TryGetValue(new(id), out var job) && job.Client.Equals(Sender) ? job : null;

    private void Take(Chunk chunk)
    {
        // Only from the client that opened it. A chunk of a job that is not open is answered by no report: the client sends it elsewhere.
        if (JobOf(chunk.Job) is not { IsOpen: true } job) return;
        job.Lease.Renew(Now);
        // Numbers rise: one that was there before is a repetition.
        if (chunk.Sequence <= job.LastSequence) return;
        if (_leaving is not null)
        {
            // Sent before the client knew: it goes elsewhere at once.
            Sender.Tell(Unbegun(chunk.Job, chunk.Sequence), Self);
            return;
        }

        job.Received(chunk);
        SlotsOf(job).Add(job.Id, chunk.Sequence);
        HandOut(SlotsOf(job));
    }

    private void GiveBack(RecallChunk recall)
    {
        if (JobOf(recall.Job) is not { IsOpen: true } job || !job.GiveBack(recall.Sequence)) return;
        SlotsOf(job).Remove(job.Id, recall.Sequence);
        Sender.Tell(Unbegun(recall.Job, recall.Sequence), Self);
    }

    private static ChunkReplies Unbegun(string job, long sequence) => new() { Job = job, Sequence = sequence, Complete = true, Unbegun = true };

    private void Cancel(CancelTasks cancel)
    {
        JobOf(cancel.Job)?.Cancel(cancel.Numbers.ToHashSet());
        WatchRuns();
    }

    private void Done(ChunkDone done)
    {
        var slots = SlotsOf(done.Job);
        slots.Done(done.Job.Id, done.Elapsed, done.Job.Depth);
        if (!done.Job.IsIo) _cpu.Done(Sender);
        _tasksDone += done.Tasks;
        if (done.Job.Finished(done.Sequence) is { } run) _runs.Remove(run);
        if (_budget.IsSpent) Leave(new($"it has begun its {_identity.Settings.MaxTasks} tasks.", PlannedEnd.Replaced));
        HandOut(slots);
        EndWhenIdle();
    }

    private void Lend(OpenedJob job)
    {
        SlotsOf(job).Lend();
        HandOut(SlotsOf(job));
    }

    private void MindMemory()
    {
        if (_identity.Settings.MemoryLimit is null || _memory.Look(Now) is not { } over) return;
        Leave(new(over.Reason, PlannedEnd.Replaced));
        if (!over.MustEnd) return;
        foreach (var run in _runs)
        {
            if (run.Running is not { } task) continue;
            Answer(run, task.Number, item => new()
            {
                Number = item.Number,
                Attempt = item.Attempt,
                ElapsedTicks = task.Elapsed.Ticks,
                Error = new() { Kind = TaskErrorKind.OutOfMemory, Message = over.Reason },
            });
        }

        EndNow(new(over.Reason, PlannedEnd.Replaced));
    }

    /// <summary>Takes no more, gives back what waits, and ends when what runs has.</summary>
    private void Leave(NodeEnd end, bool atOnce = false)
    {
        if (_leaving is not null && !atOnce) return;
        _leaving = end;
        foreach (var job in _jobs.Values)
        {
            job.DropWaiting();
            var leaving = new WorkerLeaving { Job = job.Id.Value, Reason = end.Reason };
            if (!atOnce) leaving.Running.AddRange(job.Running.Select(run => run.Chunk.Sequence));
            job.Client.Tell(leaving, Self);
        }

        EndWhenIdle();
    }

    private void EndWhenIdle()
    {
        if (_leaving is { } end && _runs.Count == 0) End(end);
    }

    /// <summary>Ends without what runs: that is run elsewhere, and counts as nobody's death.</summary>
    private void EndNow(NodeEnd end)
    {
        Leave(end with { IsHurried = true }, atOnce: true);
        End(end with { IsHurried = true });
    }

    private void End(NodeEnd end)
    {
        Unregister();
        _lost.TrySetResult(end);
    }

    /// <summary>Looks after what runs: time-outs, tasks that do not stop, memory, the end of a drain.</summary>
    private void Watch()
    {
        MindMemory();
        if (_drainUntil is { } until && Now > until)
        {
            EndNow(_leaving!);
            return;
        }

        MindOpenings();
        var stuck = _runs.Select(run => run.Watch()).OfType<StuckTask>().ToList();
        if (stuck.Count > 0)
        {
            foreach (var task in stuck.Where(task => task.HasTimedOut)) Answer(task.Run, task.Number, item => ReplyBatch.TimedOut(item, task.Run.Job.Timeout, task.Elapsed, wasReplaced: true));
            EndNow(new(string.Join("; ", stuck.Select(task => $"task {task.Number} did not stop when told to")) + "; the process is replaced.", PlannedEnd.Replaced));
        }
        else if (_runs.Count == 0 && _opening.Count == 0 && _drainUntil is null)
        {
            Timers.Cancel(nameof(WatchTick));
        }
    }

    /// <summary>Answers for a slot that cannot.</summary>
    private void Answer(ChunkRun run, long number, Func<TaskItem, TaskReply> reply)
    {
        var replies = new ChunkReplies { Job = run.Chunk.Job, Sequence = run.Chunk.Sequence };
        replies.Replies.AddRange(run.Chunk.Tasks.Where(task => task.Number == number).Select(reply));
        run.Job.Client.Tell(replies, Self);
    }

    private void OnDrain(DrainNode drain)
    {
        if (_secret.Verify(ProofPurpose.DrainNode, _identity.Life.Worker.Value, _nonce, drain.Proof.Span)) Drain("it was drained", _identity.Settings.DrainTimeout);
    }

    private void Drain(string reason, TimeSpan bound)
    {
        if (_leaving is not null) return;
        _drainUntil = Now + bound;
        Timers.StartPeriodicTimer(nameof(WatchTick), WatchTick.Instance, WatchInterval);
        Leave(new(reason, PlannedEnd.Drained));
    }

    private void HandOut(SlotScheduler slots)
    {
        if (_leaving is not null) return;
        while (slots.Next() is { } turn)
        {
            var job = _jobs[turn.Job];
            var run = job.Start(turn.Sequence);
            _runs.Add(run);
            var chunk = new ComputeChunk(run, Self);
            if (job.IsIo) _io.Tell(chunk, Self);
            else _cpu.Run(chunk);
            if (job.Timeout is not null || _identity.Settings.MemoryLimit is not null) WatchRuns();
        }
    }

    private void WatchRuns()
    {
        if (_runs.Count + _opening.Count > 0 && !Timers.IsTimerActive(nameof(WatchTick))) Timers.StartPeriodicTimer(nameof(WatchTick), WatchTick.Instance, WatchInterval);
    }

    private SlotScheduler SlotsOf(OpenedJob job) => job.IsIo ? _ioSlots : _cpuSlots;

    /// <summary>Tells each client what is held of its job, and closes the jobs of those that do not answer any more.</summary>
    private void Report()
    {
        var now = Now;
        if (_standstill.Look(now))
        {
            foreach (var job in _jobs.Values) job.Lease.Renew(now);
        }

        foreach (var job in _jobs.Values.Where(job => job.Lease.HasExpired(now)).ToList()) Close(job);
        foreach (var job in _jobs.Values)
        {
            var report = new WorkReport { Job = job.Id.Value, LastSequence = job.LastSequence };
            report.Held.AddRange(job.Held);
            foreach (var run in job.Running)
            {
                if (run.Running is { } task) report.Running.Add(new RunningTask { Number = task.Number, AgeTicks = task.Elapsed.Ticks });
            }

            job.Client.Tell(report, Self);
        }
    }

    private void Disconnected(Address address)
    {
        foreach (var job in _jobs.Values.Where(job => job.Client.Path.Address.Equals(address))) job.Lease.Disconnected(Now);
    }

    private void Close(OpenedJob job)
    {
        _jobs.Remove(job.Id);
        if (job.IsOpen) SlotsOf(job).Close(job.Id);
        job.Close();
        WatchRuns();
    }

    private sealed record WatchTick
    {
        public static WatchTick Instance { get; } = new();
    }

    internal sealed record ReportTick
    {
        public static ReportTick Instance { get; } = new();
    }
}
