using ActorCompute.Messages;
using ActorCompute.Remoting;
using ActorCompute.Worker.Compute;
using ActorCompute.Worker.Large;
using ActorCompute.Worker.Nested;
using ActorCompute.Worker.Shared;
using Akka.Actor;
using Akka.Remote;

namespace ActorCompute.Worker.Node;

/// <summary>
/// The worker towards the rest: registers with the registry, opens jobs, takes chunks and hands them to compute actors
/// as slots come free. It only carries: what is to be done decides <see cref="NodeCore{TClient}"/>.
/// </summary>
internal sealed partial class NodeActor : ControlActor, IWithTimers
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    private readonly NodeIdentity _identity;
    private readonly ClusterSecret _secret;
    private readonly KindRegistry _kinds;
    private readonly TaskCompletionSource<NodeEnd> _lost;
    private readonly TimeProvider _time;
    private readonly NodeCore<IActorRef> _core;
    private readonly List<NodeInstruction> _instructions = [];

    // From the start of their opening until the core releases them.
    private readonly Dictionary<JobOpening, OpenedJob> _jobs = [];
    private readonly ComputeSlots _cpu;
    private readonly IActorRef _io;

    // One for the life of this actor: with a new one for each message, answers slower than the next message would be strangers.
    private readonly byte[] _nonce = ClusterSecret.CreateNonce();
    private readonly TaskBudget _budget;
    private readonly MemoryWatch _memory;
    private readonly NestedCluster _nested;
    private readonly ResultTransfers _transfers;
    private readonly SharedValueStore _shared;

    // Chunks in slots, also those of jobs that were closed meanwhile.
    private readonly HashSet<ChunkRun> _runs = [];

    public NodeActor(NodeIdentity identity, ClusterSecret secret, KindRegistry kinds, TaskCompletionSource<NodeEnd> lost, TimeProvider time)
        : base(why => lost.TrySetResult(new(why, PlannedEnd.None)))
    {
        (_identity, _secret, _kinds, _lost, _time) = (identity, secret, kinds, lost, time);
        var settings = identity.Settings;
        (_budget, _memory) = (new(settings.MaxTasks), new(settings.MemoryLimit));
        _core = new(new(settings.Slots, settings.IoLimit, settings.DrainTimeout) { MaxTasks = settings.MaxTasks, HasMemoryLimit = settings.MemoryLimit is not null, Has = settings.Resources }, Now);
        _nested = NestedCluster.Of(Context.System, identity.Seeds, secret, settings.Slots);
        _transfers = new(time);
        var system = Context.System;
        _shared = new(reference => SharedValueFetch.FromHolderAsync(system, reference), SharedValueStore.DefaultBytes, time);
        ProcessSharedValues.Current = _shared;
        _cpu = new(Context, settings.Slots, time);
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

    protected override void Ended() => Handle(new NodeEvent.Stopped());

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Chunk chunk: Take(chunk); break;
            case ChunkDone done: Done(done); break;
            case SlotLent lent: Handle(new NodeEvent.SlotLent(lent.Job.Opening)); break;
            case SlotTakenBack taken: Handle(new NodeEvent.SlotTakenBack(taken.Job.Opening)); break;
            case RenewLease renew: Handle(new NodeEvent.LeaseRenewed<IActorRef>(new(renew.Job), Sender)); break;
            case OpenJob open: Open(open); break;
            case WorkOpened opened: OnOpened(opened); break;
            case CancelTasks cancel: Handle(new NodeEvent.TasksCancelled<IActorRef>(new(cancel.Job), Sender, cancel.Numbers.ToHashSet())); break;
            case SplitTask split: Handle(new NodeEvent.SplitAsked<IActorRef>(new(split.Job), Sender, split.Number, split.Attempt, (int)Math.Min(split.Pieces, TaskSplit.MaxPieces))); break;
            case RecallChunk recall: Handle(new NodeEvent.ChunkRecalled<IActorRef>(new(recall.Job), Sender, recall.Sequence)); break;
            case BeginChunk begin: Handle(new NodeEvent.MayBegin<IActorRef>(new(begin.Job), Sender, begin.Sequence)); break;
            case CloseJob close: Handle(new NodeEvent.CloseAsked<IActorRef>(new(close.Job), Sender)); break;
            case ResultPieceTaken taken: _transfers.Taken(taken); break;
            case ReportTick: Report(); break;
            case WatchTick: Watch(); break;
            case DisassociatedEvent closed: Handle(new NodeEvent.Disconnected<IActorRef>(client => client.Path.Address.Equals(closed.RemoteAddress))); break;
            case RegisterTick: Register(); break;
            case SeedError error: OnSeedError(error); break;
            case WorkerRegistered answer: OnRegistered(answer); break;
            case Refused refused: _lost.TrySetResult(new($"the seed at {_identity.SeedsText} refuses this worker: {refused.Reason}", PlannedEnd.Refused)); break;
            case DrainNode drain: OnDrain(drain); break;
            case StopNode stop: Handle(new NodeEvent.LeaveAsked(stop.Reason)); break;
            default: Unhandled(message); break;
        }
    }

    private void Report()
    {
        _shared.Trim();
        Handle(new NodeEvent.ReportDue());
    }

    private void OnDrain(DrainNode drain)
    {
        if (_secret.Verify(ProofPurpose.DrainNode, _identity.Life.Worker.Value, _nonce, drain.Proof.Span)) Handle(new NodeEvent.LeaveAsked("it was drained"));
    }

    private void Take(Chunk chunk)
    {
        switch (_core.Take(new(chunk.Job), Sender, chunk.Sequence, Now, out var opening, chunk.Alone))
        {
            case ChunkVerdict.GiveBack: Sender.Tell(Unbegun(chunk.Job, chunk.Sequence), Self); break;
            case ChunkVerdict.Keep:
                _jobs[opening!].Received(chunk);
                HandOut();
                break;
        }
    }

    private void Done(ChunkDone done)
    {
        var job = done.Job;
        if (!job.IsIo) _cpu.Done(Sender);
        if (job.Finished(done.Sequence) is { } run) _runs.Remove(run);
        _core.Done(job.Opening, done.Sequence, done.Elapsed, done.Tasks, _budget.IsSpent, _instructions);
        HandOut();
    }

    /// <summary>Gives chunks to slots, and carries out what came with that.</summary>
    private void HandOut()
    {
        while (_core.TryStart(_instructions, out var start)) Run(start.Opening, start.Sequence, start.IsIo);
        if (_instructions.Count > 0) Carry();
    }

    private void Run(JobOpening opening, long sequence, bool isIo)
    {
        var run = _jobs[opening].Start(sequence);
        _runs.Add(run);
        var chunk = new ComputeChunk(run, Self);
        if (isIo) _io.Tell(chunk, Self);
        else _cpu.Run(chunk);
    }

    /// <summary>Looks at what runs: tasks that take too long are told to stop.</summary>
    private void Watch()
    {
        var stuck = _runs.Select(run => run.Watch()).OfType<StuckRun>().ToList();
        Handle(new NodeEvent.WatchDue(stuck, _memory.Look(Now)));
    }

    internal sealed record ReportTick
    {
        public static ReportTick Instance { get; } = new();
    }
}
