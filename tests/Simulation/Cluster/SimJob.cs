using ActorCompute.Simulation.World;

namespace ActorCompute.Simulation.Cluster;

/// <summary>One job: its real <see cref="JobScheduler"/>, a plan, a reader, and an account of what happened to check it by.</summary>
internal sealed class SimJob : IJobPlan, IJobReader
{
    private readonly SimClient _client;
    private readonly JobSetup _setup;
    private readonly List<JobInstruction> _instructions = [];
    private readonly SimEvents _events;
    private readonly Dictionary<long, SettledBatch> _outcomes = [];
    private readonly Dictionary<long, int> _deaths = [];
    private readonly HashSet<long> _cancelled = [];
    private readonly Queue<SettledBatch> _unread = new();
    private readonly List<long> _given = [];
    private long _available;
    private long _next;
    private bool _waitsForPlan;
    private bool _isStarved;
    // Of its own: what it draws does not change what others do.
    private readonly SimRandom _random;
    private int _wake;

    public SimJob(SimClient client, JobSetup setup, JobId id, WorkerLoads loads)
    {
        (_client, _setup, Id, _events, _random) = (client, setup, id, new(id), new(setup.Seed ^ 0x5917));
        Script = new(setup.Seed, setup.MeanTime, setup.OddShare, mayHang: setup.Timeout is not null);
        _available = setup.PlanPace is null ? setup.Tasks : 0;
        Scheduler = new(RulesOf(setup), this, this, loads, () => client.After(TimeSpan.Zero, () => Handle(JobEvent.WorkerFreed.Instance)), client.Now);
        if (setup.PlanPace is { } pace) Grow(pace);
        if (setup.ReadPace is { } reading) client.Every(reading, () => Read(1));
        if (setup.CancelAt is { } at) client.After(at, () => Handle(new JobEvent.Cancelled("cancelled")));
        if (setup.CancelledShare > 0) CancelSome();
        client.Every(TimeSpan.FromMilliseconds(500), () => Handle(JobEvent.Tick.Instance));
        Handle(new JobEvent.Began());
    }

    public JobId Id { get; }

    public JobSetup Setup => _setup;

    /// <summary>How often a task of it, or a piece of one, was split.</summary>
    public int Splits { get; private set; }

    public TaskScript Script { get; }

    public JobScheduler Scheduler { get; }

    /// <summary>Tasks of this cluster kill workers.</summary>
    public bool MayDieWhileItOpens { get; init; }

    /// <summary>Time passes for workers while their tasks do not run.</summary>
    public bool ClocksJump { get; init; }

    /// <summary>Workers leave after so many tasks; one that dies while it leaves is no death of what it ran.</summary>
    public bool WorkersAreReplaced { get; init; }

    /// <summary>No worker would run it.</summary>
    public bool WasRefused { get; private set; }

    /// <summary>Its end was told.</summary>
    public bool HasEnded { get; private set; }

    public bool IsEnded => _next == _setup.Tasks;

    public Exception? Error => null;

    public long? Backlog => _setup.IsSession ? Drawn : null;

    public int Drawn => (int)(_available - _next);

    public long? Count => _setup.IsSession ? null : _setup.Tasks;

    public long Taken { get; private set; }

    public long TakenBytes { get; private set; }

    public bool TryPeek(out long number)
    {
        number = _next;
        return _next < _available;
    }

    public bool TryTake(int most, out TaskBatch batch)
    {
        var count = (int)Math.Min(most, _available - _next);
        batch = count >= 2
            ? new(_next, BitConverter.GetBytes(_next), new SimPack(_next, count), count)
            : new(_next, BitConverter.GetBytes(_next));
        _next += batch.Count;
        return true;
    }

    public void Starve() => _isStarved = true;

    public bool Wants(in TaskBatch batch)
    {
        if (!_cancelled.Contains(batch.First)) return true;
        // Its caller has been told already.
        return false;
    }

    public void Handle(JobEvent what)
    {
        if (HasEnded) return;
        Scheduler.Handle(what, _client.Now, _instructions);
        _events.Read(Scheduler.Log);
        for (var i = 0; i < _instructions.Count; i++) Do(_instructions[i]);
        _instructions.Clear();
    }

    /// <summary>A node ended that ran a task, or had run it with nothing beside it.</summary>
    public void Died(long number) => _deaths[number] = _deaths.GetValueOrDefault(number) + 1;

