using System.Globalization;

namespace ActorCompute.Scheduling;

/// <content>
/// Tasks that are split while they run. The reply of a running task may say what was done and what is left; then its pieces take the
/// task's place, each an entry with tries, losses and retries of its own, and the task has its outcome when they are merged.
/// </content>
/// <remarks>
/// Why the result stays exact: result and rest come in one reply, which counts only from the try in flight, of an entry that is not
/// split. From then on the pieces are what is left, and each of them, like every entry, comes to one result. A whole result is never
/// put together with pieces: one that comes late, from a try before, is the task's outcome and the pieces are dropped.
/// </remarks>
internal sealed partial class GatherLedger
{
    /// <summary>Pieces have numbers from here on; no plan comes so far.</summary>
    public const long FirstPiece = 1L << 62;

    private long _nextPiece = FirstPiece;

    // Pieces without a result, and tasks that were split: those are nowhere themselves.
    private int _openPieces;
    private int _splitTasks;

    /// <summary>
    /// The task that has run longest, to be asked for what is left of it: if nothing waits to be sent and slots are idle. As sure as for
    /// a copy that it runs.
    /// </summary>
    /// <returns>Whom to ask, or null.</returns>
    public LedgerInstruction.SplitTask? AskToSplit(TimeSpan at)
    {
        if (_waiting.First is not null || _isolated.First is not null) return null;
        var idle = 0;
        foreach (var worker in _workers.Values)
        {
            if (worker is { IsLeaving: false, IsIsolating: false, HasIdleSlot: true }) idle += Math.Max(0, worker.Facts.Slots - Math.Max(worker.Chunks.Count, worker.Load.Chunks));
        }

        if (idle == 0 || LongestToSplit(at) is not { Chunk: { } chunk } longest) return null;
        longest.SplitAsks++;
        longest.SplitAskedAt = at;
        chunk.Worker.UnansweredSplits++;
        return new(chunk.Worker.Life, longest.Batch.First, longest.Attempt, Math.Min(idle + 1, TaskSplit.MaxPieces));
    }

    private LedgerEntry? LongestToSplit(TimeSpan at)
    {
        LedgerEntry? longest = null;
        foreach (var worker in _workers.Values)
        {
            if (worker.IsLeaving || !worker.Facts.Splits || worker.IsOverfull || worker.UnansweredSplits >= options.Splits.MaxUnanswered) continue;
            foreach (var chunk in worker.Chunks)
            {
                if (chunk is not { IsIsolated: false, OpenCount: 1 } || at - chunk.SentAt < options.Splits.MinimumTime || chunk.SentAt >= longest?.Chunk!.SentAt) continue;
                if (chunk.Only is { Copy: null, Batch.IsPack: false, NeedsIsolation: false } entry && MayBeAsked(entry, at)) longest = entry;
            }
        }

        return longest;
    }

    private bool MayBeAsked(LedgerEntry entry, TimeSpan at) =>
        entry.SplitAsks < options.Splits.MaxAsks && (entry.SplitAsks == 0 || at - entry.SplitAskedAt >= options.Splits.Pause)
        && (entry.Whole?.Pieces!.Count ?? 0) < options.Splits.MaxPieces;

    /// <summary>It was asked for what is left of it, and there was no time yet to answer.</summary>
    private bool IsBeingSplit(LedgerEntry entry, TimeSpan at) => entry.SplitAsks > 0 && at - entry.SplitAskedAt < 2 * options.Splits.Pause;

    /// <summary>A reply with a rest counts only from the try in flight: another one's rest may run already, as part of the whole.</summary>
    private bool MaySplit(LedgerEntry entry, in AttemptReply reply) =>
        reply.Error is null && !entry.Batch.IsPack && reply.Attempt == entry.Attempt && entry.Chunk is not null
        && (entry.Whole?.Pieces!.Count ?? 0) < 2 * options.Splits.MaxPieces;

