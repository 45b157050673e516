namespace ActorCompute.Scheduling;

/// <summary>
/// The account of one job: which tasks wait, which are in flight where, which have their outcome. Pure: events go in,
/// instructions come out; no actor, clock or I/O.
/// </summary>
/// <remarks>
/// <para>A task is <c>Waiting → InFlight(attempt, worker) → Done | Failed | Cancelled</c>, back to Waiting when its
/// worker is lost. Only tasks without an outcome are kept, so a job of any length takes memory for what is in flight.</para>
/// <para>Invariants, checked by <see cref="CheckInvariants"/>: every added task is waiting, in flight or reported, and
/// only one of them; a task in flight is in exactly one chunk of one living worker; an outcome is reported once.</para>
/// </remarks>
internal sealed partial class GatherLedger(LedgerOptions options, SchedulingLog log)
{
    // By the number of the first task.
    private readonly Dictionary<long, LedgerEntry> _live = [];
    private int _liveTasks;
    private readonly WaitingTasks _waiting = new();

    // Tasks whose next loss would be their last: sent only to a worker that runs nothing else, or a task that always
    // stands beside the culprit in another slot would be blamed with it.
    private readonly WaitingTasks _isolated = new();

    // Tasks that threw and will be tried again, by when. One that got its outcome meanwhile stays in here until then.
    private readonly PriorityQueue<LedgerEntry, TimeSpan> _delayed = new();
    private readonly Dictionary<WorkerLife, LedgerWorker> _workers = [];
    private readonly PlacementIndex _placement = new();

    // A worker that was silent, not dead, may open the job again: its chunks must not get numbers it has seen before.
    private readonly Dictionary<WorkerLife, long> _lastSequences = [];

    // Of the report that is looked at: kept for its memory.
    private readonly HashSet<long> _held = [];

    // Of the chunk that is being filled.
    private readonly List<TaskBatch> _taken = [];

    /// <summary>Tasks added by the plan.</summary>
    public long Added { get; private set; }

    /// <summary>Tasks with an outcome.</summary>
    public long Reported { get; private set; }

    /// <summary>Tasks that failed, of those reported.</summary>
    public long Failed { get; private set; }

    /// <summary>Attempts sent again after the first.</summary>
    public long Resent { get; private set; }

    /// <summary>Answers to tasks that had their outcome already.</summary>
    public long LateReplies { get; private set; }

    /// <summary>Tasks that wait for a worker with room.</summary>
    public int Waiting => _waiting.Tasks;

    /// <summary>Tasks that wait for a worker that has nothing else to do.</summary>
    public int Isolated => _isolated.Tasks;

    /// <summary>Tasks that wait out the pause before their next try.</summary>
    public int Delayed { get; private set; }

    /// <summary>When the next of these is due.</summary>
    public TimeSpan? NextRetryAt => _delayed.TryPeek(out _, out var at) ? at : null;

    /// <summary>Tasks that are with a worker.</summary>
    public int InFlight => _liveTasks - _splitTasks + _openPieces - Waiting - Isolated - Delayed - _poisoned.Count;

    /// <summary>Tasks of which every added one has its outcome.</summary>
    public bool IsSettled => _live.Count == 0;

    /// <summary>The workers that have the job open.</summary>
    public IReadOnlyCollection<LedgerWorker> Workers => _workers.Values;

    /// <summary>Slots of all of them.</summary>
    public int Slots => _placement.Slots;

    /// <inheritdoc cref="PlacementIndex.Best(bool, bool)"/>
    public LedgerWorker? WorkerWithRoom(bool goesDeep, bool isShared) => _placement.Best(goesDeep, isShared);

    /// <summary>Takes a batch from the plan; it waits until it is sent.</summary>
    public void Add(TaskBatch batch)
    {
        _waiting.AddLast(NewEntry(batch));
        Added += batch.Count;
    }

    private LedgerEntry NewEntry(TaskBatch batch)
    {
        var entry = new LedgerEntry(batch);
        _live.Add(batch.First, entry);
        _liveTasks += batch.Count;
        return entry;
    }

    /// <summary>Whether the task that waits longest must travel alone.</summary>
    public bool NextTravelsAlone => _waiting.First?.IsSuspect ?? false;

