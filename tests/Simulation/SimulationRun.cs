using ActorCompute.Simulation.Cluster;
using ActorCompute.Simulation.Faults;
using ActorCompute.Simulation.World;

namespace ActorCompute.Simulation;

/// <summary>Runs a scenario to its end, and checks all that must hold.</summary>
internal sealed class SimulationRun
{
    // A whole cluster that nothing happens to any more has this long for what is left, beyond the time its tasks take.
    private static readonly TimeSpan LivenessBound = TimeSpan.FromMinutes(3);

    // What is closed by silence is closed by then.
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(20);

    private readonly Scenario _scenario;
    private readonly SimCluster _cluster;
    private readonly int _checkEvery;
    private TimeSpan _quietFrom;

    private SimulationRun(Scenario scenario, bool keepsLog, int checkEvery)
    {
        (_scenario, _checkEvery) = (scenario, checkEvery);
        World = new(scenario.Seed, keepsLog);
        _cluster = new(World);
    }

    public SimWorld World { get; }

    /// <summary>How often a task was split.</summary>
    public int Splits => _cluster.Jobs.Sum(job => job.Splits);

    /// <summary>What does not hold; null when all does.</summary>
    public Exception? Failure { get; private set; }

    /// <param name="scenario">What to run.</param>
    /// <param name="keepsLog">Keep a line for each thing that happens.</param>
    /// <param name="checkEvery">Check the invariants after so many steps.</param>
    public static SimulationRun Of(Scenario scenario, bool keepsLog = false, int checkEvery = 64)
    {
        var run = new SimulationRun(scenario, keepsLog, checkEvery);
        try
        {
            run.Build();
            run.Go();
        }
        catch (Exception e)
        {
            run.Failure = e;
        }

        return run;
    }

    private void Build()
    {
        _cluster.TasksKill = _scenario.Clients.Any(jobs => jobs.Any(job => job.OddShare > 0));
        _cluster.ClocksJump = _scenario.Faults.Any(fault => fault.Kind is FaultKind.JumpNodeClock or FaultKind.PauseNode);
        World.Network.Encodes = _scenario.Encodes;
        for (var i = 0; i < _scenario.Seeds; i++) _cluster.StartSeed(i);
        foreach (var worker in _scenario.Workers) StartWorker(worker);
        foreach (var jobs in _scenario.Clients)
        {
            var client = new SimClient(_cluster, $"client{_cluster.Clients.Count + 1}");
            _cluster.Clients.Add(client);
            foreach (var job in jobs) client.After(job.BeginsAt, () => client.Begin(job));
        }

        foreach (var fault in _scenario.Faults)
        {
            World.At(fault.At, null, () => Happen(fault));
            if (fault.At + fault.Length > _quietFrom) _quietFrom = fault.At + fault.Length;
        }
    }

    private void StartWorker(WorkerSetup setup) => _cluster.Keepers.Add(new(_cluster, $"w{_cluster.Keepers.Count + 1}", setup));

    private void Go()
    {
        var bound = _quietFrom + LivenessBound + WorkTime();
        while (World.Steps % 16 != 0 || !AllBegun() || _cluster.Jobs.Any(job => !job.HasEnded))
        {
            if (!World.Step()) throw new SimulationException("nothing happens any more");
            if (World.Steps % _checkEvery == 0) Check();
            if (World.Now > bound) throw new SimulationException($"not at its end {LivenessBound.TotalMinutes} minutes after the last fault: {string.Join("; ", _cluster.Jobs.Where(job => !job.HasEnded).Select(Describe))}");
        }

        foreach (var job in _cluster.Jobs) job.CheckOutcomes();
        var settled = (World.Now > _quietFrom ? World.Now : _quietFrom) + SettlingTime;
        while (World.Now < settled && World.Step())
        {
        }

        CheckNothingIsLeft();
    }

    private bool AllBegun() => _cluster.Jobs.Count() == _scenario.Clients.Sum(jobs => jobs.Count);

