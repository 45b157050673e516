namespace ActorCompute.Scheduling;

/// <summary>A living worker as the registries know it.</summary>
/// <param name="Life">The worker and its incarnation.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Host">Its machine.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="PreviousEnd">How its last incarnation ended; empty if there was none.</param>
internal sealed record SeenWorker(WorkerLife Life, string Name, string Host, int ProcessId, string PreviousEnd = "")
{
    /// <summary>What it has beside slots.</summary>
    public Resources Has { get; init; } = Resources.None;
}

/// <summary>What happened to a job. What concerns its ledger alone is a <see cref="LedgerEvent"/>.</summary>
internal abstract record JobEvent
{
    /// <summary>The job begins: nothing else has happened.</summary>
    internal sealed record Began : JobEvent;

    /// <summary>The workers that there are, as the registries say.</summary>
    internal sealed record WorkersSeen(IReadOnlyList<SeenWorker> Workers) : JobEvent;

    /// <summary>A worker has opened the job.</summary>
    /// <param name="Life">Which.</param>
    /// <param name="Slots">Chunks it runs at a time, of all jobs.</param>
    /// <param name="Usable">Chunks of this job that it runs at a time: fewer where its resources do not suffice for more.</param>
    /// <param name="Window">Chunks of this job that it takes at a time.</param>
    /// <param name="Packs">It takes packs.</param>
    /// <param name="Waits">The job's tasks mostly wait: they have slots of their own there.</param>
    internal sealed record Opened(WorkerLife Life, int Slots, int Usable, int Window, bool Packs, bool Waits) : JobEvent
    {
        /// <summary>Its running tasks can be asked for what is left of them.</summary>
        public bool Splits { get; init; }
    }

    /// <summary>A worker will not run the job.</summary>
    internal sealed record Refused(WorkerLife Life, string Reason) : JobEvent;

    /// <summary>The keeper of a worker in this process has seen its end.</summary>
    internal sealed record WorkerEnded(WorkerLife Life, string End) : JobEvent;

    /// <summary>The reader has taken outcomes after it was said that there is no room.</summary>
    internal sealed record RoomMade : JobEvent
    {
        public static RoomMade Instance { get; } = new();
    }

    /// <summary>There are tasks to take, or the plan has ended: the answer to <see cref="JobInstruction.WaitForPlan"/>.</summary>
    internal sealed record PlanReady : JobEvent
    {
        public static PlanReady Instance { get; } = new();
    }

    /// <summary>Some worker has an idle slot.</summary>
    internal sealed record WorkerFreed : JobEvent
    {
        public static WorkerFreed Instance { get; } = new();
    }

    /// <summary>The time of <see cref="JobInstruction.WakeAt"/> has come.</summary>
    internal sealed record RetryDue : JobEvent
    {
        public static RetryDue Instance { get; } = new();
    }

    /// <summary>The clock; to be told at least once a second.</summary>
    internal sealed record Tick : JobEvent
    {
        public static Tick Instance { get; } = new();
    }

    /// <summary>End the job.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="IsLimit">A limit of the job asks for it, not its caller.</param>
    internal sealed record Cancelled(string Reason, bool IsLimit = false) : JobEvent;
}

/// <summary>What is to be done for a job, in this order. What its ledger says is a <see cref="LedgerInstruction"/>.</summary>
internal abstract record JobInstruction
{
    /// <summary>Ask a worker to open the job.</summary>
    internal sealed record Open(SeenWorker Worker) : JobInstruction;

    /// <summary>An outcome is due: give it to the reader. Of a job in plan order, and of those out of a journal; others are given as they are reported.</summary>
    internal sealed record Give(SettledBatch Settled) : JobInstruction;

    /// <summary>Wait until the plan has a task or has ended, then say <see cref="JobEvent.PlanReady"/>.</summary>
    internal sealed record WaitForPlan : JobInstruction
    {
        public static WaitForPlan Instance { get; } = new();
    }

    /// <summary>Say <see cref="JobEvent.RetryDue"/> at that time, and at no other; null for never.</summary>
    internal sealed record WakeAt(TimeSpan? At) : JobInstruction;

    /// <summary>A limit ended the job before its time.</summary>
    internal sealed record Limited(string Reason) : JobInstruction;

    /// <summary>For people: a worker is lost.</summary>
    internal sealed record Lost(SeenWorker Worker, string Reason) : JobInstruction;

    /// <summary>For people: a worker will not run the job.</summary>
    internal sealed record Refused(WorkerLife Life, string Reason) : JobInstruction;

    /// <summary>For people: a copy of a task was sent.</summary>
    internal sealed record Copied(long Number, TimeSpan Elapsed, SeenWorker Worker) : JobInstruction;

    /// <summary>For people: the job has had no worker for a while, or has one again.</summary>
    internal sealed record WaitsForWorkers(bool Waits, int Workers) : JobInstruction;

    /// <summary>Nothing more comes. The last instruction there is.</summary>
    /// <param name="Error">What the plan threw.</param>
    /// <param name="Refusals">Why no worker runs the job, if none will.</param>
    internal sealed record End(Exception? Error, string? Refusals = null) : JobInstruction;
}
