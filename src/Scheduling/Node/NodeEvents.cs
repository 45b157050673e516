namespace ActorCompute.Scheduling;

/// <summary>What happened to a node. <c>TClient</c> is whatever refers to a client.</summary>
internal abstract record NodeEvent
{
    /// <summary>A client that knows the secret asks for a job to be opened.</summary>
    internal sealed record OpenAsked<TClient>(JobId Job, TClient Client, JobTerms Terms) : NodeEvent;

    /// <summary>The work is there.</summary>
    /// <param name="Opening">Of which job.</param>
    /// <param name="IsIo">Its tasks mostly wait.</param>
    /// <param name="Splits">Its running tasks can be split.</param>
    internal sealed record WorkOpened(JobOpening Opening, bool IsIo, bool Splits = false) : NodeEvent;

    /// <summary>There is no work.</summary>
    internal sealed record OpeningFailed(JobOpening Opening, string Reason) : NodeEvent;

    /// <summary>A chunk came. The actor calls <see cref="NodeCore{TClient}.Take"/> instead.</summary>
    internal sealed record ChunkCame<TClient>(JobId Job, TClient Client, long Sequence, bool IsAlone = false) : NodeEvent;

    /// <summary>A client has answered <see cref="NodeInstruction.AskToBegin{TClient}"/>: it knows that the chunk begins.</summary>
    internal sealed record MayBegin<TClient>(JobId Job, TClient Client, long Sequence) : NodeEvent;

    /// <summary>A slot is through with a chunk. The actor calls <see cref="NodeCore{TClient}.Done"/> instead.</summary>
    /// <param name="Opening">Its job.</param>
    /// <param name="Sequence">The chunk.</param>
    /// <param name="Elapsed">Time in the slot.</param>
    /// <param name="Tasks">Tasks that were answered.</param>
    /// <param name="IsBudgetSpent">The process has begun as many tasks as it may.</param>
    internal sealed record ChunkDone(JobOpening Opening, long Sequence, TimeSpan Elapsed, int Tasks = 1, bool IsBudgetSpent = false) : NodeEvent;

    /// <summary>A client says that it is there.</summary>
    internal sealed record LeaseRenewed<TClient>(JobId Job, TClient Client) : NodeEvent;

    /// <summary>A client wants a chunk back that no slot has.</summary>
    internal sealed record ChunkRecalled<TClient>(JobId Job, TClient Client, long Sequence) : NodeEvent;

    /// <summary>Nobody waits for these tasks any more.</summary>
    internal sealed record TasksCancelled<TClient>(JobId Job, TClient Client, IReadOnlyCollection<long> Numbers) : NodeEvent;

    /// <summary>A client wants what is left of a running task back, in so many pieces.</summary>
    internal sealed record SplitAsked<TClient>(JobId Job, TClient Client, long Number, int Attempt, int Pieces) : NodeEvent;

    /// <summary>A client wants no more of a job.</summary>
    internal sealed record CloseAsked<TClient>(JobId Job, TClient Client) : NodeEvent;

    /// <summary>A task waits for tasks of its own: another may run in its slot.</summary>
    internal sealed record SlotLent(JobOpening Opening) : NodeEvent;

    /// <summary>That task goes on, or has ended.</summary>
    internal sealed record SlotTakenBack(JobOpening Opening) : NodeEvent;

    /// <summary>Connections to some clients were closed.</summary>
    internal sealed record Disconnected<TClient>(Func<TClient, bool> Which) : NodeEvent;

    /// <summary>A second has passed.</summary>
    internal sealed record ReportDue : NodeEvent;

    /// <summary>The watch timer fired; what was seen of the tasks and the process.</summary>
    internal sealed record WatchDue(IReadOnlyList<StuckRun> Stuck, MemoryExcess? Memory = null) : NodeEvent;

    /// <summary>The node is to leave: it was drained, or stopped.</summary>
    internal sealed record LeaveAsked(string Reason) : NodeEvent;

    /// <summary>What carries the instructions has ended; close what is open.</summary>
    internal sealed record Stopped : NodeEvent;
}

/// <summary>What a node is to do about it, in this order.</summary>
internal abstract record NodeInstruction
{
    /// <summary>Open the work, away from this turn; then say <see cref="NodeEvent.WorkOpened"/> or <see cref="NodeEvent.OpeningFailed"/>.</summary>
    internal sealed record BeginOpening<TClient>(JobOpening Opening, TClient Client, JobTerms Terms) : NodeInstruction;

