namespace ActorCompute.Scale.World;

/// <summary>A client with one job: its real scheduler, and a reader that takes outcomes at once.</summary>
internal sealed class SimulatedClient : IJobReader
{
    // Of simulated time, for each message that comes or goes: what the product takes for it through all its layers. Without it a client
    // would send to all slots in the world before the first answers.
    private static readonly TimeSpan MessageCost = TimeSpan.FromMicroseconds(5);

    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(500);

    private readonly SimulatedWorld _world;
    private readonly Dictionary<WorkerLife, SimulatedWorker> _workers = [];
    private readonly List<JobInstruction> _instructions = [];
    private readonly Queue<Happening> _inbox = new();
    private TimeSpan _spent;
    private bool _isBusy;
    private bool _isStarved;

    public SimulatedClient(SimulatedWorld world, int number, SimulatedPlan plan, IReadOnlyList<SimulatedWorker> workers)
    {
        (_world, Plan, Job) = (world, plan, new($"job-{number}"));
        foreach (var worker in workers) _workers.Add(worker.Life, worker);
        Scheduler = new(new() { MayPack = true }, plan, this, new(), () => Hear(JobEvent.WorkerFreed.Instance), world.Now);
        Hear(new JobEvent.Began());
        Hear(new JobEvent.WorkersSeen([.. workers.Select(worker => worker.Seen)]));
        world.After(TickInterval, new(HappeningKind.ClientTicks, this));
    }

    public JobId Job { get; }

    public SimulatedPlan Plan { get; }

    public JobScheduler Scheduler { get; }

    /// <summary>What is measured of its scheduler.</summary>
    public CoreCost Cost { get; } = new();

    /// <summary>Of that the clock.</summary>
    public CoreCost Ticking { get; } = new();

    /// <summary>Of that the workers' reports.</summary>
    public CoreCost Reports { get; } = new();

    /// <summary>Chunks that were sent.</summary>
    public long Chunks { get; private set; }

    public long Recalls { get; private set; }

    public bool HasEnded { get; private set; }

    public long? Count => Plan.Tasks;

    public long Taken { get; private set; }

    public long TakenBytes { get; private set; }

    public void Starve() => _isStarved = true;

    public bool Wants(in TaskBatch batch) => true;

    public void Take(in Happening what)
    {
        if (HasEnded) return;
        if (what.Kind == HappeningKind.ClientIsFree) _isBusy = false;
        else _inbox.Enqueue(what);
        while (!_isBusy && !HasEnded && _inbox.TryDequeue(out var next)) Process(next);
    }

    private void Process(in Happening what)
    {
        _spent = TimeSpan.Zero;
        if (what.Kind == HappeningKind.ClientTicks)
        {
            _world.After(TickInterval, what);
            Handle(JobEvent.Tick.Instance, Ticking);
        }
        else
        {
            if (what.Worker is not null) _spent += MessageCost;
            switch ((JobEvent)what.What!)
            {
                case LedgerEvent.ReportArrived report:
                    Handle(report with { At = _world.Now }, Reports);
                    if (!HasEnded) Send(new(HappeningKind.RenewalCame, this, what.Worker));
                    break;
                case LedgerEvent.RepliesArrived replies: Handle(replies with { At = _world.Now }, null); break;
                case var other: Handle(other, null); break;
            }
        }

        if (_spent == TimeSpan.Zero) return;
        _isBusy = true;
        _world.After(_spent, new(HappeningKind.ClientIsFree, this));
    }

    private void Send(in Happening what)
    {
        _spent += MessageCost;
        _world.After(_spent + SimulatedWorld.Transit, what);
    }

    /// <summary>Nothing is left of it but its scheduler.</summary>
    public void Forget() => _workers.Clear();

    private void Hear(JobEvent what) => _world.After(TimeSpan.Zero, new(HappeningKind.ClientHears, this, null, what));

    private void Handle(JobEvent what, CoreCost? alsoTo)
    {
        alsoTo?.Begin();
        Cost.Begin();
        Scheduler.Handle(what, _world.Now, _instructions);
        Cost.End();
        alsoTo?.End();
        var before = Taken;
        foreach (var instruction in _instructions) Do(instruction);
        _instructions.Clear();
        // Said when an outcome is taken after that.
        if (!_isStarved || Taken == before) return;
        _isStarved = false;
        Hear(JobEvent.RoomMade.Instance);
    }

    private void Do(JobInstruction instruction)
    {
        switch (instruction)
        {
            case LedgerInstruction.Report report:
                Taken += report.Settled.Count;
                TakenBytes += report.Settled.Bytes;
                if (report.Settled.Failure is { } failure) throw new InvalidOperationException($"a task failed without a fault: {failure.Message}");
                break;
            case LedgerInstruction.Send send:
                Chunks++;
                Send(new(HappeningKind.ChunkCame, this, _workers[send.Life], send));
                break;
            case LedgerInstruction.RecallChunk recall:
                Recalls++;
                Send(new(HappeningKind.RecallCame, this, _workers[recall.Life], null, recall.Sequence));
                break;
            case JobInstruction.Open open: Send(new(HappeningKind.OpenCame, this, _workers[open.Worker.Life])); break;
            case JobInstruction.WaitForPlan: Hear(JobEvent.PlanReady.Instance); break;
            case JobInstruction.End: HasEnded = true; break;
            default: break;
        }
    }
}
