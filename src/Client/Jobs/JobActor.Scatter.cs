using ActorCompute.Client.Journal;
using ActorCompute.Client.Scatter;
using ActorCompute.Messages;
using Akka.Actor;

namespace ActorCompute.Client.Jobs;

/// <content>The way out: from the plan through the ledger to workers with room.</content>
internal sealed partial class JobActor
{
    /// <summary>Sends chunks while a worker has room and tasks are to be had, and ends the job when all is settled.</summary>
    private void Proceed()
    {
        while (!_cancelled && WorkerWithRoom() is { } worker)
        {
            // Drawing moves tasks from the plan to those that wait, at the end: what is left and who is first stay the same.
            var size = _ledger.NextTravelsAlone ? 1 : Math.Min(_sizer.NextSize(Remaining, TotalSlots), RoomInFlight);
            if (size == 0) break;
            Draw(size);
            if (_ledger.Dispatch(worker.Life, size, ChunkSizer.MaximumBytes, Now) is not { } send) break;
            foreach (var task in send.Tasks) _run.Sent(task);
            _roster.NodeOf(send.Life).Tell(WireReplies.ToChunk(_id, send), Self);
        }

        TellProgress(_run.Count);
        if (!_ledger.IsSettled)
        {
            Rebalance();
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
        if (_cancelled || _ledger.Waiting > 0 || !_ledger.HasQueued) return;
        if (!_waitsForIdle)
        {
            // Before the look: a slot that another job frees after it wakes this one.
            _waitsForIdle = true;
            var self = Self;
            _loads.WhenIdle(() => self.Tell(WorkerFreed.Instance));
        }

        if (_ledger.Recall() is { } recall) _roster.NodeOf(recall.Life).Tell(new RecallChunk { Job = _id.Value, Sequence = recall.Sequence }, Self);
    }

    /// <summary>Near the end of a job: a second try of what takes much longer than the rest, where a worker has nothing else to do.</summary>
    private void CopyStragglers()
    {
        if (_cancelled || !_plan.IsEnded || _ledger.IsSettled || !_run.Header.MayRunTwiceAtOnce || _run.Options.MaxInFlight < int.MaxValue) return;
        while (_times.Limit(_run.Options.Stragglers, _ledger.Reported, _ledger.Added) is { } limit && _ledger.Copy(limit, Now) is { } copy)
        {
            ClientLog.TaskCopied(_log, _id.Value, copy.Send.Tasks[0].Number, copy.Elapsed.TotalSeconds, _roster.WorkerOf(copy.Send.Life).Name);
            _roster.NodeOf(copy.Send.Life).Tell(WireReplies.ToChunk(_id, copy.Send), Self);
        }
    }

    /// <summary>Tasks left to send, where that is known: of the plan, or of those submitted so far.</summary>
    private long? Remaining => (_run.Count is { } count ? count - _ledger.Added - _replayed : _plan.Backlog) + _ledger.Waiting + _ledger.Isolated + _ledger.Delayed;

    private int RoomInFlight => Math.Max(0, _run.Options.MaxInFlight - _ledger.InFlight);

    private int TotalSlots => _ledger.Workers.Sum(worker => worker.Facts.Slots);

    /// <summary>The worker with the fewest chunks of all jobs for its slots, if any takes more.</summary>
    private LedgerWorker? WorkerWithRoom()
    {
        LedgerWorker? best = null;
        var bestLoad = double.MaxValue;
        // To count what was submitted takes a lock that those who submit want too.
        var (remaining, allSlots) = _sizer.DepthFollowsRemaining ? (Remaining ?? _plan.Drawn + _ledger.Waiting, TotalSlots) : (0, 0);
        foreach (var worker in _ledger.Workers)
        {
            if (worker.IsIsolating || worker.IsLeaving || worker.Chunks.Count >= _sizer.Depth(worker.Facts.Slots, worker.Facts.Window, remaining, allSlots)) continue;
            var load = (double)worker.Load.Chunks / worker.Facts.Slots;
            if (load < bestLoad) (best, bestLoad) = (worker, load);
        }

        return best;
    }

    private void Draw(int wanted)
    {
        while (_ledger.Waiting < wanted)
        {
            if (!_plan.TryPeek(out var number))
            {
                if (!_plan.IsEnded) WaitForPlan();
                return;
            }

            if (RoomFor(number) <= 0)
            {
                _run.Starve();
                // Taken in between: nobody would wake us.
                if (RoomFor(number) <= 0) return;
            }

            _plan.TryTake((int)Math.Min(RoomFor(number), _packs ? Math.Min(_sizer.PackSize, wanted) : 0), out var next);
            if (next.State is JournalledOutcome known)
            {
                _replayed++;
                Report(new(known.Outcome, null));
            }
            else if (_run.Wants(next))
            {
                // One that is cancelled after this look is in the ledger when word of that comes.
                _ledger.Add(next);
            }
        }
    }

    /// <summary>How many tasks may be drawn, of which this is the next.</summary>
    private long RoomFor(long number)
    {
        var room = Math.Min(_run.Options.MaxOutstanding - (_ledger.Added + _replayed - _run.Taken), _held.Room(_run.TakenBytes, _ledger.Added - _ledger.Reported));
        return _reorder is null ? room : Math.Min(room, _reorder.Limit - number);
    }

    private void WaitForPlan()
    {
        if (_waitsForPlan) return;
        _waitsForPlan = true;
        _plan.WaitAsync().PipeTo(Self, success: () => PlanReady.Instance);
    }
}
