namespace ActorCompute.Scheduling;

/// <summary>A batch without an outcome: waiting (no chunk) or in flight (in one chunk, or in two when a copy of it runs).</summary>
internal sealed class LedgerEntry(TaskBatch batch)
{
    public TaskBatch Batch { get; } = batch;

    /// <summary>Tries sent, those of copies too.</summary>
    public int Sent { get; set; }

    /// <summary>Which of these travels in <see cref="Chunk"/>, or did last.</summary>
    public int Attempt { get; set; }

    /// <summary>The chunk it travels in, or null while it waits.</summary>
    public LedgerChunk? Chunk { get; set; }

    /// <summary>Its place in <see cref="Chunk"/>.</summary>
    public int Index { get; set; }

    /// <summary>A second try on another worker, begun because the first takes so long.</summary>
    public TaskCopy? Copy { get; set; }

    /// <summary>Of a piece: the task that it is a part of, however often that was split.</summary>
    public LedgerEntry? Whole { get; init; }

    /// <summary>Of a task that was split: its pieces, which stand for it.</summary>
    public TaskPieces? Pieces { get; set; }

    /// <summary>How often this try was asked for what is left of it.</summary>
    public int SplitAsks { get; set; }

    /// <summary>When it was last.</summary>
    public TimeSpan SplitAskedAt { get; set; }

    /// <summary>Where it waits, and its neighbours there: <see cref="WaitingTasks"/> alone changes them.</summary>
    public WaitingTasks? Queue { get; set; }

    /// <inheritdoc cref="Queue"/>
    public LedgerEntry? Before { get; set; }

    /// <inheritdoc cref="Queue"/>
    public LedgerEntry? Behind { get; set; }

    /// <summary>Times it was tried again after an exception.</summary>
    public int Retries { get; set; }

    /// <summary>Its process outgrew its memory limit while it ran.</summary>
    public bool RanOutOfMemory { get; set; }

    /// <summary>Poison: it will fail as soon as its last worker's end is explained, or at that time at the latest.</summary>
    public PoisonWait? Poison { get; set; }

    /// <summary>Waits out the pause before its next try.</summary>
    public bool IsDelayed { get; set; }

    /// <summary>Workers that died while it ran there, in a chunk of its own.</summary>
    public int WorkerDeaths { get; set; }

    /// <summary>One more death may make it fail, so it runs on a worker that runs nothing else.</summary>
    public bool NeedsIsolation { get; set; }

    /// <summary>Travels in a chunk of its own: it was in a chunk whose worker died, and the next death must name the culprit.</summary>
    public bool IsSuspect { get; set; }
}

/// <summary>A copy of a task that is in flight: where, and which try.</summary>
internal sealed record TaskCopy(LedgerChunk Chunk, int Attempt);

/// <summary>A failure that waits for its explanation.</summary>
internal sealed record PoisonWait(OpenedWorker Worker, string Reason, TimeSpan Until)
{
    /// <summary>Its worker was only not heard: it runs again if no death shows until then.</summary>
    public bool IsSuspicion { get; init; }
}

/// <summary>A chunk on a worker, with the tasks of it that are still open.</summary>
internal sealed class LedgerChunk(LedgerWorker worker, long sequence, TimeSpan sentAt)
{
    // Most chunks of a large cluster hold one long task: then there is no list.
    private LedgerEntry? _first;
    private List<LedgerEntry?>? _others;

    public LedgerWorker Worker { get; } = worker;

    public long Sequence { get; } = sequence;

    public TimeSpan SentAt { get; } = sentAt;

    /// <summary>Nothing else is sent to the worker meanwhile.</summary>
    public bool IsIsolated { get; init; }

    /// <summary>How many of its tasks are open.</summary>
    public int OpenCount { get; private set; }

    /// <summary>The open tasks, in plan order.</summary>
    public IEnumerable<LedgerEntry> Open
    {
        get
        {
            if (_first is not null) yield return _first;
            if (_others is null) yield break;
            foreach (var entry in _others)
            {
                if (entry is not null) yield return entry;
            }
        }
    }

