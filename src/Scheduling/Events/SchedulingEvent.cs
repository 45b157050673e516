namespace ActorCompute;

/// <summary>What a job's scheduler did, or learned.</summary>
public enum SchedulingEventKind
{
    /// <summary>A worker has opened the job.</summary>
    WorkerJoined,

    /// <summary>A worker will not run the job.</summary>
    WorkerRefused,

    /// <summary>A worker takes no more tasks, and ends when those that run there have.</summary>
    WorkerLeaving,

    /// <summary>A worker has ended, or was silent for too long.</summary>
    WorkerLost,

    /// <summary>Tasks were sent to a worker.</summary>
    Sent,

    /// <summary>A second try of a task that takes long was sent to an idle worker.</summary>
    Copied,

    /// <summary>What was left of a running task, or of a piece of one, goes on in pieces.</summary>
    Split,

    /// <summary>A piece of a task has its result; the task has its own when all of them have been merged.</summary>
    PieceDone,

    /// <summary>Tasks that wait behind others on a worker were asked back, since another is idle.</summary>
    Recalled,

    /// <summary>Tasks came back without an outcome, and wait again.</summary>
    Returned,

    /// <summary>A task threw, and is tried again after a pause.</summary>
    Delayed,

    /// <summary>A task is to run with nothing beside it: workers died while it ran, or outgrew their memory.</summary>
    Isolated,

    /// <summary>A task is not run until there is word of how its last worker ended, or a time has passed.</summary>
    Held,

    /// <summary>Tasks have their results. Some of a pack may have failed.</summary>
    Succeeded,

    /// <summary>Tasks have failed, or were cancelled.</summary>
    Failed,

    /// <summary>There are tasks to send, and none is sent.</summary>
    Waiting,

    /// <summary>That is over.</summary>
    Flowing,

    /// <summary>Events were not told: whoever reads them was too slow.</summary>
    Missed,
}

/// <summary>One step of a job's scheduling. Those of one job come in the order in which they happened.</summary>
/// <param name="At">When, since the job began.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Number">The task it is about, or the first of them; -1 for none.</param>
/// <param name="Count">How many tasks, with consecutive numbers; 0 for none. Of <see cref="SchedulingEventKind.Missed"/>: how many events.</param>
/// <param name="Attempt">Which try of it, from 1; 0 where that says nothing.</param>
/// <param name="Worker">The worker's name; empty for none.</param>
/// <param name="Elapsed">Time in the work itself, or the pause before a retry.</param>
/// <param name="Reason">Why, in words; empty where the kind says it.</param>
public readonly record struct SchedulingEvent(TimeSpan At, SchedulingEventKind Kind, long Number = -1, int Count = 0, int Attempt = 0, string Worker = "", TimeSpan Elapsed = default, string Reason = "")
{
    /// <summary>Of a piece of the task, which was split: which one, from 1, over the whole job; 0 where it is about tasks.</summary>
    public long Piece { get; init; }
}