    /// <summary>All is as it should be, now that it has ended.</summary>
    public void CheckOutcomes()
    {
        if (WasRefused) return;
        if (!HasEnded) throw new SimulationException($"{Id} has not ended: {_outcomes.Count} of {_setup.Tasks} tasks have an outcome");
        if (_setup.CancelAt is null && _outcomes.Count + _cancelled.Count(number => !_outcomes.ContainsKey(number)) != _setup.Tasks) throw new SimulationException($"{Id} has {_outcomes.Count} outcomes of {_setup.Tasks} tasks");
        if (_setup.Ordered && !_given.SequenceEqual(_given.Order())) throw new SimulationException($"{Id} gave its outcomes out of order");
        if (_events.IsWhole && _events.Ended != _outcomes.Count) throw new SimulationException($"{Id} told of the end of {_events.Ended} tasks, and {_outcomes.Count} ended");
        foreach (var (number, outcome) in _outcomes) Check(number, outcome);
    }

    /// <summary>The account of the tasks adds up.</summary>
    public void CheckInvariants() => Scheduler.Ledger.CheckInvariants();

    private static JobRules RulesOf(JobSetup setup) => new()
    {
        Ordered = setup.Ordered,
        MaxInFlight = setup.MaxInFlight,
        MaxOutstanding = setup.MaxOutstanding,
        Splits = setup is { Splits: true, MaxInFlight: int.MaxValue },
        MayPack = setup is { Timeout: null, MaxInFlight: int.MaxValue, Retries: 0, IsSession: false },
        Needs = setup.Needs,
        Ledger = new() { MaxWorkerDeaths = JobSetup.MaxWorkerDeaths, Retry = new() { MaxRetries = setup.Retries } },
    };

