namespace ActorCompute.Scheduling;

/// <summary>Where a job's tasks come from. Filled by somebody else, at their own pace.</summary>
internal interface IJobPlan
{
    /// <summary>True when every task has been taken.</summary>
    bool IsEnded { get; }

    /// <summary>What its giver threw, if it did.</summary>
    Exception? Error { get; }

    /// <summary>Tasks to come, where that is known without a plan's count: everything that was submitted so far.</summary>
    long? Backlog { get; }

    /// <summary>Tasks that can be taken now: there may be many more.</summary>
    int Drawn { get; }

    /// <summary>The number of the next task, if there is one now.</summary>
    bool TryPeek(out long number);

    /// <summary>Takes the next task, if there is one now.</summary>
    /// <param name="most">Tasks at most, where the source makes packs.</param>
    /// <param name="batch">The task, or a pack.</param>
    bool TryTake(int most, out TaskBatch batch);
}

/// <summary>Who takes the outcomes of a job, at their own pace.</summary>
internal interface IJobReader
{
    /// <summary>How many tasks there are, where that is known.</summary>
    long? Count { get; }

    /// <summary>Outcomes that were taken; those that were not take memory.</summary>
    long Taken { get; }

    /// <summary>Bytes of the outcomes that were taken.</summary>
    long TakenBytes { get; }

    /// <summary>
    /// No task is drawn for want of room: the next outcome taken is to bring a <see cref="JobEvent.RoomMade"/>. The scheduler looks at
    /// <see cref="Taken"/> again after this.
    /// </summary>
    void Starve();

    /// <summary>Whether somebody still waits for a task that is about to be drawn; one that was cancelled before is never sent.</summary>
    bool Wants(in TaskBatch batch);
}
