namespace ActorCompute;

/// <summary>Brings the results of one job together. Every task is added once, in the order of completion, or of the plan on request.</summary>
/// <typeparam name="TTask">What one task is asked.</typeparam>
/// <typeparam name="TResult">What one task answers.</typeparam>
/// <typeparam name="TRow">A row of the job's answer.</typeparam>
public interface IReduction<in TTask, in TResult, TRow>
{
    /// <summary>How rows are shown.</summary>
    ResultSchema<TRow> Schema { get; }

    /// <summary>Takes the result of one task and gives the rows that are complete with it.</summary>
    void Add(TTask task, TResult result, TaskRun run, IResultSink<TRow> sink);

    /// <summary>Takes the failure of one task. What is left of the job goes on.</summary>
    void AddFailure(TTask task, TaskFailure failure, TaskRun run, IResultSink<TRow> sink);

    /// <summary>Gives the rows that were waiting for the last task.</summary>
    void Complete(IResultSink<TRow> sink);
}