    private void Do(JobInstruction instruction)
    {
        switch (instruction)
        {
            case LedgerInstruction.Report report:
                Record(report.Settled);
                if (!_setup.Ordered) Give(report.Settled);
                break;
            case JobInstruction.Give give: Give(give.Settled); break;
            case LedgerInstruction.Send send: _client.Tell(send.Life, new ChunkMessage(Id, send.Sequence, send.Batches, send.IsAlone)); break;
            case LedgerInstruction.CancelTask cancel: _client.Tell(cancel.Life, new CancelTasksMessage(Id, [cancel.Number])); break;
            case LedgerInstruction.SplitTask ask: AskToSplit(ask.Life, new(Id, ask.Number, ask.Attempt, ask.Pieces)); break;
            case LedgerInstruction.Merge merge:
                _client.After(_random.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(50)), () => Handle(new LedgerEvent.Merged(merge.Number, SplitScript.Merge(merge.Results), null)));
                break;
            case LedgerInstruction.WasSplit: Splits++; break;
            case LedgerInstruction.RecallChunk recall: _client.Tell(recall.Life, new RecallMessage(Id, recall.Sequence)); break;
            case LedgerInstruction.BeginChunk begin: _client.Tell(begin.Life, new BeginMessage(Id, begin.Sequence)); break;
            case JobInstruction.Open open: _client.Tell(open.Worker.Life, new OpenJobMessage(Id, new(_setup.Timeout, TimeSpan.FromSeconds(2)) { Client = _client.Name, Priority = _setup.Priority, Needs = _setup.Needs })); break;
            case JobInstruction.WaitForPlan: WaitForPlan(); break;
            case JobInstruction.WakeAt wake: WakeAt(wake.At); break;
            case JobInstruction.End end: End(end); break;
            default: _client.World.Note($"{Id}: {instruction}"); break;
        }
    }

    /// <summary>Some are lost, some come twice, some come late.</summary>
    private void AskToSplit(WorkerLife life, SplitTaskMessage ask)
    {
        if (!_random.Chance(0.2)) _client.Tell(life, ask);
        if (_random.Chance(0.2)) _client.After(_random.Between(TimeSpan.Zero, TimeSpan.FromSeconds(3)), () => _client.Tell(life, ask));
    }

    private void WaitForPlan()
    {
        _waitsForPlan = true;
        if (_next < _available || IsEnded) PlanIsReady();
    }

    private void PlanIsReady()
    {
        if (!_waitsForPlan) return;
        _waitsForPlan = false;
        _client.After(TimeSpan.FromMicroseconds(50), () => Handle(JobEvent.PlanReady.Instance));
    }

    private void Grow(TimeSpan pace) => _client.After(pace, () =>
    {
        if (_available >= _setup.Tasks) return;
        _available++;
        PlanIsReady();
        Grow(pace);
    });

    private void CancelSome()
    {
        var random = new SimRandom(_setup.Seed ^ 0xCA);
        for (var number = 0L; number < _setup.Tasks; number++)
        {
            if (!random.Chance(_setup.CancelledShare)) continue;
            var cancelled = number;
            _client.After(random.Between(TimeSpan.Zero, TimeSpan.FromSeconds(5)), () =>
            {
                if (_outcomes.ContainsKey(cancelled) || HasEnded) return;
                _cancelled.Add(cancelled);
                Handle(new LedgerEvent.TaskCancelled(cancelled, "cancelled"));
            });
        }
    }

    private void WakeAt(TimeSpan? at)
    {
        var wake = ++_wake;
        if (at is not { } time) return;
        _client.After(time - _client.Now, () =>
        {
            if (wake == _wake) Handle(JobEvent.RetryDue.Instance);
        });
    }

    private void Record(in SettledBatch settled)
    {
        for (var number = settled.First; number < settled.First + settled.Count; number++)
        {
            if (!_outcomes.TryAdd(number, settled)) throw new SimulationException($"task {number} of {Id} was reported twice");
        }
    }

    private void Give(in SettledBatch settled)
    {
        _given.Add(settled.First);
        _unread.Enqueue(settled);
        if (_unread.Count > _setup.MaxOutstanding) throw new SimulationException($"{Id} keeps {_unread.Count} outcomes that were not taken; {_setup.MaxOutstanding} are allowed");
        if (_setup.ReadPace is null) Read(int.MaxValue);
    }

    private void Read(int most)
    {
        for (var i = 0; i < most && _unread.TryDequeue(out var settled); i++)
        {
            Taken += settled.Count;
            TakenBytes += settled.Bytes;
        }

        if (!_isStarved || _unread.Count > 0 && most > 1) return;
        _isStarved = false;
        _client.After(TimeSpan.FromMicroseconds(20), () => Handle(JobEvent.RoomMade.Instance));
    }

    private void End(JobInstruction.End end)
    {
        HasEnded = true;
        // Where others kill the workers again and again, that may well happen while they open this job.
        var somebodyCould = _client.View.Any(worker => worker.Has.Covers(_setup.Needs));
        if (end.Refusals is { } why && somebodyCould && !MayDieWhileItOpens) throw new SimulationException($"{Id} ends because nobody will: {why}");
        WasRefused = end.Refusals is not null;
        Scheduler.Close();
        foreach (var worker in Scheduler.Holders) _client.Tell(worker.Life, new CloseJobMessage(Id));
        _client.World.Note($"{Id} ends");
    }

    private void Check(long number, in SettledBatch outcome)
    {
        var (behaviour, time) = Script.Of(number);
        var isRight = outcome.Failure?.Cause switch
        {
            null => behaviour is TaskBehaviour.Computes or TaskBehaviour.ThrowsOnce && outcome.Result.Span.SequenceEqual(TaskScript.Result(outcome.First)),
            FailureCause.Exception => behaviour is TaskBehaviour.Throws || (behaviour is TaskBehaviour.ThrowsOnce && _setup.Retries == 0),
            FailureCause.BadInput => behaviour is TaskBehaviour.BadInput,
            FailureCause.TimedOut => behaviour is TaskBehaviour.Hangs or TaskBehaviour.HangsDeaf || ClocksJump || time * Scenario.MaxSlowness > _setup.Timeout,
            FailureCause.WorkerDied => _deaths.GetValueOrDefault(number) >= 1,
            FailureCause.Cancelled => _setup.CancelAt is not null || _cancelled.Contains(number),
            _ => false,
        };
        if (!isRight) throw new SimulationException($"task {number} of {Id}, which {behaviour}, after {_deaths.GetValueOrDefault(number)} deaths came to {(outcome.Failure is { } failure ? $"{failure.Cause}: {failure.Message}" : $"a result of {outcome.Result.Length} bytes")}");
        if (behaviour == TaskBehaviour.Kills && !WorkersAreReplaced && _deaths.GetValueOrDefault(number) > 4 * JobSetup.MaxWorkerDeaths) throw new SimulationException($"task {number} of {Id} killed {_deaths[number]} workers");
    }

    private sealed class SimPack(long first, int count) : PackedTasks
    {
        public override IEnumerable<TaskBatch> Unpack(int from) => Enumerable.Range(from, count - from).Select(i => new TaskBatch(first + i, BitConverter.GetBytes(first + i)));
    }
}
