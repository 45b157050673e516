using System.Globalization;
using ActorCompute.Client.Attach;
using ActorCompute.Client.Journal;
using ActorCompute.Client.Scatter;
using ActorCompute.Hosting;
using ActorCompute.Messages;
using ActorCompute.Registry;
using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace ActorCompute.Client.Jobs;

/// <summary>
/// Carries one job: opens it on workers, sends what <see cref="GatherLedger"/> and <see cref="ChunkSizer"/> decide, and feeds
/// them what comes back. Decides nothing itself.
/// </summary>
internal sealed partial class JobActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(500);

    // Twice what a worker of the most slots asks for: what comes over the wire is not trusted further.
    private const uint MostChunks = 4096;

    private readonly JobId _id = JobId.Create();
    private readonly IJobRun _run;
    private readonly ClusterSecret _secret;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly long _startedAt;
    private readonly GatherLedger _ledger;
    private readonly ChunkSizer _sizer;
    private readonly ReorderBuffer? _reorder;
    private readonly HeldBytes _held;
    private readonly Standstill _standstill = new(default);
    private readonly WorkerRoster _roster = new();
    private readonly List<LedgerInstruction> _instructions = [];
    private readonly IActorRef _attach;
    private readonly ClientLife _life;
    private readonly JoinedLoads _loads;

    // Opened in PreStart: an instance that only takes the place of one that failed draws no plan.
    private TaskSource _plan = null!;
    private WorkersChanged _view = new([]);
    private bool _waitsForPlan;
    private bool _waitsForIdle;
    private readonly TaskTimes _times = new();
    private bool _packs;
    // Tasks that came from the plan with their outcome, out of a journal.
    private long _replayed;
    private bool _cancelled;
    private TimeSpan? _retryAt;

    public static Props PropsFor(IJobRun run, ClusterSecret secret, IActorRef attach, TimeProvider time, ILogger log, ClientLife life, WorkerLoads loads) =>
        Props.Create<JobActor>(run, secret, attach, time, log, life, loads);

    public JobActor(IJobRun run, ClusterSecret secret, IActorRef attach, TimeProvider time, ILogger log, ClientLife life, WorkerLoads loads)
    {
        (_life, _loads) = (life, new(loads));
        (_run, _secret, _attach, _time, _log, _startedAt) = (run, secret, attach, time, log, time.GetTimestamp());
        _ledger = new(new() { MaxWorkerDeaths = run.Options.MaxWorkerDeaths, Retry = run.Options.Retry });
        _held = new(run.Options.MaxBufferedBytes);
        _sizer = new(run.Options.ChunkSize);
        _reorder = run.Options.Ordered ? new(run.Options.MaxOutstanding) : null;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _time.GetElapsedTime(_startedAt);

    protected override void PreStart()
    {
        ClientLog.JobBegan(_log, _id.Value, _run.Header.Kind);
        _plan = _run.OpenTasks();
        _attach.Tell(SubscribeWorkers.Instance, Self);
        Context.System.EventStream.Subscribe(Self, typeof(ClientBroke));
        if (_run.Options.Deadline is { } deadline)
        {
            Timers.StartSingleTimer(nameof(JobOptions.Deadline), new Cancel(string.Create(CultureInfo.InvariantCulture, $"the deadline of {deadline.TotalSeconds:0.###} s passed"), IsLimit: true), deadline);
        }

        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, TickInterval);
        Proceed();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ChunkReplies replies: OnReplies(replies); break;
            case RoomMade: Proceed(); break;
            case PlanReady:
                _waitsForPlan = false;
                Proceed();
                break;
            case WorkerFreed:
                _waitsForIdle = false;
                Proceed();
                break;
            case WorkReport report: From(Sender, life => OnReport(life, report)); break;
            case WorkerLeaving leaving: From(Sender, life => Handle(new LedgerEvent.WorkerLeaving(life, leaving.Running, Now))); break;
            case JobOpened opened: From(Sender, life => OnOpened(life, opened)); break;
            case JobRefused refused: From(Sender, life => OnRefused(life, refused.Reason)); break;
            case WorkersChanged view:
                OnWorkers(view);
                Explain(view);
                break;
            case PeerDisconnected closed: OnDisconnected(closed.Address); break;
            case WorkerEnded ended: OnEnded(ended); break;
            case DumpRequest request: OnDump(request); break;
            case Tick: OnTick(); break;
            case ClientBroke: End(_life.WhyJobsEnd); break;
            case RetryDue:
                // Spent: a timer may come a hair before its time, and is then set again.
                _retryAt = null;
                Handle(new LedgerEvent.TimePassed(Now));
                break;
            case CancelOne cancel: Handle(new LedgerEvent.TaskCancelled(cancel.Number, cancel.Reason)); break;
            case Cancel cancel: OnCancel(cancel); break;
            default: Unhandled(message); break;
        }
    }

    private void OnTick()
    {
        if (_standstill.Look(Now)) Handle(new LedgerEvent.StoodStill(Now));
        Handle(new LedgerEvent.TimePassed(Now));
        // Also those that were forgotten for their silence and may be back.
        OnWorkers(_view);
        LookForWorkers();
        CopyStragglers();
        TellStanding();
        _run.Look();
    }

    protected override void PreRestart(Exception reason, object message)
    {
        ClientLog.JobBroke(_log, reason, _id.Value, _run.Header.Kind);
        _run.Ended(reason);
        base.PreRestart(reason, message);
    }

    /// <summary>A job whose actor failed has ended with that error; it is not begun again.</summary>
    protected override void PostRestart(Exception reason) => Context.Stop(Self);

    protected override void PostStop()
    {
        _plan?.Dispose();
        // What it still had out is none of the other jobs' concern.
        foreach (var worker in _ledger.Workers) worker.Clear();
        _loads.Dispose();
        foreach (var worker in _roster.Known) worker.Node.Tell(new CloseJob { Job = _id.Value }, Self);
        // Whoever waits for outcomes learns of the end also when this actor was stopped from outside.
        _run.Ended(_life.WhyJobsEnd);
    }

    private void TellProgress(long? total) =>
        _run.ReportProgress(new(_ledger.Reported + _replayed, _ledger.Failed, _ledger.InFlight, total, _ledger.Workers.Count) { WaitsForWorkers = _absence.IsWaiting }, _log);

    private void TellStanding() => _attach.Tell(new JobStanding(Standing()), Self);

    private JobInfo Standing() => new()
    {
        Id = _id.Value,
        Kind = _run.Header.Kind,
        Done = _ledger.Reported + _replayed,
        Failed = _ledger.Failed,
        InFlight = _ledger.InFlight,
        Total = _run.Count ?? -1,
        AgeTicks = Now.Ticks,
        Actor = Akka.Serialization.Serialization.SerializedActorPath(Self),
        WaitsForWorkers = _absence.IsWaiting,
    };

    private void OnReplies(ChunkReplies message)
    {
        if (message.Job != _id.Value || _roster.LifeOf(Sender) is not { } life) return;
        var replies = new AttemptReply[message.Replies.Count];
        var (tasks, elapsed) = (0, TimeSpan.Zero);
        for (var i = 0; i < replies.Length; i++)
        {
            replies[i] = WireReplies.Read(message.Replies[i]);
            tasks += replies[i].Tasks;
            elapsed += replies[i].Elapsed;
            if (replies[i] is { Count: 0, Error: null }) _times.Add(replies[i].Elapsed);
        }

        _sizer.Measured(tasks, elapsed);
        Handle(new LedgerEvent.RepliesArrived(life, message.Sequence, message.Complete, replies, Now) { IsUnbegun = message.Unbegun });
    }

    private void OnCancel(Cancel cancel)
    {
        if (_cancelled) return;
        _cancelled = true;
        if (cancel.IsLimit) _run.Limited(cancel.Reason);
        Handle(new LedgerEvent.JobCancelled(cancel.Reason));
    }

    private void Handle(LedgerEvent what)
    {
        TaskFailure? firstFailure = null;
        _ledger.Handle(what, _instructions);
        foreach (var instruction in _instructions)
        {
            switch (instruction)
            {
                case LedgerInstruction.Report report:
                    SettledTask settled = new(report.Outcome, report.State, report.Count);
                    _run.Record(settled);
                    if (report.Outcome.Failure is { } why) ClientLog.TaskFailed(_log, _id.Value, report.Outcome.Number, why.Cause, why.Message);
                    Report(settled);
                    if (_run.Options.FailFast && report.Outcome.Failure is { Cause: not FailureCause.Cancelled } failure) firstFailure ??= failure;
                    break;
                case LedgerInstruction.CancelTask cancel:
                    _roster.NodeOf(cancel.Life).Tell(new CancelTasks { Job = _id.Value, Numbers = { cancel.Number } }, Self);
                    break;
                case LedgerInstruction.Forget forget when _roster.Lost(forget.Life) is { } worker:
                    _loads.Leave(forget.Life);
                    ClientLog.WorkerLost(_log, _id.Value, worker.Name, forget.Reason);
                    break;
                default:
                    break;
            }
        }

        _instructions.Clear();
        AwaitRetry();
        if (firstFailure is not null && !_cancelled) OnCancel(new($"a task failed: {firstFailure.Message}", IsLimit: true));
        else Proceed();
    }

    private void Report(SettledTask settled)
    {
        _held.Settled(settled.Tasks, settled.Bytes);
        if (_reorder is null) _run.Report(settled);
        else foreach (var due in _reorder.Add(settled)) _run.Report(due);
    }

    /// <summary>One timer, for the retry that is due first.</summary>
    private void AwaitRetry()
    {
        var due = _ledger.NextRetryAt;
        if (due == _retryAt) return;
        _retryAt = due;
        if (due is not { } at) Timers.Cancel(nameof(RetryDue));
        else Timers.StartSingleTimer(nameof(RetryDue), RetryDue.Instance, at > Now ? at - Now : TimeSpan.Zero);
    }

    private void End(Exception? error)
    {
        TellProgress(error is null && !_cancelled ? _ledger.Added + _replayed : _run.Count);
        ClientLog.JobEnded(_log, _id.Value, _run.Header.Kind, _ledger.Reported, _ledger.Failed, _ledger.Resent, Now);
        _run.Ended(error);
        Context.Stop(Self);
    }

    /// <summary>The reader of outcomes has taken some; there may be room to draw more tasks.</summary>
    internal sealed record RoomMade
    {
        public static RoomMade Instance { get; } = new();
    }

    /// <summary>Nobody waits for this task any more.</summary>
    internal sealed record CancelOne(long Number, string Reason);

    /// <summary>End the job.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="IsLimit">A limit of the job asks for it, not its caller.</param>
    internal sealed record Cancel(string Reason, bool IsLimit = false);

    private sealed record PlanReady
    {
        public static PlanReady Instance { get; } = new();
    }

    /// <summary>Some worker has an idle slot.</summary>
    private sealed record WorkerFreed
    {
        public static WorkerFreed Instance { get; } = new();
    }

    private sealed record RetryDue
    {
        public static RetryDue Instance { get; } = new();
    }

    internal sealed record Tick
    {
        public static Tick Instance { get; } = new();
    }
}
