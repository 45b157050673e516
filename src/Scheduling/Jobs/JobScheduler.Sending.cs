namespace ActorCompute.Scheduling;

/// <content>The way out: from the plan through the ledger to workers with room.</content>
internal sealed partial class JobScheduler
{
    /// <summary>Tasks left to send, where that is known: of the plan, or of those submitted so far.</summary>
    private long? Remaining => (_reader.Count is { } count ? count - Ledger.Added - _replayed : _plan.Backlog) + Ledger.Waiting + Ledger.Isolated + Ledger.Delayed;

    // A chunk waits for room to grow no longer than until there is this part of all.
    private const int Shares = 64;

    private int RoomInFlight => Math.Max(0, _rules.MaxInFlight - Ledger.InFlight);

    /// <summary>Sends chunks while a worker has room and tasks are to be had, and ends the job when all is settled.</summary>
    private void Proceed()
    {
        if (HasEnded) return;
        while (!_cancelled && WorkerWithRoom() is { } worker)
        {
            // Drawing moves tasks from the plan to those that wait, at the end: what is left and who is first stay the same.
            var size = Ledger.NextTravelsAlone ? 1 : Math.Min(_sizer.NextSize(Remaining, Ledger.Slots), RoomInFlight);
            if (size == 0) break;
            Draw(size);
            if (Ledger.Dispatch(worker.Life, size, ChunkSizer.MaximumBytes, _now) is not { } send) break;
            _out.Add(send);
        }

        if (!Ledger.IsSettled)
        {
            Rebalance();
            SplitLongest();
            return;
        }

        if (_cancelled) End(null);
        else if (_plan.IsEnded) End(_plan.Error);
        // One that waits already is taken when a worker opens, or the reader makes room: to wait for it again would be to spin.
        else if (!_plan.TryPeek(out _)) WaitForPlan();
    }

    /// <summary>With nothing left to send: takes a chunk from a worker that has not come to it to one that is idle, now or as soon as one is.</summary>
    private void Rebalance()
    {
        if (_cancelled || Ledger.Waiting > 0 || !(_loads.AreShared ? Ledger.FindsQueued() : Ledger.QueuesItself)) return;
        if (!_waitsForIdle)
        {
            // Before the look: a slot that another job frees after it wakes this one.
            _waitsForIdle = true;
            _loads.WhenIdle(_freed);
        }

        if (Ledger.Recall() is { } recall) _out.Add(recall);
    }

    /// <summary>Near the end of a job: a second try of what takes much longer than the rest, where a worker has nothing else to do.</summary>
    private void CopyStragglers()
    {
        if (HasEnded || _cancelled || !_plan.IsEnded || Ledger.IsSettled || !_rules.MayRunTwiceAtOnce || _rules.MaxInFlight < int.MaxValue) return;
        while (_times.Limit(_rules.Stragglers, Ledger.Reported, Ledger.Added) is { } limit && Ledger.Copy(limit, _now) is { } copy)
        {
            _out.Add(new JobInstruction.Copied(copy.Send.Batches[0].PartOf ?? copy.Send.Batches[0].First, copy.Elapsed, _roster.WorkerOf(copy.Send.Life)));
            _out.Add(copy.Send);
        }
    }

    /// <summary>The worker with the fewest chunks of all jobs for its slots, if any takes more.</summary>
    private LedgerWorker? WorkerWithRoom()
    {
        // To count what was submitted takes a lock that those who submit want too.
        var remaining = _sizer.DepthFollowsRemaining ? Remaining ?? _plan.Drawn + Ledger.Waiting : 0;
        return Ledger.WorkerWithRoom(_sizer.GoesDeep(remaining, Ledger.Slots), _loads.AreShared);
    }

    private void Draw(int wanted)
    {
        // Where room is what is short, each answer makes a little of it: to fill that at once would keep chunks as small as they were.
        var least = Ledger.InFlight > 0 ? Math.Max(1, Math.Min(wanted - Ledger.Waiting, MostRoom / Shares)) : 1;
        while (Ledger.Waiting < wanted)
        {
            if (!_plan.TryPeek(out var number))
            {
                if (!_plan.IsEnded) WaitForPlan();
                return;
            }

            if (RoomFor(number) < least)
            {
                _reader.Starve();
                // Taken in between: nobody would wake us.
                if (RoomFor(number) < least) return;
            }

            least = 1;
            _plan.TryTake((int)Math.Min(RoomFor(number), _packs ? Math.Min(_sizer.PackSize, wanted) : 1), out var next);
            if (next.State is JournalledOutcome known) Replay(known.Of(next));
            // One that is cancelled after this look is in the ledger when word of that comes.
            else if (_reader.Wants(next)) Ledger.Add(next);
        }
    }

    private void Replay(in SettledBatch settled)
    {
        _replayed++;
        _held.Settled(settled.Count, settled.Bytes);
        if (_reorder is null) _out.Add(new JobInstruction.Give(settled));
        else GiveInOrder(settled);
    }

    /// <summary>Tasks that may be drawn when all outcomes are taken.</summary>
    private long MostRoom => Math.Min(_rules.MaxOutstanding, _held.Most);

    /// <summary>How many tasks may be drawn, of which this is the next.</summary>
    private long RoomFor(long number)
    {
        var room = Math.Min(_rules.MaxOutstanding - (Ledger.Added + _replayed - _reader.Taken), _held.Room(_reader.TakenBytes, Ledger.Added - Ledger.Reported));
        return _reorder is null ? room : Math.Min(room, _reorder.Limit - number);
    }

    private void WaitForPlan()
    {
        if (_waitsForPlan) return;
        _waitsForPlan = true;
        _out.Add(JobInstruction.WaitForPlan.Instance);
    }
}
