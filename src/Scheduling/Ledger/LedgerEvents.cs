namespace ActorCompute.Scheduling;

/// <summary>What the ledger must know of a worker: how much it takes, and how a person knows it.</summary>
/// <param name="Life">The worker and its incarnation.</param>
/// <param name="Slots">Chunks of the job that it runs at a time: its slots, or fewer where its resources do not suffice.</param>
/// <param name="Window">Chunks it takes at a time: its credit.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Host">Its machine.</param>
/// <param name="ProcessId">Its process.</param>
internal sealed record OpenedWorker(WorkerLife Life, int Slots, int Window, string Name, string Host, int ProcessId)
{
    /// <summary>Its running tasks can be asked for what is left of them.</summary>
    public bool Splits { get; init; }
}

/// <summary>What happened. Times are readings of one monotonic clock.</summary>
internal abstract record LedgerEvent : JobEvent
{
    /// <summary>A worker has opened the job and waits for chunks.</summary>
    internal sealed record WorkerOpened(OpenedWorker Worker, TimeSpan At) : LedgerEvent
    {
        /// <summary>Where its chunks are counted, with those of the other jobs that share it.</summary>
        public WorkerLoad Load { get; init; } = new(Worker.Slots);
    }

    /// <summary>A connection to a worker was closed. It is lost soon, unless it is heard.</summary>
    internal sealed record WorkerDisconnected(WorkerLife Life, TimeSpan At) : LedgerEvent;

    /// <summary>A worker is gone, by its keeper's word or because its next incarnation has registered.</summary>
    internal sealed record WorkerLost(WorkerLife Life, string Reason, TimeSpan At) : LedgerEvent;

    /// <summary>A worker takes no more and will end when the chunks in <paramref name="Running"/> have; the rest of what it holds never runs.</summary>
    internal sealed record WorkerLeaving(WorkerLife Life, IReadOnlyCollection<long> Running, TimeSpan At) : LedgerEvent;

    /// <summary>How a lost worker ended, which its next incarnation told.</summary>
    internal sealed record WorkerExplained(WorkerLife Life, string End) : LedgerEvent;

    /// <summary>Answers to tasks of one chunk; <paramref name="Complete"/> with the last of them.</summary>
    internal sealed record RepliesArrived(WorkerLife Life, long Sequence, bool Complete, IReadOnlyList<AttemptReply> Replies, TimeSpan At) : LedgerEvent
    {
        /// <summary>The chunk comes back and no task of it was begun: sending it was no attempt.</summary>
        public bool IsUnbegun { get; init; }
    }

    /// <summary>A worker is about to begin a chunk that is to run alone, and asks.</summary>
    internal sealed record ChunkReady(WorkerLife Life, long Sequence, TimeSpan At) : LedgerEvent;

    /// <summary>What a worker says it holds: the lease on its chunks.</summary>
    internal sealed record ReportArrived(WorkerLife Life, long LastSequence, IReadOnlyCollection<long> Held, TimeSpan At) : LedgerEvent;

    /// <summary>The results of a task's pieces were merged, or could not be: the answer to <see cref="LedgerInstruction.Merge"/>.</summary>
    internal sealed record Merged(long Number, ReadOnlyMemory<byte> Result, TaskFailure? Failure) : LedgerEvent;

    /// <summary>The clock.</summary>
    internal sealed record TimePassed(TimeSpan At) : LedgerEvent;

    /// <summary>This process itself stood still: that no worker was heard meanwhile says nothing.</summary>
    internal sealed record StoodStill(TimeSpan At) : LedgerEvent;

    /// <summary>Nobody wants this task's result any more.</summary>
    internal sealed record TaskCancelled(long Number, string Reason) : LedgerEvent;

    /// <summary>Nobody wants the rest.</summary>
    internal sealed record JobCancelled(string Reason) : LedgerEvent;
}

/// <summary>What is to be done about it, in this order.</summary>
internal abstract record LedgerInstruction : JobInstruction
{
    /// <summary>Send a chunk to a worker.</summary>
    internal sealed record Send(WorkerLife Life, long Sequence, IReadOnlyList<TaskBatch> Batches) : LedgerInstruction
    {
        /// <summary>Nothing else may run in the worker's process meanwhile: if that ends, it was this task.</summary>
        public bool IsAlone { get; init; }
    }

    /// <summary>Tell a worker that a chunk which is to run alone may begin: it is known here now.</summary>
    internal sealed record BeginChunk(WorkerLife Life, long Sequence) : LedgerInstruction;

    /// <summary>Tasks have their outcome.</summary>
    internal sealed record Report(SettledBatch Settled) : LedgerInstruction;

    /// <summary>Ask a worker for what is left of a running task, in so many pieces. Lost or late, it changes nothing.</summary>
    internal sealed record SplitTask(WorkerLife Life, long Number, int Attempt, int Pieces) : LedgerInstruction;

    /// <summary>For people: a task was split into so many pieces.</summary>
    internal sealed record WasSplit(long Number, TimeSpan Elapsed, int Pieces) : LedgerInstruction;

    /// <summary>Merge the results of a task's pieces, away from this turn; then say <see cref="LedgerEvent.Merged"/>.</summary>
    internal sealed record Merge(long Number, IReadOnlyList<ReadOnlyMemory<byte>> Results) : LedgerInstruction;

    /// <summary>Tell a worker that nobody waits for a task that it holds.</summary>
    internal sealed record CancelTask(WorkerLife Life, long Number) : LedgerInstruction;

    /// <summary>Ask a worker to give a chunk back that it has not begun: another is idle.</summary>
    internal sealed record RecallChunk(WorkerLife Life, long Sequence) : LedgerInstruction;

    /// <summary>A worker said nothing for too long: treat it as lost, and open the job there again if it comes back.</summary>
    internal sealed record Forget(WorkerLife Life, string Reason) : LedgerInstruction;
}
