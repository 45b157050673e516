namespace ActorCompute;

/// <summary>The results of one job coming together on the client, task by task.</summary>
public interface IJobReduction
{
    /// <summary>What the rows hold.</summary>
    ResultSchema Schema { get; }

    /// <summary>Takes the outcome of one task, in any order, each task once.</summary>
    void Add(TaskOutcome outcome, IResultSink sink);

    /// <summary>All tasks have been taken.</summary>
    void Complete(IResultSink sink);
}