    /// <summary>Puts up to <paramref name="size"/> waiting tasks into a chunk for a worker.</summary>
    /// <returns>What to send, or null when nothing waits.</returns>
    public LedgerInstruction.Send? Dispatch(WorkerLife life, int size, int maximumBytes, TimeSpan at)
    {
        if (!_workers.TryGetValue(life, out var worker) || worker.IsIsolating || worker.IsLeaving) return null;
        var queue = worker.Chunks.Count == 0 && Isolated > 0 ? _isolated : _waiting;
        if (queue.First is null) return null;
        var chunk = new LedgerChunk(worker, ++worker.LastSequence, at) { IsIsolated = queue == _isolated };
        var (taken, bytes) = (0, 0);
        while (queue.First is { } entry && taken < size)
        {
            var batch = entry.Batch;
            bytes += batch.Payload.Length;
            if (taken > 0 && (entry.IsSuspect || bytes > maximumBytes || taken + batch.Count > size)) break;
            queue.Remove(entry);
            if ((entry.Attempt = ++entry.Sent) > 1) Resent += batch.Count;
            entry.SplitAsks = 0;
            chunk.Add(entry);
            _taken.Add(batch with { Attempt = entry.Attempt });
            log.Add(SchedulingEventKind.Sent, batch, entry.Attempt, worker.Facts.Name);
            taken += batch.Count;
            if (entry.IsSuspect) break;
        }

        worker.Add(chunk);
        TaskBatch[] batches = [.. _taken];
        _taken.Clear();
        return new(life, chunk.Sequence, batches) { IsAlone = chunk.IsIsolated };
    }

    /// <summary>Takes in what happened and adds what is to be done to <paramref name="instructions"/>.</summary>
    public void Handle(LedgerEvent what, List<JobInstruction> instructions)
    {
        switch (what)
        {
            case LedgerEvent.WorkerOpened opened:
                // Asked twice, answered twice: the second answer is only a sign of life.
                if (_workers.TryGetValue(opened.Worker.Life, out var known)) known.Lease.Renew(opened.At);
                else Join(opened);
                Acquit(opened.Worker.Life);
                break;
            case LedgerEvent.WorkerDisconnected closed:
                _workers.GetValueOrDefault(closed.Life)?.Lease.Disconnected(closed.At);
                break;
            case LedgerEvent.WorkerLost lost:
                Lose(lost.Life, lost.Reason, lost.At);
                break;
            case LedgerEvent.WorkerExplained explained:
                Convict(explained.Life, explained.End, instructions);
                break;
            case LedgerEvent.WorkerLeaving leaving:
                Leave(leaving);
                break;
            case LedgerEvent.RepliesArrived replies:
                Settle(replies, instructions);
                break;
            case LedgerEvent.ChunkReady ready:
                LetBegin(ready, instructions);
                break;
            case LedgerEvent.ReportArrived report:
                Compare(report);
                break;
            case LedgerEvent.Merged merged:
                Merge(merged, instructions);
                break;
            case LedgerEvent.TimePassed time:
                EndDelays(time.At);
                EndWaits(time.At, instructions);
                EndLeases(time.At, instructions);
                break;
            case LedgerEvent.StoodStill still:
                foreach (var worker in _workers.Values) worker.Lease.Renew(still.At);
                break;
            case LedgerEvent.TaskCancelled cancelled:
                // One of a pack goes on with the others: those who submit tasks that can be cancelled alone do not pack them.
                if (_live.TryGetValue(cancelled.Number, out var unwanted) && !unwanted.Batch.IsPack)
                {
                    StopOthers(unwanted, null, instructions);
                    Fail(unwanted, new(FailureCause.Cancelled, "", cancelled.Reason), unwanted.Chunk?.Worker.Facts, TimeSpan.Zero, instructions);
                }

                break;
            case LedgerEvent.JobCancelled cancelled:
                foreach (var entry in _live.Values.Where(entry => entry.Whole is null).OrderBy(entry => entry.Batch.First).ToList())
                {
                    Fail(entry, new(FailureCause.Cancelled, "", cancelled.Reason), entry.Chunk?.Worker.Facts, TimeSpan.Zero, instructions);
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(what), what, "not an event of the ledger");
        }
    }

