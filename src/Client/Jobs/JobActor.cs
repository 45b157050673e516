using System.Globalization;
using ActorCompute.Client.Attach;
using ActorCompute.Client.Large;
using ActorCompute.Client.Scatter;
using ActorCompute.Messages;
using ActorCompute.Registry;
using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace ActorCompute.Client.Jobs;

/// <summary>
/// Carries one job: turns messages into events of its <see cref="JobScheduler"/>, and that one's instructions into messages. Decides
/// nothing itself.
/// </summary>
internal sealed partial class JobActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(500);

    // Twice what a worker of the most slots asks for: what comes over the wire is not trusted further.
    private const uint MostChunks = 4096;

    private readonly JobId _id;
    private readonly IJobRun _run;
    private readonly ClusterSecret _secret;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly long _startedAt;
    private readonly IActorRef _attach;
    private readonly ClientLife _life;
    private readonly WorkerLoads _loads;
    private readonly NodeBook _nodes = new();
    private readonly List<JobInstruction> _instructions = [];
    private readonly ResultSpools _spools = new();
    private IActorRef? _spool;

    // Opened in PreStart: an instance that only takes the place of one that failed draws no plan.
    private TaskSource? _plan;
    private JobScheduler _scheduler = null!;

    public static Props PropsFor(IJobRun run, ClusterSecret secret, IActorRef attach, TimeProvider time, ILogger log, ClientLife life, WorkerLoads loads) =>
        Props.Create<JobActor>(new Handover<IJobRun>(run), secret, attach, time, log, life, loads);

    public JobActor(Handover<IJobRun> run, ClusterSecret secret, IActorRef attach, TimeProvider time, ILogger log, ClientLife life, WorkerLoads loads)
    {
        (_life, _loads) = (life, loads);
        // There is none for an instance that only takes the place of one that failed: it is stopped before anything begins.
        var taken = run.Take();
        _run = taken!;
        _id = taken?.Header.Id ?? JobId.Create();
        (_secret, _attach, _time, _log, _startedAt) = (secret, attach, time, log, time.GetTimestamp());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _time.GetElapsedTime(_startedAt);

    protected override void PreStart()
    {
        ClientLog.JobBegan(_log, _id.Value, _run.Header.Kind);
        _plan = _run.OpenTasks();
        var self = Self;
        _scheduler = new(RulesOf(_run), _plan, _run, _loads, () => self.Tell(JobEvent.WorkerFreed.Instance), Now);
        _attach.Tell(SubscribeWorkers.Instance, Self);
        Context.System.EventStream.Subscribe(Self, typeof(ClientBroke));
        if (_run.Options.Deadline is { } deadline)
        {
            Timers.StartSingleTimer(nameof(JobOptions.Deadline), new JobEvent.Cancelled(string.Create(CultureInfo.InvariantCulture, $"the deadline of {deadline.TotalSeconds:0.###} s passed"), IsLimit: true), deadline);
        }

        Timers.StartPeriodicTimer(nameof(JobEvent.Tick), JobEvent.Tick.Instance, TickInterval);
        Handle(new JobEvent.Began());
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ChunkReplies replies when replies.Job == _id.Value && Heard is { } life: OnReplies(life, replies); break;
            case ResultPiece piece when piece.Job == _id.Value && Heard is not null: Spool().Forward(piece); break;
            case JobEvent.Tick: OnTick(); break;
            case JobEvent what: Handle(what); break;
            case ChunkReady ready when Heard is { } life: Handle(new LedgerEvent.ChunkReady(life, ready.Sequence, Now)); break;
            case WorkReport report when Heard is { } life: OnReport(life, report); break;
            case WorkerLeaving leaving when Heard is { } life: Handle(new LedgerEvent.WorkerLeaving(life, leaving.Running, Now)); break;
            case JobOpened opened when opened.Job == _id.Value && Heard is { } life: OnOpened(life, opened); break;
            case JobRefused refused when Heard is { } life: Handle(new JobEvent.Refused(life, refused.Reason)); break;
            case WorkersChanged view: OnWorkers(view); break;
            case PeerDisconnected closed:
                foreach (var cut in _nodes.At(closed.Address)) Handle(new LedgerEvent.WorkerDisconnected(cut, Now));
                break;
            case WorkerEnded ended: Handle(new JobEvent.WorkerEnded(ended.Life, ended.End)); break;
            case DumpRequest request: OnDump(request); break;
            case ClientBroke: Stop(_life.WhyJobsEnd); break;
            default: Unhandled(message); break;
        }
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
        _spools.Dispose();
        if (_scheduler is { } scheduler)
        {
            scheduler.Close();
            foreach (var worker in scheduler.Holders) _nodes.NodeOf(worker.Life)?.Tell(new CloseJob { Job = _id.Value }, Self);
        }

        // Whoever waits for outcomes learns of the end also when this actor was stopped from outside.
        _run?.Ended(_life.WhyJobsEnd);
    }

    private static JobRules RulesOf(IJobRun run)
    {
        var options = run.Options;
        return new()
        {
            Ordered = options.Ordered,
            MaxOutstanding = options.MaxOutstanding,
            MaxBufferedBytes = options.MaxBufferedBytes,
            MaxInFlight = options.MaxInFlight,
            ChunkSize = options.ChunkSize,
            // Where a time-out, a failure or a place among those in flight is each task's own, none are packed.
            MayPack = options is { TaskTimeout: null, MaxInFlight: int.MaxValue, FailFast: false, Retry.MaxRetries: 0 },
            FailFast = options.FailFast,
            Needs = NeedsOf(run),
            MayRunTwiceAtOnce = run.Header.MayRunTwiceAtOnce,
            Stragglers = options.Stragglers,
            // A piece would take the place of a task among those in flight.
            Splits = options.SplitLongTasks && run.Header.Merge is not null && options.MaxInFlight == int.MaxValue,
            Ledger = new() { MaxWorkerDeaths = options.MaxWorkerDeaths, Retry = options.Retry },
        };
    }

    private static Resources NeedsOf(IJobRun run) => run.Options.Needs ?? run.Header.Needs;

    /// <summary>The worker that the message is from, if the job knows it: no other is heard.</summary>
    private WorkerLife? Heard => _nodes.LifeOf(Sender) is { } life && _scheduler.Knows(life) ? life : null;

    private void OnTick()
    {
        Handle(JobEvent.Tick.Instance);
        _attach.Tell(new JobStanding(Standing()), Self);
        _run.Look();
    }

    private void OnWorkers(WorkersChanged view)
    {
        _nodes.Update(view.Workers, _scheduler.Knows);
        Handle(new JobEvent.WorkersSeen([.. view.Workers.Select(worker => new SeenWorker(worker.Life, worker.Name, worker.Host, worker.ProcessId, worker.PreviousEnd) { Has = worker.Has })]));
    }

    private void OnOpened(WorkerLife life, JobOpened opened) =>
        Handle(new JobEvent.Opened(life, (int)Math.Min(opened.Slots, MostChunks), (int)Math.Min(opened.Usable, MostChunks), (int)Math.Min(opened.Window, MostChunks), opened.Packs, opened.Waits) { Splits = opened.Splits });

    private void OnReplies(WorkerLife life, ChunkReplies message)
    {
        var replies = new AttemptReply[message.Replies.Count];
        for (var i = 0; i < replies.Length; i++)
        {
            var reply = message.Replies[i];
            var large = reply.OutcomeCase == BatchReply.OutcomeOneofCase.Large ? _spools.Take(new(Sender, reply.First, reply.Attempt), reply.Large) : null;
            replies[i] = WireReplies.Read(reply, large, _run.Header.Merge is not null);
        }

        Handle(new LedgerEvent.RepliesArrived(life, message.Sequence, message.Complete, replies, Now) { IsUnbegun = message.Unbegun });
    }

    private void Handle(JobEvent what)
    {
        _scheduler.Handle(what, Now, _instructions);
        _run.Happened(_scheduler.Log);
        foreach (var instruction in _instructions) Do(instruction);
        _instructions.Clear();
        if (!_scheduler.HasEnded) TellProgress();
    }

    private void Do(JobInstruction instruction)
    {
        switch (instruction)
        {
            case LedgerInstruction.Report report:
                _run.Record(report.Settled);
                if (report.Settled.Failure is { } why) ClientLog.TaskFailed(_log, _id.Value, report.Settled.First, why.Cause, why.Message);
                if (!_run.Options.Ordered) _run.Report(report.Settled);
                break;
            case JobInstruction.Give give:
                _run.Report(give.Settled);
                break;
            case LedgerInstruction.Send send:
                foreach (var batch in send.Batches) _run.Sent(batch);
                Tell(send.Life, WireReplies.ToChunk(_id, send));
                break;
            case LedgerInstruction.CancelTask cancel:
                Tell(cancel.Life, new CancelTasks { Job = _id.Value, Numbers = { cancel.Number } });
                break;
            case LedgerInstruction.SplitTask split:
                Tell(split.Life, new SplitTask { Job = _id.Value, Number = split.Number, Attempt = split.Attempt, Pieces = (uint)split.Pieces });
                break;
            case LedgerInstruction.WasSplit split:
                ClientLog.TaskSplit(_log, _id.Value, split.Number, split.Elapsed.TotalSeconds, split.Pieces);
                break;
            case LedgerInstruction.Merge merge:
                Merge(merge);
                break;
            case LedgerInstruction.RecallChunk recall:
                Tell(recall.Life, new RecallChunk { Job = _id.Value, Sequence = recall.Sequence });
                break;
            case LedgerInstruction.BeginChunk begin:
                Tell(begin.Life, new BeginChunk { Job = _id.Value, Sequence = begin.Sequence });
                break;
            case JobInstruction.Open open:
                Tell(open.Worker.Life, Opening());
                break;
            case JobInstruction.WaitForPlan:
                _plan!.WaitAsync().PipeTo(Self, success: () => JobEvent.PlanReady.Instance);
                break;
            case JobInstruction.WakeAt wake:
                if (wake.At is not { } at) Timers.Cancel(nameof(JobEvent.RetryDue));
                else Timers.StartSingleTimer(nameof(JobEvent.RetryDue), JobEvent.RetryDue.Instance, at > Now ? at - Now : TimeSpan.Zero);
                break;
            case JobInstruction.Limited limited:
                _run.Limited(limited.Reason);
                break;
            case JobInstruction.Lost lost:
                ClientLog.WorkerLost(_log, _id.Value, lost.Worker.Name, lost.Reason);
                if (_nodes.NodeOf(lost.Worker.Life) is { } gone) _spool?.Tell(new SpoolActor.Forget(gone));
                break;
            case JobInstruction.Refused refused:
                ClientLog.WorkerRefused(_log, _id.Value, refused.Life.Worker.Value, refused.Reason);
                break;
            case JobInstruction.Copied copied:
                ClientLog.TaskCopied(_log, _id.Value, copied.Number, copied.Elapsed.TotalSeconds, copied.Worker.Name);
                break;
            case JobInstruction.WaitsForWorkers { Waits: true }:
                ClientLog.NoWorkers(_log, _id.Value, WorkerAbsence.Patience.TotalSeconds);
                break;
            case JobInstruction.WaitsForWorkers back:
                ClientLog.WorkersBack(_log, _id.Value, back.Workers);
                break;
            case JobInstruction.End end:
                Stop(end.Refusals is { } reasons ? new ClusterUnavailableException($"no worker can run '{_run.Header.Name}': {reasons}") : end.Error);
                break;
            default:
                throw new InvalidOperationException($"{instruction} is not known here.");
        }
    }

    /// <summary>The kind's own code: on a thread of the pool.</summary>
    private void Merge(LedgerInstruction.Merge merge)
    {
        var code = _run.Header.Merge!;
        Task.Run(() => PieceMerge.Of(merge, code)).PipeTo(Self);
    }

    /// <summary>Who writes large results: most jobs have none.</summary>
    private IActorRef Spool() => _spool ??= Context.ActorOf(SpoolActor.PropsFor(_spools, _run.Options.LargestResult), "spool");

    private void Tell(WorkerLife life, object message) => _nodes.NodeOf(life)?.Tell(message, Self);

    private OpenJob Opening()
    {
        var open = OpeningWithoutNeeds();
        WireResources.AddTo(open.Needs, NeedsOf(_run));
        return open;
    }

    private OpenJob OpeningWithoutNeeds() => new()
    {
        Job = _id.Value,
        Kind = _run.Header.Kind,
        KindVersion = _run.Header.KindVersion,
        Parameters = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(_run.Header.Parameters),
        TimeoutTicks = _run.Options.TaskTimeout?.Ticks ?? 0,
        GraceTicks = _run.Options.Grace.Ticks,
        Culture = _run.Header.Cultures.Culture,
        UiCulture = _run.Header.Cultures.Ui,
        Depth = (uint)_run.Header.Depth,
        Client = _run.Header.Client ?? _life.Id,
        Priority = _run.Options.Priority,
        AwaitedByHolder = _run.Header.IsAwaitedByHolder,
        LargestResult = _run.Options.LargestResult,
        KeepsResults = _run.Header.KeepsResults,
        KindType = _run.Header.KindType,
        Proof = Google.Protobuf.ByteString.CopyFrom(_secret.Prove(ProofPurpose.OpenJob, _id.Value)),
    };

    private void TellProgress()
    {
        var ledger = _scheduler.Ledger;
        _run.ReportProgress(new(_scheduler.Done, ledger.Failed, ledger.InFlight, _scheduler.Total, ledger.Workers.Count) { WaitsForWorkers = _scheduler.IsWaitingForWorkers }, _log);
    }

    private void Stop(Exception? error)
    {
        TellProgress();
        ClientLog.JobEnded(_log, _id.Value, _run.Header.Kind, _scheduler.Ledger.Reported, _scheduler.Ledger.Failed, _scheduler.Ledger.Resent, Now);
        _run.Ended(error);
        Context.Stop(Self);
    }
}
