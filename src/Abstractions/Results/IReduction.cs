namespace ActorCompute;

/// <summary>Brings the results of one job together. Every task is added once, in the order of completion, or of the plan on request.</summary>
public interface IReduction<in TTask, in TResult>
{
    /// <summary>What the rows hold.</summary>
    ResultSchema Schema { get; }

    /// <summary>Takes the result of one task and gives the rows that are complete with it.</summary>
    void Add(TTask task, TResult result, TaskRun run, IResultSink sink);

    /// <summary>Takes the failure of one task. What is left of the job goes on.</summary>
    void AddFailure(TTask task, TaskFailure failure, TaskRun run, IResultSink sink);

    /// <summary>Gives the rows that were waiting for the last task.</summary>
    void Complete(IResultSink sink);
}