    /// <summary>The only open task, where there is one alone.</summary>
    public LedgerEntry? Only => OpenCount == 1 ? _first ?? _others!.Find(entry => entry is not null) : null;

    /// <param name="entry">The next task. All are added before the first is removed.</param>
    public void Add(LedgerEntry entry)
    {
        entry.Chunk = this;
        entry.Index = OpenCount;
        if (OpenCount == 0) _first = entry;
        else (_others ??= []).Add(entry);
        OpenCount++;
    }

    /// <summary>Of a chunk that is a copy: its task.</summary>
    public void AddCopy(LedgerEntry entry) => (_first, OpenCount) = (entry, 1);

    public void Remove(LedgerEntry entry)
    {
        if (entry.Index == 0) _first = null;
        else _others![entry.Index - 1] = null;
        entry.Chunk = null;
        OpenCount--;
    }

    /// <summary>The copy is not wanted any more, or has become the task itself.</summary>
    public void RemoveCopy() => (_first, OpenCount) = (null, 0);

    /// <summary>Something of it was answered, or its worker has asked whether it may begin: a slot has it.</summary>
    public bool IsBegun { get; set; }

    /// <summary>It was asked for back.</summary>
    public bool IsRecalled { get; set; }

    /// <summary>No slot is known to have it, and it was not asked for back yet.</summary>
    public bool MayBeRecalled => OpenCount > 0 && !IsBegun && !IsRecalled && !IsIsolated;

    /// <summary>Reports in a row that should have named this chunk and did not.</summary>
    public int MissedReports { get; set; }
}

/// <summary>A living worker that has the job open.</summary>
internal sealed class LedgerWorker(OpenedWorker facts, Lease lease, WorkerLoad load)
{
    private readonly SentChunks _chunks = new();

    public OpenedWorker Facts { get; } = facts;

    public WorkerLife Life => Facts.Life;

    public Lease Lease { get; } = lease;

    public long LastSequence { get; set; }

    /// <summary>It takes no more, and its end is no death.</summary>
    public bool IsLeaving { get; private set; }

    /// <summary>Where it stands among those that may get the next chunk.</summary>
    public PlacementIndex.Place? Place { get; set; }

    /// <summary>Tasks that were asked for what is left of them since any of this job was last answered.</summary>
    public int UnansweredSplits { get; set; }

    /// <summary>What it has of all jobs of this client.</summary>
    public WorkerLoad Load { get; } = load;

    /// <summary>It could run another chunk of this job now.</summary>
    public bool HasIdleSlot => Load.HasIdleSlot && _chunks.Count < Facts.Slots;

    /// <summary>Some chunk there waits: for a slot, or for resources that others of this job have.</summary>
    public bool IsOverfull => Load.IsOverfull || _chunks.Count > Facts.Slots;

    /// <summary>By sequence, so the first <see cref="OpenedWorker.Slots"/> are those that can be running.</summary>
    public SentChunks Chunks => _chunks;

    public void Add(LedgerChunk chunk)
    {
        _chunks.Add(chunk);
        Load.Add(chunk.IsIsolated);
        Place?.Changed();
    }

    /// <returns>The chunk, or null if it is not here.</returns>
    public LedgerChunk? Remove(long sequence)
    {
        if (_chunks.Remove(sequence) is not { } chunk) return null;
        Load.Remove(alone: chunk.IsIsolated ? 1 : 0);
        Place?.Changed();
        return chunk;
    }

    /// <summary>It is gone, and what it had with it.</summary>
    public IReadOnlyList<LedgerChunk> Clear()
    {
        LedgerChunk[] chunks = [.. _chunks];
        _chunks.Clear();
        Load.Remove(chunks.Length, chunks.Count(chunk => chunk.IsIsolated));
        Place?.Changed();
        return chunks;
    }

    /// <summary>It said that it leaves.</summary>
    public void Leave()
    {
        IsLeaving = true;
        Place?.Changed();
    }

    /// <summary>Runs a task that must be alone, and takes no other.</summary>
    public bool IsIsolating => _chunks.Count == 1 && _chunks[0].IsIsolated;
}
