namespace ActorCompute.Scheduling;

/// <summary>
/// Decides for one job: on which workers it is opened, what is drawn from its plan, which worker gets which tasks, what is asked back
/// or copied, which outcomes are due, and when it ends. Events go in, instructions come out. No clock, actor or I/O: time is an
/// argument, the plan and the reader are asked through <see cref="IJobPlan"/> and <see cref="IJobReader"/>.
/// </summary>
/// <remarks>
/// The jobs of a client share what is known of its workers' loads (<see cref="WorkerLoads"/>). Between jobs it is the worker that
/// is fair (<see cref="SlotScheduler"/>), because jobs of other clients come to its slots as well.
/// </remarks>
internal sealed partial class JobScheduler
{
    private readonly JobRules _rules;
    private readonly IJobPlan _plan;
    private readonly IJobReader _reader;
    private readonly JoinedLoads _loads;
    private readonly Action _freed;
    private readonly ChunkSizer _sizer;
    private readonly ReorderBuffer? _reorder;
    private readonly HeldBytes _held;
    private readonly TaskTimes _times = new();
    private readonly Standstill _standstill;
    private readonly WorkerRoster _roster;
    private readonly WorkerAbsence _absence = new();
    private readonly List<JobInstruction> _said = [];
    private IReadOnlyList<SeenWorker> _view = [];
    private List<JobInstruction> _out = null!;
    private TimeSpan _now;
    private bool _waitsForPlan;
    private bool _waitsForIdle;
    private bool _packs;
    private bool _cancelled;
    private bool _isWhole;
    private TimeSpan? _wakesAt;

    // Tasks that came from the plan with their outcome, out of a journal.
    private long _replayed;

    /// <param name="rules">How the job runs.</param>
    /// <param name="plan">Where its tasks come from.</param>
    /// <param name="reader">Who takes its outcomes.</param>
    /// <param name="loads">The loads of this client's workers.</param>
    /// <param name="freed">Brings a <see cref="JobEvent.WorkerFreed"/>; called on any thread, and must return at once.</param>
    /// <param name="now">A reading of one monotonic clock, as all times here.</param>
    public JobScheduler(JobRules rules, IJobPlan plan, IJobReader reader, WorkerLoads loads, Action freed, TimeSpan now)
    {
        (_rules, _plan, _reader, _loads, _freed, _now) = (rules, plan, reader, new(loads), freed, now);
        Log.Now = now;
        _roster = new(rules.Needs);
        Ledger = new(rules.Ledger, Log);
        _standstill = new(now);
        _held = new(rules.MaxBufferedBytes);
        _sizer = new(rules.ChunkSize);
        _reorder = rules.Ordered ? new(rules.MaxOutstanding) : null;
    }

    /// <summary>The account of the tasks, to look at.</summary>
    public GatherLedger Ledger { get; }

    /// <summary>What happened, to look at.</summary>
    public SchedulingLog Log { get; } = new();

    /// <summary>Nothing more is decided.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Tasks with an outcome.</summary>
    public long Done => Ledger.Reported + _replayed;

    /// <summary>All tasks, where that is known: when all have their outcome, or by the plan's count.</summary>
    public long? Total => _isWhole ? Ledger.Added + _replayed : _reader.Count;

    /// <summary>There has been no worker for some seconds, and there is work.</summary>
    public bool IsWaitingForWorkers => _absence.IsWaiting;

    /// <summary>Workers that may hold something of the job.</summary>
    public IEnumerable<SeenWorker> Holders => _roster.Known;

    /// <summary>It was seen and not lost since: what it says is heard.</summary>
    public bool Knows(WorkerLife life) => _roster.Knows(life);