    private void Join(LedgerEvent.WorkerOpened opened)
    {
        var (worker, life) = (opened.Worker, opened.Worker.Life);
        var joined = new LedgerWorker(worker, new(options.Lease, opened.At), opened.Load) { LastSequence = _lastSequences.GetValueOrDefault(life) };
        _workers.Add(life, joined);
        _placement.Add(joined);
        log.Add(SchedulingEventKind.WorkerJoined, worker.Name);
    }

    private void Settle(LedgerEvent.RepliesArrived replies, List<JobInstruction> instructions)
    {
        var worker = _workers.GetValueOrDefault(replies.Life);
        if (worker is not null)
        {
            worker.Lease.Renew(replies.At);
            worker.UnansweredSplits = 0;
            if (replies.Replies.Count > 0 && worker.Chunks.Find(replies.Sequence) is { } begun) begun.IsBegun = true;
        }

        foreach (var reply in replies.Replies)
        {
            // The first success wins, whichever attempt brought it; a failure counts only from the attempt in flight,
            // since the task may be running again elsewhere.
            // One to a pack says nothing of the task that bears its number since the pack was undone.
            if (!_live.TryGetValue(reply.First, out var entry) || reply.Count != entry.Batch.Count || (reply.Error is not null && (reply.Attempt != entry.Attempt || entry.Chunk is null))
                || (reply.Rest.Count > 0 && !MaySplit(entry, reply)))
            {
                LateReplies += reply.Answered;
                if (entry is { Copy: { } copy } && (reply.Error is not null || reply.Rest.Count > 0) && reply.Attempt == copy.Attempt) DropCopy(entry);
                continue;
            }

            // Whatever the task's own try comes to decides; a copy only by its result.
            if (entry.Copy is not null) StopOthers(entry, replies.Life, instructions);
            DropCopy(entry);

            var facts = worker?.Facts ?? entry.Chunk?.Worker.Facts;
            if (entry.Batch.IsPack) SettlePack(entry, reply, facts, instructions);
            else if (reply.Rest.Count > 0) Split(entry, reply, facts, instructions);
            else if (reply.Error is { Cause: FailureCause.OutOfMemory } && !entry.RanOutOfMemory) RunAlone(entry);
            else if (reply.Error is { } error && MayRetry(entry, error)) Delay(entry, error, replies.At);
            else if (reply.Error is not null) Fail(entry, reply.Error, facts, reply.Elapsed, instructions);
            else Report(entry, reply.Result, null, reply.Attempt, facts, reply.Elapsed, instructions);
        }

        if (replies.Complete && worker?.Remove(replies.Sequence) is { } chunk)
        {
            // No answer to that attempt can come, so its number is free.
            if (replies.IsUnbegun) foreach (var entry in chunk.Open.Where(entry => entry.Copy is null)) entry.Sent--;
            // Else the slot is through with the chunk and answers come in order: what is still open was lost on the way.
            WaitAgain(chunk, replies.IsUnbegun ? "given back" : "no answer came");
        }
    }

    /// <summary>Its process outgrew its limit: whether it is to blame shows when it runs with no other.</summary>
    private void RunAlone(LedgerEntry entry)
    {
        entry.Chunk!.Remove(entry);
        entry.RanOutOfMemory = true;
        (entry.IsSuspect, entry.NeedsIsolation) = (true, true);
        _isolated.AddLast(entry);
        log.Add(SchedulingEventKind.Isolated, entry.Batch, entry.Attempt, reason: "its process outgrew its memory limit");
    }

    private bool MayRetry(LedgerEntry entry, TaskFailure error) =>
        error.Cause == FailureCause.Exception && entry.Retries < options.Retry.MaxRetries && options.Retry.ShouldRetry(error);

    private void Delay(LedgerEntry entry, TaskFailure error, TimeSpan now)
    {
        entry.Chunk!.Remove(entry);
        entry.Retries++;
        entry.IsDelayed = true;
        Delayed++;
        var pause = options.Retry.DelayBefore(entry.Retries);
        _delayed.Enqueue(entry, now + pause);
        log.Add(SchedulingEventKind.Delayed, entry.Batch, entry.Attempt, elapsed: pause, reason: error.Message);
    }

    private void EndDelays(TimeSpan now)
    {
        while (_delayed.TryPeek(out var entry, out var at) && at <= now)
        {
            _delayed.Dequeue();
            // It may have got its outcome from an earlier attempt, or was cancelled.
            if (!entry.IsDelayed) continue;
            EndDelay(entry);
            (entry.NeedsIsolation ? _isolated : _waiting).AddFirst(entry);
        }
    }

