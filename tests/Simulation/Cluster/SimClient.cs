using ActorCompute.Simulation.World;

namespace ActorCompute.Simulation.Cluster;

/// <summary>A client with its jobs.</summary>
internal sealed class SimClient : SimProcess
{
    private readonly SimCluster _cluster;
    private readonly Dictionary<JobId, SimJob> _jobs = [];
    private readonly AttachCore<SeenNode> _attach = new(worker => worker.Life);
    private readonly Dictionary<WorkerLife, SimProcess> _nodes = [];
    private IReadOnlyList<SeenWorker> _view = [];

    public SimClient(SimCluster cluster, string name)
        : base(cluster.World, name)
    {
        _cluster = cluster;
        Handle(new AttachEvent<SeenNode>.AttachDue(Now));
    }

    public WorkerLoads Loads { get; } = new();

    /// <summary>The workers as it was told last.</summary>
    public IReadOnlyList<SeenWorker> View => _view;

    public IEnumerable<SimJob> Jobs => _jobs.Values;

    public SimJob? JobOf(JobId id) => _jobs.GetValueOrDefault(id);

    public void Begin(JobSetup setup)
    {
        var job = new SimJob(this, setup, new($"job-{Name}-{_jobs.Count + 1}"), Loads) { MayDieWhileItOpens = _cluster.TasksKill, ClocksJump = _cluster.ClocksJump, WorkersAreReplaced = _cluster.Keepers.Exists(keeper => keeper.MaxTasks is not null) };
        _jobs.Add(job.Id, job);
        job.Handle(new JobEvent.WorkersSeen(_view));
    }

    public void Tell(WorkerLife life, SimMessage message)
    {
        if (_nodes.TryGetValue(life, out var node)) World.Network.Send(this, node, message);
    }

    public override void Receive(SimProcess from, SimMessage message)
    {
        switch (message)
        {
            case ViewMessage view: Handle(new AttachEvent<SeenNode>.ViewArrived(view.Registry, view.Workers, Now)); break;
            case JobOpenedMessage opened: Tell(from, opened.Job, life => new JobEvent.Opened(life, opened.Slots, opened.Usable, opened.Window, Packs: true, opened.Waits) { Splits = opened.Splits }); break;
            case JobRefusedMessage refused: Tell(from, refused.Job, life => new JobEvent.Refused(life, refused.Reason)); break;
            case RepliesMessage replies: Tell(from, replies.Job, life => new LedgerEvent.RepliesArrived(life, replies.Sequence, replies.Complete, replies.Replies, Now) { IsUnbegun = replies.Unbegun }); break;
            case ReadyMessage ready: Tell(from, ready.Job, life => new LedgerEvent.ChunkReady(life, ready.Sequence, Now)); break;
            case LeavingMessage leaving: Tell(from, leaving.Job, life => new LedgerEvent.WorkerLeaving(life, leaving.Running, Now)); break;
            case ReportMessage report:
                if (_jobs.GetValueOrDefault(report.Job) is { HasEnded: false }) World.Network.Send(this, from, new RenewLeaseMessage(report.Job));
                Tell(from, report.Job, life => new LedgerEvent.ReportArrived(life, report.LastSequence, report.Held, Now));
                break;
            default: throw new InvalidOperationException($"{this} does not know {message}");
        }
    }

    public override void Disconnected(SimProcess peer)
    {
        if (peer is not SimNode node) return;
        foreach (var job in _jobs.Values) job.Handle(new LedgerEvent.WorkerDisconnected(node.Life, Now));
    }

    private void Handle(AttachEvent<SeenNode> what)
    {
        foreach (var instruction in _attach.Handle(what))
        {
            switch (instruction)
            {
                case AttachInstruction<SeenNode>.Attach: _cluster.TellSeeds(this, new AttachMessage()); break;
                case AttachInstruction<SeenNode>.AttachAgain again: After(again.After, () => Handle(new AttachEvent<SeenNode>.AttachDue(Now))); break;
                case AttachInstruction<SeenNode>.Publish publish: See(publish.Workers); break;
                default: break;
            }
        }
    }

    private void See(IReadOnlyList<SeenNode> workers)
    {
        foreach (var worker in workers) _nodes[worker.Life] = worker.Node;
        _view = [.. workers.Select(worker => new SeenWorker(worker.Life, worker.Life.Worker.Value, "host", 1, worker.Facts.PreviousEnd) { Has = worker.Facts.Has })];
        foreach (var job in _jobs.Values) job.Handle(new JobEvent.WorkersSeen(_view));
    }

    private void Tell(SimProcess from, JobId id, Func<WorkerLife, JobEvent> what)
    {
        if (_jobs.TryGetValue(id, out var job) && from is SimNode { Life: var life } && job.Scheduler.Knows(life)) job.Handle(what(life));
    }
}
