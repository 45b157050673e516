namespace ActorCompute.Scheduling;

/// <content>Workers that come, answer, refuse and are lost.</content>
internal sealed partial class JobScheduler
{
    private void See(IReadOnlyList<SeenWorker> view)
    {
        if (HasEnded) return;
        _view = view;
        foreach (var replaced in _roster.Update(view)) Lose(replaced, "it was started again");
        foreach (var worker in _roster.ToOpen()) _out.Add(new JobInstruction.Open(worker));
        EndIfNobodyWill();
    }

    /// <summary>Each next incarnation tells how the one before ended, which was given up by now at the latest.</summary>
    private void Explain()
    {
        foreach (var worker in _view.Where(worker => worker.PreviousEnd.Length > 0).ToList())
        {
            Account(new LedgerEvent.WorkerExplained(worker.Life with { Incarnation = worker.Life.Incarnation - 1 }, worker.PreviousEnd));
        }
    }

    private void Open(JobEvent.Opened opened)
    {
        if (!_roster.Knows(opened.Life) || opened.Slots < 1 || opened.Usable < 1 || opened.Window < 1) return;
        _packs = opened.Packs && _rules.MayPack;
        var worker = _roster.Opened(opened.Life);
        // Slots for work that waits are others, and hardly ever run out.
        var load = opened.Waits ? new WorkerLoad(opened.Slots) : _loads.Of(opened.Life, opened.Slots);
        Account(new LedgerEvent.WorkerOpened(new(opened.Life, opened.Usable, opened.Window, worker.Name, worker.Host, worker.ProcessId) { Splits = opened.Splits }, _now) { Load = load });
    }

    private void Refuse(JobEvent.Refused refused)
    {
        if (!_roster.Knows(refused.Life)) return;
        _out.Add(new JobInstruction.Refused(refused.Life, refused.Reason));
        Log.Add(SchedulingEventKind.WorkerRefused, _roster.WorkerOf(refused.Life).Name, refused.Reason);
        _roster.Refused(refused.Life, refused.Reason);
        EndIfNobodyWill();
    }

    private void EndIfNobodyWill()
    {
        if (_roster.NobodyWill is { } reasons) End(null, reasons);
    }

    private void Lose(WorkerLife life, string reason)
    {
        Forget(life, reason);
        Account(new LedgerEvent.WorkerLost(life, reason, _now));
    }

    private void Forget(WorkerLife life, string reason)
    {
        if (_roster.Lost(life) is not { } worker) return;
        _loads.Leave(life);
        _out.Add(new JobInstruction.Lost(worker, reason));
    }

    /// <summary>Finds out whether the job waits for workers, and tells of the change.</summary>
    private void LookForWorkers()
    {
        // Idle is not waiting: an executor with nothing to do needs no worker.
        var hasWork = !HasEnded && !_cancelled && (!Ledger.IsSettled || _plan.TryPeek(out _));
        if (_absence.Look(hasWork, Ledger.Workers.Count, _now)) _out.Add(new JobInstruction.WaitsForWorkers(_absence.IsWaiting, Ledger.Workers.Count));
    }
}