    private void EndDelay(LedgerEntry entry)
    {
        entry.IsDelayed = false;
        Delayed--;
    }

    private void Compare(LedgerEvent.ReportArrived report)
    {
        if (!_workers.TryGetValue(report.Life, out var worker)) return;
        worker.Lease.Renew(report.At);
        _held.Clear();
        foreach (var sequence in report.Held) _held.Add(sequence);
        // Last chunk first: each goes to the front, so they come to stand in plan order.
        for (var i = worker.Chunks.Count - 1; i >= 0; i--)
        {
            var chunk = worker.Chunks[i];
            // Not held though a later one arrived, or sent a whole lease ago and never arrived. A second report in a row
            // must agree: replies come from other actors than reports, and may be just behind this one.
            var missing = !_held.Contains(chunk.Sequence)
                && (chunk.Sequence <= report.LastSequence || report.At - chunk.SentAt > options.Lease);
            chunk.MissedReports = missing ? chunk.MissedReports + 1 : 0;
            if (chunk.MissedReports < 2) continue;
            worker.Remove(chunk.Sequence);
            WaitAgain(chunk, "lost on the way");
        }
    }

    /// <summary>Puts tasks back to the front, in plan order, so that what was delayed already is not delayed further.</summary>
    private void WaitAgain(LedgerChunk chunk, string reason)
    {
        if (chunk.OpenCount == 0) return;
        foreach (var entry in chunk.Open.Reverse().ToList())
        {
            if (LeaveToCopy(entry, chunk)) continue;
            log.Add(SchedulingEventKind.Returned, entry.Batch, entry.Attempt, chunk.Worker.Facts.Name, reason: reason);
            if (entry is { IsSuspect: true, Batch.IsPack: true })
            {
                Undo(entry);
                continue;
            }

            chunk.Remove(entry);
            (entry.NeedsIsolation ? _isolated : _waiting).AddFirst(entry);
        }
    }

    private void Fail(LedgerEntry entry, TaskFailure failure, OpenedWorker? worker, TimeSpan elapsed, List<JobInstruction> instructions)
    {
        Failed += entry.Batch.Count;
        Report(entry, default, failure, entry.Attempt, worker, elapsed, instructions);
    }

    private void Report(LedgerEntry entry, ReadOnlyMemory<byte> result, TaskFailure? failure, int attempt, OpenedWorker? worker, TimeSpan elapsed, List<JobInstruction> instructions, int? answered = null)
    {
        Withdraw(entry);
        if (entry.Whole is { } whole)
        {
            // What one piece fails with, the task does.
            if (failure is null) FinishPiece(entry, result, worker, elapsed, instructions);
            else Report(whole, default, failure, attempt, worker, elapsed, instructions);
            return;
        }

        if (entry.Pieces is not null) DropPieces(entry, instructions);
        var count = answered ?? entry.Batch.Count;
        Reported += count;
        var run = new TaskRun(worker?.Name ?? "", worker?.Host ?? "", worker?.ProcessId ?? 0, attempt, elapsed);
        log.Add(failure is null ? SchedulingEventKind.Succeeded : SchedulingEventKind.Failed, entry.Batch with { Count = count }, attempt, run.Worker, elapsed, failure?.Message ?? "");
        instructions.Add(new LedgerInstruction.Report(new(entry.Batch, result, failure, run, count)));
    }

    /// <summary>Takes an entry out of wherever it is.</summary>
    private void Withdraw(LedgerEntry entry)
    {
        _live.Remove(entry.Batch.First);
        if (entry.Whole is null) _liveTasks -= entry.Batch.Count;
        else _openPieces--;
        if (entry.Pieces is not null)
        {
            _splitTasks--;
            return;
        }

        DropCopy(entry);
        if (entry.Poison is not null) _poisoned.Remove(entry);
        else if (entry.IsDelayed) EndDelay(entry);
        else if (entry.Chunk is null) StopWaiting(entry);
        else entry.Chunk.Remove(entry);
    }

    private void StopWaiting(LedgerEntry entry)
    {
        if (!_waiting.Remove(entry)) _isolated.Remove(entry);
    }
}