    /// <summary>Takes in what happened and adds what is to be done to <paramref name="instructions"/>.</summary>
    public void Handle(JobEvent what, TimeSpan now, List<JobInstruction> instructions)
    {
        if (HasEnded) return;
        (_now, _out) = (now, instructions);
        Log.Now = now;
        switch (what)
        {
            case LedgerEvent.RepliesArrived replies:
                Measure(replies);
                Account(replies);
                break;
            case LedgerEvent.WorkerLeaving leaving:
                _roster.Leaving(leaving.Life);
                Account(leaving);
                break;
            case LedgerEvent ledger:
                Account(ledger);
                break;
            case JobEvent.PlanReady:
                _waitsForPlan = false;
                Proceed();
                break;
            case JobEvent.WorkerFreed:
                _waitsForIdle = false;
                Proceed();
                break;
            case JobEvent.Began or JobEvent.RoomMade:
                Proceed();
                break;
            case JobEvent.WorkersSeen seen:
                See(seen.Workers);
                Explain();
                break;
            case JobEvent.Opened opened:
                Open(opened);
                break;
            case JobEvent.Refused refused:
                Refuse(refused);
                break;
            case JobEvent.WorkerEnded ended:
                _view = [.. _view.Where(worker => worker.Life != ended.Life)];
                Lose(ended.Life, ended.End);
                Account(new LedgerEvent.WorkerExplained(ended.Life, ended.End));
                break;
            case JobEvent.RetryDue:
                // Spent: a timer may come a hair before its time, and is then set again.
                _wakesAt = null;
                Account(new LedgerEvent.TimePassed(now));
                break;
            case JobEvent.Tick:
                Tick();
                break;
            case JobEvent.Cancelled cancelled:
                Cancel(cancelled);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(what), what, "not an event of a job");
        }
    }

    /// <summary>The job is over, by whatever way: what its workers still hold is none of the other jobs' concern.</summary>
    public void Close()
    {
        HasEnded = true;
        foreach (var worker in Ledger.Workers) worker.Clear();
        _loads.Dispose();
    }

    private void Tick()
    {
        if (_standstill.Look(_now)) Account(new LedgerEvent.StoodStill(_now));
        Account(new LedgerEvent.TimePassed(_now));
        // Also those that were forgotten for their silence and may be back.
        See(_view);
        LookForWorkers();
        // A slot that is to get a piece of a task is not given a copy of one.
        if (!SplitLongest()) CopyStragglers();
        LookWhatWaits();
    }

    private void Measure(LedgerEvent.RepliesArrived arrived)
    {
        var (tasks, elapsed) = (0, TimeSpan.Zero);
        foreach (var reply in arrived.Replies)
        {
            // A part of a task says little of how long tasks take.
            if (reply.First >= GatherLedger.FirstPiece || reply.Rest.Count > 0) continue;
            tasks += reply.Answered;
            elapsed += reply.Elapsed;
            if (reply is { Count: 1, Error: null }) _times.Add(reply.Elapsed);
        }

        _sizer.Measured(tasks, elapsed);
    }

    private void Cancel(JobEvent.Cancelled cancelled)
    {
        if (_cancelled) return;
        _cancelled = true;
        if (cancelled.IsLimit) _out.Add(new JobInstruction.Limited(cancelled.Reason));
        Account(new LedgerEvent.JobCancelled(cancelled.Reason));
    }

    /// <summary>Enters an event into the ledger, and does what it says.</summary>
    private void Account(LedgerEvent what)
    {
        if (HasEnded) return;
        TaskFailure? firstFailure = null;
        Ledger.Handle(what, _said);
        foreach (var instruction in _said)
        {
            switch (instruction)
            {
                case LedgerInstruction.Report report:
                    _held.Settled(report.Settled.Count, report.Settled.Bytes);
                    _out.Add(report);
                    if (_reorder is not null) GiveInOrder(report.Settled);
                    if (_rules.FailFast && report.Settled.Failure is { Cause: not FailureCause.Cancelled } failure) firstFailure ??= failure;
                    break;
                case LedgerInstruction.Forget forget:
                    Forget(forget.Life, forget.Reason);
                    break;
                default:
                    _out.Add(instruction);
                    break;
            }
        }

        _said.Clear();
        AwaitRetry();
        if (firstFailure is not null && !_cancelled) Cancel(new($"a task failed: {firstFailure.Message}", IsLimit: true));
        else Proceed();
    }

    private void GiveInOrder(in SettledBatch settled)
    {
        foreach (var due in _reorder!.Add(settled)) _out.Add(new JobInstruction.Give(due));
    }

    /// <summary>One timer, for the retry that is due first.</summary>
    private void AwaitRetry()
    {
        var due = Ledger.NextRetryAt;
        if (due == _wakesAt) return;
        _wakesAt = due;
        _out.Add(new JobInstruction.WakeAt(due));
    }

    private void End(Exception? error, string? refusals = null)
    {
        if (HasEnded) return;
        HasEnded = true;
        _isWhole = error is null && refusals is null && !_cancelled;
        _out.Add(new JobInstruction.End(error, refusals));
    }
}
