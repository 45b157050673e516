namespace ActorCompute.Scheduling;

/// <content>Jobs: opened, refused, closed.</content>
internal sealed partial class NodeCore<TClient>
{
    private void Open(NodeEvent.OpenAsked<TClient> asked, TimeSpan now, List<NodeInstruction> instructions)
    {
        // Not answered, so that the client asks again: then the next incarnation.
        if (_leaving is not null) return;
        if (!_jobs.TryGetValue(asked.Job, out var job))
        {
            if (_limits.Has.Covers(asked.Terms.Needs)) BeginOpening(asked, now, instructions);
            else instructions.Add(new NodeInstruction.TellRefused<TClient>(asked.Client, asked.Job, $"it needs {asked.Terms.Needs}, and the worker has {(_limits.Has.IsEmpty ? "no resources" : _limits.Has)}"));
        }
        else if (job.Client.Equals(asked.Client))
        {
            job.Lease.Renew(now);
            if (job.IsOpen) TellOpened(job, instructions);
        }
    }

    private void BeginOpening(NodeEvent.OpenAsked<TClient> asked, TimeSpan now, List<NodeInstruction> instructions)
    {
        var job = new NodeJob<TClient>(asked.Job, ++_openings, asked.Client, asked.Terms.Bounded(), now);
        _jobs.Add(asked.Job, job);
        _opening.Add(job);
        instructions.Add(new NodeInstruction.BeginOpening<TClient>(job, job.Client, job.Terms));
        if (job.Terms.Timeout is not null) WatchWhatRuns(instructions);
    }

    /// <param name="job">The job.</param>
    /// <param name="isIo">Whether its tasks mostly wait.</param>
    /// <param name="problem">Why there is no work; null when there is.</param>
    /// <param name="now">The time.</param>
    /// <param name="instructions">What to do.</param>
    private void OnOpened(NodeJob<TClient> job, bool isIo, string? problem, TimeSpan now, List<NodeInstruction> instructions)
    {
        if (!_opening.Remove(job)) return;
        (job.IsOpening, job.IsIo) = (false, isIo);
        if (job.IsClosed) ReleaseIfIdle(job, instructions);
        // A node that leaves takes no more; the client asks the next incarnation.
        if (job.IsClosed || _leaving is not null) return;
        if (problem is not null)
        {
            Refuse(job, problem, now, instructions);
            return;
        }

        job.Seat = SlotsOf(job).Open(job.Job, job.Terms);
        TellOpened(job, instructions);
    }

    private void TellOpened(NodeJob<TClient> job, List<NodeInstruction> instructions)
    {
        var slots = job.IsIo ? _limits.IoSlots : _limits.Slots;
        // Slots that the resources do not suffice for are not this job's: no more of its chunks could run.
        var usable = Math.Min(slots, _limits.Has.Times(job.Terms.Needs));
        instructions.Add(new NodeInstruction.TellOpened<TClient>(job.Client, job.Job, slots, usable, usable * (1 + Prefetch), job.IsIo) { Splits = job.Splits });
    }

    private void Refuse(NodeJob<TClient> job, string reason, TimeSpan now, List<NodeInstruction> instructions)
    {
        instructions.Add(new NodeInstruction.TellRefused<TClient>(job.Client, job.Job, reason));
        Close(job, now, instructions);
    }

    private void Close(NodeJob<TClient> job, TimeSpan now, List<NodeInstruction> instructions)
    {
        Discard(job, now, instructions);
        WatchWhatRuns(instructions);
    }

    private void Discard(NodeJob<TClient> job, TimeSpan now, List<NodeInstruction> instructions)
    {
        _jobs.Remove(job.Job);
        _closing.Add(job);
        if (job.Seat is { } seat) SlotsOf(job).Close(seat);
        RemoveAllAlone(job);
        job.Close(now);
        instructions.Add(new NodeInstruction.CancelWork(job));
        ReleaseIfIdle(job, instructions);
    }

    private void CloseAll(TimeSpan now, List<NodeInstruction> instructions)
    {
        foreach (var job in _jobs.Values.ToList()) Discard(job, now, instructions);
    }

    private void ReleaseIfIdle(NodeJob<TClient> job, List<NodeInstruction> instructions)
    {
        if (job.CanBeReleased && _closing.Remove(job)) instructions.Add(new NodeInstruction.ReleaseWork(job));
    }

    /// <summary>An opening that takes longer than a task may ends its job here; one that does not end at all takes a new process.</summary>
    private void MindOpenings(TimeSpan now, List<NodeInstruction> instructions)
    {
        if (_opening.Count == 0 || _hasEnded) return;
        foreach (var job in _opening.Where(job => job.OpensTooLong(now)).ToList())
        {
            Refuse(job, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the initializer, or the opening of the work, did not end within {job.Terms.Timeout!.Value.TotalSeconds:0.###} s."), now, instructions);
        }

        if (_opening.Any(job => job.IsStuck(now))) EndNow(new("the opening of a job did not end when nobody wanted it any more; the process is replaced.", PlannedEnd.Replaced), instructions);
    }
}
