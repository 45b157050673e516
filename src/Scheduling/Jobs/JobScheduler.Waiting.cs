namespace ActorCompute.Scheduling;

/// <content>Why nothing is sent, for people.</content>
internal sealed partial class JobScheduler
{
    /// <summary>There are tasks to send, and none is: why, in words. Looked at with each <see cref="JobEvent.Tick"/>.</summary>
    public string? WaitsFor { get; private set; }

    private void LookWhatWaits()
    {
        var reason = HasEnded ? null : WhyNothingIsSent();
        if (reason == WaitsFor) return;
        WaitsFor = reason;
        if (reason is null) Log.Add(SchedulingEventKind.Flowing);
        else Log.Add(SchedulingEventKind.Waiting, reason: reason);
    }

    private string? WhyNothingIsSent()
    {
        if (_cancelled) return null;
        var isNextThere = _plan.TryPeek(out var next);
        if (Ledger.Waiting + Ledger.Isolated == 0)
        {
            if (!isNextThere) return _plan.IsEnded || _plan.Backlog is not null ? null : "the plan has no task ready";
            if (RoomFor(next) <= 0) return "outcomes wait to be taken; no more tasks are drawn until some are";
        }

        if (Ledger.Workers.Count == 0) return _roster.Known.Any() ? "no worker has opened the job yet" : _rules.Needs.IsEmpty ? "there is no worker" : $"there is no worker with {_rules.Needs}";
        if (RoomInFlight == 0) return $"{_rules.MaxInFlight} tasks are with workers, which is the most that the job allows";
        if (WorkerWithRoom() is null) return "every worker has as much as it takes";
        return Ledger.Waiting == 0 && Ledger.Isolated > 0 ? "the tasks left must run alone, and no worker is idle" : null;
    }
}
