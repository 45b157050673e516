using ActorCompute.Simulation.World;

namespace ActorCompute.Simulation.Cluster;

/// <summary>Refers to a client's job, as the reference to its actor does.</summary>
internal sealed record JobRef(SimProcess Client, JobId Job);

/// <summary>A worker's node: its real <see cref="NodeCore{TClient}"/>, and slots in which tasks take simulated time.</summary>
internal sealed partial class SimNode : SimProcess
{
    private static readonly TimeSpan RegisterInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstRegisterInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    private readonly SimCluster _cluster;
    private readonly SimKeeper _keeper;
    private readonly string _previousEnd;
    private readonly NodeCore<JobRef> _core;
    private readonly List<NodeInstruction> _instructions = [];
    private readonly Dictionary<JobOpening, OpenWork> _works = [];

    // Also those that have ended, or were about to begin: a word of it that is lost with the process makes no difference to the client.
    private readonly HashSet<(JobId Job, long Number)> _ranAlone = [];
    private long? _budget;
    private bool _isRegistered;
    private bool _isWatched;

    public SimNode(SimCluster cluster, SimKeeper keeper, WorkerLife life, string previousEnd)
        : base(cluster.World, $"node {life}")
    {
        (_cluster, _keeper, Life, _previousEnd, _budget) = (cluster, keeper, life, previousEnd, keeper.MaxTasks);
        _core = new(new(keeper.Setup.Slots, 4, TimeSpan.FromSeconds(20)) { MaxTasks = keeper.MaxTasks, Has = keeper.Setup.Has }, Now);
        After(World.Random.Between(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(300)), Register);
        Every(ReportInterval, () => Handle(new NodeEvent.ReportDue()));
    }

    public WorkerLife Life { get; }

    public NodeCore<JobRef> Core => _core;

    /// <summary>Tasks that run now, of any job.</summary>
    public IEnumerable<(JobId Job, long Number)> RunningTasks => _works.Values.SelectMany(work => work.Running.Values).Where(run => run.Current is not null).Select(run => (run.Job, run.Current!.Value.PartOf ?? run.Current.Value.First));

    public override void Receive(SimProcess from, SimMessage message)
    {
        switch (message)
        {
            case ChunkMessage chunk: Take(new(from, chunk.Job), chunk); break;
            case OpenJobMessage open: Handle(new NodeEvent.OpenAsked<JobRef>(open.Job, new(from, open.Job), open.Terms)); break;
            case RenewLeaseMessage renew: Handle(new NodeEvent.LeaseRenewed<JobRef>(renew.Job, new(from, renew.Job))); break;
            case RecallMessage recall: Handle(new NodeEvent.ChunkRecalled<JobRef>(recall.Job, new(from, recall.Job), recall.Sequence)); break;
            case CancelTasksMessage cancel: Handle(new NodeEvent.TasksCancelled<JobRef>(cancel.Job, new(from, cancel.Job), cancel.Numbers)); break;
            case SplitTaskMessage split: Handle(new NodeEvent.SplitAsked<JobRef>(split.Job, new(from, split.Job), split.Number, split.Attempt, split.Pieces)); break;
            case BeginMessage begin: Handle(new NodeEvent.MayBegin<JobRef>(begin.Job, new(from, begin.Job), begin.Sequence)); break;
            case CloseJobMessage close: Handle(new NodeEvent.CloseAsked<JobRef>(close.Job, new(from, close.Job))); break;
            case RegisteredMessage: _isRegistered = true; break;
            default: throw new InvalidOperationException($"{this} does not know {message}");
        }
    }

    public override void Disconnected(SimProcess peer) => Handle(new NodeEvent.Disconnected<JobRef>(client => client.Client == peer));

    /// <summary>What it was told of itself.</summary>
    public WorkerSetup Setup => _keeper.Setup;

    /// <summary>What the chunks that run need is not more than it has.</summary>
    public void CheckResources()
    {
        foreach (var (name, amount) in Setup.Has.Amounts)
        {
            var taken = _works.Values.Sum(work => work.Terms.Needs[name] * work.Running.Count);
            if (taken > amount) throw new SimulationException($"{this} has {amount} of {name}, and what runs needs {taken}");
        }
    }

    /// <summary>Somebody drains it.</summary>
    public void Drain() => Handle(new NodeEvent.LeaveAsked("it was drained"));

    /// <summary>Something of some job is here.</summary>
    public bool HasWork => _works.Count > 0;

    protected override void Ended()
    {
        foreach (var (job, number) in RunningTasks.Concat(_ranAlone).Distinct()) _cluster.JobOf(job)?.Died(number);
        _keeper.ChildEnded(this);
    }

    private void Register()
    {
        _cluster.TellSeeds(this, new RegisterMessage(Life, new(_previousEnd, _keeper.Setup.Has)));
        After(_isRegistered ? RegisterInterval : FirstRegisterInterval, Register);
    }