    private static string Describe(SimJob job) => $"{job.Id} has {job.Scheduler.Done} done, {job.Scheduler.Ledger.Waiting} waiting, {job.Scheduler.Ledger.InFlight} in flight, {job.Scheduler.Ledger.Isolated} isolated, {job.Scheduler.Ledger.Delayed} delayed, {job.Scheduler.Ledger.Workers.Count} workers";

    /// <summary>If one slot of the slowest worker did it all, with all attempts that are allowed.</summary>
    private TimeSpan WorkTime()
    {
        var total = TimeSpan.Zero;
        foreach (var job in _scenario.Clients.SelectMany(jobs => jobs))
        {
            var perTask = (job.MeanTime * 2 * Scenario.MaxSlowness * (1 + job.Retries)) + ((job.Timeout + TimeSpan.FromSeconds(3)) * job.OddShare * 2 ?? TimeSpan.Zero) + (TimeSpan.FromSeconds(30) * job.OddShare);
            perTask += job.PlanPace ?? TimeSpan.Zero;
            perTask += job.ReadPace ?? TimeSpan.Zero;
            total += job.Tasks * perTask;
        }

        return total;
    }

    private void Check()
    {
        foreach (var job in _cluster.Jobs) job.CheckInvariants();
        foreach (var node in _cluster.Nodes)
        {
            node.Core.CheckInvariants();
            node.CheckResources();
        }
    }

    private void CheckNothingIsLeft()
    {
        foreach (var node in _cluster.Nodes)
        {
            if (node.Core.Running > 0 || node.Core.Busy > 0 || node.HasWork) throw new SimulationException($"{node} keeps {node.Core.Running} chunks and {node.Core.Busy} busy slots when all jobs have ended");
        }

        foreach (var client in _cluster.Clients)
        {
            if (client.Loads.Count > 0) throw new SimulationException($"{client} keeps the loads of {client.Loads.Count} workers when all its jobs have ended");
        }
    }

    private void Happen(Fault fault)
    {
        World.Note($"FAULT {fault}");
        switch (fault.Kind)
        {
            case FaultKind.KillNode: NodeOf(fault)?.Die(); break;
            case FaultKind.PauseNode: NodeOf(fault)?.Pause(fault.Length); break;
            case FaultKind.PauseClient: ClientOf(fault).Pause(fault.Length); break;
            case FaultKind.CutNode when NodeOf(fault) is { } node: World.Network.Cut([node], World.Now + fault.Length); break;
            case FaultKind.CutClient: World.Network.Cut([ClientOf(fault)], World.Now + fault.Length); break;
            case FaultKind.KillSeed: KillSeed(fault.Target % _cluster.Seeds.Count); break;
            case FaultKind.DrainNode when NodeOf(fault) is { } node:
                node.Drain();
                StartWorker(_scenario.Workers[fault.Target % _scenario.Workers.Count] with { Has = node.Setup.Has });
                break;
            case FaultKind.LoseMessages: For(fault.Length, () => World.Network.LossShare = 0.2, () => World.Network.LossShare = 0); break;
            case FaultKind.DelayMessages: For(fault.Length, () => World.Network.SlowShare = 0.1, () => World.Network.SlowShare = 0); break;
            case FaultKind.JumpNodeClock when NodeOf(fault) is { } node: node.ClockShift += fault.Length; break;
            case FaultKind.JumpClientClock: ClientOf(fault).ClockShift += fault.Length; break;
            default: break;
        }
    }

    private void For(TimeSpan length, Action begin, Action end)
    {
        begin();
        World.At(World.Now + length, null, end);
    }

    private void KillSeed(int number)
    {
        if (!_cluster.Seeds[number].IsAlive) return;
        _cluster.Seeds[number].Die();
        World.At(World.Now + TimeSpan.FromSeconds(1), null, () => _cluster.StartSeed(number));
    }

    private SimNode? NodeOf(Fault fault)
    {
        var nodes = _cluster.Nodes.ToList();
        return nodes.Count == 0 ? null : nodes[fault.Target % nodes.Count];
    }

    private SimClient ClientOf(Fault fault) => _cluster.Clients[fault.Target % _cluster.Clients.Count];
}
