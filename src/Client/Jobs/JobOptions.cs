using System.Threading.Channels;

namespace ActorCompute;

/// <summary>How a job runs.</summary>
public sealed record JobOptions
{
    // What a message takes; results beyond it come in pieces.
    private const long SmallestLargestResult = ChunkSizer.LargestPayload;

    /// <summary>Outcomes in plan order instead of completion order. Default: false.</summary>
    public bool Ordered { get; init; }

    /// <summary>
    /// Tasks drawn from the plan whose outcomes have not been taken yet, at most; with <see cref="Ordered"/> also how far
    /// a task may overtake another. Bounds the client's memory. Default: 65,536.
    /// </summary>
    public int MaxOutstanding { get; init; } = 65536;

    /// <summary>
    /// Bytes of outcomes that have not been taken yet, nearly at most: when they are reached no more tasks are sent until the reader
    /// has taken some. Default: 128 MiB.
    /// </summary>
    public long MaxBufferedBytes { get; init; } = 128 << 20;

    /// <summary>
    /// Bytes of the largest result, as it travels; a task that gives a larger one fails. Those above 8 MiB come in pieces, into a file that
    /// goes with the result. 8 MiB to 2 GiB. Default: 1 GiB; at most 31 MiB with a journal.
    /// </summary>
    public long LargestResult { get; init; } = 1L << 30;

    /// <summary>Tasks with workers at a time, over the whole cluster, at most; a semaphore for the job. Default: as many as workers take.</summary>
    public int MaxInFlight { get; init; } = int.MaxValue;

    /// <summary>Tasks that travel together. Default: fitted to how long tasks take, so that chunks are 20 to 50 ms of work.</summary>
    public int? ChunkSize { get; init; }

    /// <summary>What happens to a task that threw. Default: it is not tried again.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.None;

    /// <summary>
    /// What one task may take. One that takes longer is told to stop by its token; if it has not after <see cref="Grace"/>, its
    /// worker process is replaced and the tasks beside it run elsewhere. Default: as long as it takes.
    /// </summary>
    public TimeSpan? TaskTimeout { get; init; }

    /// <summary>What a task that was told to stop, for its time or because nobody wants it any more, may still take. Default: 2 s.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What the whole job may take; what is not done then is cancelled. Default: as long as it takes.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Whether the first task that fails cancels the rest. Default: false.</summary>
    public bool FailFast { get; init; }

    /// <summary>A task whose workers died so often fails. Default: 3.</summary>
    public int MaxWorkerDeaths { get; init; } = 3;

    /// <summary>When a task that takes much longer than the others is copied to an idle worker. Kinds that must not run twice never are. Default: when three quarters are done, after twice the median.</summary>
    public StragglerPolicy Stragglers { get; init; } = new();

    /// <summary>
    /// What each task needs of its worker's resources while it runs. A job that no worker can run ends at once. Default: null, what the
    /// kind says, which is nothing as a rule; <see cref="Resources.None"/> for nothing in any case.
    /// </summary>
    public Resources? Needs { get; init; }

    /// <summary>
    /// From -100 to 100. A slot that comes free takes a task of the highest priority that waits there, so that jobs of a lower one wait as
    /// long as there are such; what runs goes on. Default: 0.
    /// </summary>
    public int Priority { get; init; }

    /// <summary>
    /// Whether a task that runs long is split while slots are idle and nothing waits for them; only tasks of kinds that can be
    /// (<see cref="SplittableJobKind{TParameters,TTask,TResult,TRow}"/>), and of jobs without <see cref="MaxInFlight"/>. Each piece may
    /// take <see cref="TaskTimeout"/>. Default: true.
    /// </summary>
    public bool SplitLongTasks { get; init; } = true;

    /// <summary>
    /// A folder where finished tasks are recorded, and taken from if they are recorded already: the same job over the same inputs goes on
    /// where it was. One whose results are all there runs nothing. Default: null, nowhere.
    /// </summary>
    public string? JournalFolder { get; init; }

    /// <summary>The journal of a job whose plan was made before.</summary>
    internal JobJournal? Journal { get; init; }

    /// <summary>
    /// Told how far the job is, often, on the thread pool, one call at a time; a slow one misses some. The last call is before the end
    /// of the job, which waits for it.
    /// </summary>
    public IProgress<JobProgress>? Progress { get; init; }

    /// <summary>
    /// Gets what the job's scheduler does, step by step: what was sent where, came back, failed, and why nothing is sent. Completed at
    /// the end of the job. Events that a full channel does not take are counted in a <see cref="SchedulingEventKind.Missed"/>.
    /// </summary>
    public ChannelWriter<SchedulingEvent>? Events { get; init; }

    /// <exception cref="InputException">A value is out of range.</exception>
    internal void Check()
    {
        if (MaxOutstanding < 1) throw new InputException($"MaxOutstanding is {MaxOutstanding}; give 1 or more.");
        if (MaxBufferedBytes < 1) throw new InputException($"MaxBufferedBytes is {MaxBufferedBytes}; give 1 or more.");
        if (LargestResult is < SmallestLargestResult or > int.MaxValue) throw new InputException($"LargestResult is {LargestResult}; give {SmallestLargestResult} (8 MiB) to {int.MaxValue}.");
        if (MaxInFlight < 1) throw new InputException($"MaxInFlight is {MaxInFlight}; give 1 or more.");
        if (ChunkSize is < 1 or > ChunkSizer.MaximumTasks) throw new InputException($"ChunkSize is {ChunkSize}; give 1 to {ChunkSizer.MaximumTasks}.");
        if (MaxWorkerDeaths < 1) throw new InputException($"MaxWorkerDeaths is {MaxWorkerDeaths}; give 1 or more.");
        if (TaskTimeout <= TimeSpan.Zero) throw new InputException("the task time-out is nothing; give more.");
        if (Deadline <= TimeSpan.Zero) throw new InputException("the deadline is nothing; give more.");
        if (Grace < TimeSpan.Zero) throw new InputException("the grace time is negative; give 0 or more.");
        if (Priority is < -JobTerms.MaxPriority or > JobTerms.MaxPriority) throw new InputException($"the priority is {Priority}; give {-JobTerms.MaxPriority} to {JobTerms.MaxPriority}.");
        if (Retry is null) throw new InputException("Retry is null; RetryPolicy.None is none.");
        Retry.Check();
        if (Stragglers is null) throw new InputException("Stragglers is null; StragglerPolicy.None is none.");
        Stragglers.Check();
    }
}

/// <summary>How far a job is.</summary>
/// <param name="Done">Tasks with an outcome, failed ones included.</param>
/// <param name="Failed">Tasks that failed.</param>
/// <param name="InFlight">Tasks with a worker.</param>
/// <param name="Total">All tasks, where that is known.</param>
/// <param name="Workers">Workers that take part.</param>
public readonly record struct JobProgress(long Done, long Failed, int InFlight, long? Total, int Workers)
{
    /// <summary>There has been no worker for some seconds; the job goes on as soon as one registers.</summary>
    public bool WaitsForWorkers { get; init; }
}