    private void Split(LedgerEntry entry, in AttemptReply reply, OpenedWorker? facts, List<JobInstruction> instructions)
    {
        var whole = entry.Whole ?? entry;
        if (entry.Whole is not null)
        {
            Withdraw(entry);
        }
        else
        {
            entry.Chunk!.Remove(entry);
            entry.Pieces = new();
            _splitTasks++;
        }

        var rest = reply.Rest.Select(payload => NewPiece(whole, entry, payload)).ToList();
        whole.Pieces!.Done(entry, reply.Result, reply.Elapsed, facts, rest);
        for (var i = rest.Count - 1; i >= 0; i--) (rest[i].NeedsIsolation ? _isolated : _waiting).AddFirst(rest[i]);
        log.Add(SchedulingEventKind.Split, entry.Batch, entry.Attempt, facts?.Name ?? "", reply.Elapsed, string.Create(CultureInfo.InvariantCulture, $"{rest.Count} pieces"));
        instructions.Add(new LedgerInstruction.WasSplit(whole.Batch.First, reply.Elapsed, rest.Count));
    }

    private LedgerEntry NewPiece(LedgerEntry whole, LedgerEntry from, ReadOnlyMemory<byte> payload)
    {
        // In a chunk of its own. Deaths and retries of what it is a part of count on.
        var piece = new LedgerEntry(new(_nextPiece++, payload) { PartOf = whole.Batch.First })
        {
            Whole = whole,
            IsSuspect = true,
            WorkerDeaths = from.WorkerDeaths,
            NeedsIsolation = from.NeedsIsolation,
            Retries = from.Retries,
            RanOutOfMemory = from.RanOutOfMemory,
        };
        _live.Add(piece.Batch.First, piece);
        _openPieces++;
        return piece;
    }

    /// <summary>A piece has its result. With the last one the task's is due: merging is the kind's own code, and done elsewhere.</summary>
    private void FinishPiece(LedgerEntry piece, ReadOnlyMemory<byte> result, OpenedWorker? facts, TimeSpan elapsed, List<JobInstruction> instructions)
    {
        var whole = piece.Whole!;
        whole.Pieces!.Done(piece, result, elapsed, facts, []);
        log.Add(SchedulingEventKind.PieceDone, piece.Batch, piece.Attempt, facts?.Name ?? "", elapsed);
        if (whole.Pieces.OpenCount == 0) instructions.Add(new LedgerInstruction.Merge(whole.Batch.First, whole.Pieces.Results));
    }

    private void Merge(LedgerEvent.Merged merged, List<JobInstruction> instructions)
    {
        // It may have its outcome by now: it was cancelled, or a whole result came.
        if (!_live.TryGetValue(merged.Number, out var whole) || whole.Pieces is not { OpenCount: 0 } pieces) return;
        if (merged.Failure is { } failure) Fail(whole, failure, pieces.Worker, pieces.Elapsed, instructions);
        else Report(whole, merged.Result, null, whole.Attempt, pieces.Worker, pieces.Elapsed, instructions);
    }

    /// <summary>The task has its outcome without them.</summary>
    private void DropPieces(LedgerEntry whole, List<JobInstruction> instructions)
    {
        foreach (var piece in whole.Pieces!.Open.Where(piece => _live.ContainsKey(piece.Batch.First)).ToList())
        {
            StopOthers(piece, null, instructions);
            Withdraw(piece);
        }
    }

    private void CheckPieces(Action<bool, string> require)
    {
        var pieces = _live.Values.Where(entry => entry.Whole is not null).ToList();
        var split = _live.Values.Where(entry => entry.Pieces is not null).ToList();
        require(pieces.Count == _openPieces && split.Count == _splitTasks, $"{_openPieces} pieces of {_splitTasks} tasks, but {pieces.Count} of {split.Count}");
        require(split.Sum(whole => whole.Pieces!.OpenCount) == pieces.Count, "a piece is lost or there twice");
        require(pieces.TrueForAll(piece => _live.GetValueOrDefault(piece.Whole!.Batch.First) == piece.Whole && piece.Whole.Pieces!.Open.Contains(piece)), "a piece of no task");
        require(split.TrueForAll(whole => whole is { Chunk: null, Copy: null, IsDelayed: false, Poison: null, Whole: null, Queue: null }), "a task that was split is somewhere itself");
        require(pieces.TrueForAll(piece => piece.Batch.First >= FirstPiece), "a piece has the number of a task");
    }
}