    private void Take(JobRef client, ChunkMessage chunk)
    {
        switch (_core.Take(chunk.Job, client, chunk.Sequence, Now, out var opening, chunk.IsAlone))
        {
            case ChunkVerdict.Keep:
                _works[opening!].Waiting.Add(chunk.Sequence, new(client, opening!, chunk));
                while (_core.TryStart(_instructions, out var start)) Run(start.Opening, start.Sequence);
                DoAll();
                break;
            case ChunkVerdict.GiveBack:
                Tell(client, new RepliesMessage(chunk.Job, chunk.Sequence, Complete: true, Unbegun: true, []));
                break;
            default:
                break;
        }
    }

    private void Handle(NodeEvent what)
    {
        _core.Handle(what, Now, _instructions);
        DoAll();
    }

    private void DoAll()
    {
        // What is done may bring further instructions.
        for (var i = 0; i < _instructions.Count && IsAlive; i++) Do(_instructions[i]);
        _instructions.Clear();
    }

    private void Do(NodeInstruction instruction)
    {
        switch (instruction)
        {
            case NodeInstruction.BeginOpening<JobRef> begin: BeginOpening(begin); break;
            case NodeInstruction.TellOpened<JobRef> opened: Tell(opened.Client, new JobOpenedMessage(opened.Job, opened.Slots, opened.Usable, opened.Window, opened.Waits, opened.Splits)); break;
            case NodeInstruction.TellRefused<JobRef> refused: Tell(refused.Client, new JobRefusedMessage(refused.Job, refused.Reason)); break;
            case NodeInstruction.RunChunk run: Run(run.Opening, run.Sequence); break;
            case NodeInstruction.AskToBegin<JobRef> ask: AskToBegin(ask); break;
            case NodeInstruction.GiveBack<JobRef> back:
                if (back.Opening is { } kept) _works[kept].Waiting.Remove(back.Sequence);
                Tell(back.Client, new RepliesMessage(back.Job, back.Sequence, Complete: true, Unbegun: true, []));
                break;
            case NodeInstruction.CancelTasks cancel: CancelTasks(_works[cancel.Opening], cancel.Numbers); break;
            case NodeInstruction.SplitTask split: Split(_works[split.Opening], split); break;
            case NodeInstruction.TellLeaving<JobRef> leaving:
                Tell(leaving.Client, new LeavingMessage(leaving.Opening.Job, leaving.Running));
                break;
            case NodeInstruction.TellReport<JobRef> report: Tell(report.Client, new ReportMessage(report.Opening.Job, report.LastSequence, report.Held)); break;
            case NodeInstruction.AnswerTimedOut late: AnswerTimedOut(late.Task); break;
            case NodeInstruction.AnswerOutOfMemory: break;
            case NodeInstruction.CancelWork cancel: CancelWork(_works[cancel.Opening]); break;
            case NodeInstruction.ReleaseWork release: _works.Remove(release.Opening); break;
            case NodeInstruction.StartWatch: StartWatch(); break;
            case NodeInstruction.StopWatch: _isWatched = false; break;
            case NodeInstruction.End end: End(end); break;
            default: throw new InvalidOperationException($"{this} does not know {instruction}");
        }
    }

    private void Tell(JobRef client, SimMessage message) => World.Network.Send(this, client.Client, message);

    private void AskToBegin(NodeInstruction.AskToBegin<JobRef> ask)
    {
        foreach (var run in _works.Values.SelectMany(work => work.Waiting.Values).Where(run => run.Job == ask.Job && run.Chunk.Sequence == ask.Sequence))
        {
            foreach (var task in run.Chunk.Batches) _ranAlone.Add((ask.Job, task.PartOf ?? task.First));
        }

        Tell(ask.Client, new ReadyMessage(ask.Job, ask.Sequence));
    }

    private void BeginOpening(NodeInstruction.BeginOpening<JobRef> begin)
    {
        var opening = begin.Opening;
        _works.Add(opening, new(begin.Terms));
        After(World.Random.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(40)), () => Handle(new NodeEvent.WorkOpened(opening, IsIo: false, _cluster.JobOf(opening.Job)?.Setup.Splits ?? false)));
    }

    private void StartWatch()
    {
        if (_isWatched) return;
        _isWatched = true;
        Watch();
    }

    private void Watch() => After(TimeSpan.FromMilliseconds(100), () =>
    {
        if (!_isWatched) return;
        Handle(new NodeEvent.WatchDue(LookForStuck()));
        if (_isWatched) Watch();
    });

    private void End(NodeInstruction.End end)
    {
        World.Note($"{this} ends: {end.Reason}");
        _cluster.TellSeeds(this, new UnregisterMessage(Life));
        PlannedEnd = end.Kind;
        // What it has said is on its way; the process is gone soon.
        After(TimeSpan.FromMilliseconds(5), Die);
    }

    /// <summary>What it told its keeper of its end.</summary>
    public PlannedEnd PlannedEnd { get; private set; }
}