    /// <summary>Tell a client that its job is open, and how much it may send.</summary>
    /// <param name="Client">The client.</param>
    /// <param name="Job">The job.</param>
    /// <param name="Slots">Chunks that run at a time, of all jobs.</param>
    /// <param name="Usable">Chunks of this job that do: fewer where the node's resources do not suffice for more.</param>
    /// <param name="Window">Chunks that the node holds at a time: the client's credit.</param>
    /// <param name="Waits">Its tasks mostly wait: they run in I/O slots and come in no packs.</param>
    internal sealed record TellOpened<TClient>(TClient Client, JobId Job, int Slots, int Usable, int Window, bool Waits) : NodeInstruction
    {
        /// <summary>Its running tasks can be split.</summary>
        public bool Splits { get; init; }
    }

    /// <summary>Tell a client that its job is not open here.</summary>
    internal sealed record TellRefused<TClient>(TClient Client, JobId Job, string Reason) : NodeInstruction;

    /// <summary>Keep a chunk that came, until a slot takes it or its job is closed.</summary>
    internal sealed record KeepChunk(JobOpening Opening, long Sequence) : NodeInstruction;

    /// <summary>A slot takes a chunk.</summary>
    internal sealed record RunChunk(JobOpening Opening, long Sequence, bool IsIo) : NodeInstruction;

    /// <summary>Tell a client that a chunk which is to run alone begins as soon as it says <see cref="NodeEvent.MayBegin{TClient}"/>.</summary>
    internal sealed record AskToBegin<TClient>(TClient Client, JobId Job, long Sequence) : NodeInstruction;

    /// <summary>Give a chunk back to its client: no task of it was begun.</summary>
    /// <param name="Client">The client.</param>
    /// <param name="Job">The job.</param>
    /// <param name="Sequence">The chunk.</param>
    /// <param name="Opening">Where it was kept; null for one that came too late to be.</param>
    internal sealed record GiveBack<TClient>(TClient Client, JobId Job, long Sequence, JobOpening? Opening) : NodeInstruction;

    /// <summary>Cancel those of these tasks that are here, waiting ones too.</summary>
    internal sealed record CancelTasks(JobOpening Opening, IReadOnlyCollection<long> Numbers) : NodeInstruction;

    /// <summary>Let that try of a task know, if it runs, that what is left of it is wanted in so many pieces.</summary>
    internal sealed record SplitTask(JobOpening Opening, long Number, int Attempt, int Pieces) : NodeInstruction;

    /// <summary>Tell a client that the node takes no more, and which of its chunks will still end here.</summary>
    internal sealed record TellLeaving<TClient>(TClient Client, JobOpening Opening, IReadOnlyList<long> Running, string Reason) : NodeInstruction;

    /// <summary>Tell a client what is held of its job.</summary>
    internal sealed record TellReport<TClient>(TClient Client, JobOpening Opening, long LastSequence, IReadOnlyList<long> Held) : NodeInstruction;

    /// <summary>Answer a task that took too long and does not stop: its slot cannot.</summary>
    internal sealed record AnswerTimedOut(StuckRun Task) : NodeInstruction;

    /// <summary>Answer every task that runs: the process ends for its memory.</summary>
    internal sealed record AnswerOutOfMemory(string Reason) : NodeInstruction;

    /// <summary>Nobody wants more of the job: forget its waiting chunks, tell what runs to stop.</summary>
    internal sealed record CancelWork(JobOpening Opening) : NodeInstruction;

    /// <summary>Nothing of a closed job runs any more, nor is it being opened: dispose the work, if there is one, and forget the job.</summary>
    internal sealed record ReleaseWork(JobOpening Opening) : NodeInstruction;

    /// <summary>Let <see cref="NodeEvent.WatchDue"/> come every 100 ms.</summary>
    internal sealed record StartWatch : NodeInstruction;

    /// <summary>There is nothing to watch.</summary>
    internal sealed record StopWatch : NodeInstruction;

    /// <summary>Unregister and end.</summary>
    /// <param name="Reason">In words.</param>
    /// <param name="Kind">What the keeper is told.</param>
    /// <param name="IsHurried">Something in the process does not stop, so nothing is waited for.</param>
    internal sealed record End(string Reason, PlannedEnd Kind, bool IsHurried = false) : NodeInstruction;
}
