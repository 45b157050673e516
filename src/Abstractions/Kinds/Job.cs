namespace ActorCompute;

/// <summary>A kind with checked parameters: what is handed to a cluster to run.</summary>
public abstract class Job
{
    internal Job(IJobKind kind, ReadOnlyMemory<byte> parameters) => (Kind, Parameters) = (kind, parameters);

    /// <summary>The kind.</summary>
    internal IJobKind Kind { get; }

    /// <summary>The encoded parameters, as every worker gets them.</summary>
    internal ReadOnlyMemory<byte> Parameters { get; }

    /// <summary>The encoded parameters as a journal keeps and compares them.</summary>
    internal virtual ReadOnlyMemory<byte> ParametersWithoutFileTimes => Parameters;

    /// <summary>The parameters as they were given, to prepare the same job again from; none for a job that was not made of any.</summary>
    public ParameterValues Values { get; init; } = ParameterValues.None;

    /// <summary>Cuts the job into encoded tasks, drawn lazily.</summary>
    /// <exception cref="InputException">The input cannot be used.</exception>
    internal abstract JobPlan<ReadOnlyMemory<byte>> Plan(CancellationToken cancellation);

    /// <summary>Starts an empty reduction of this job's results.</summary>
    internal abstract IJobReduction Reduce();
}

/// <summary>A kind with checked parameters, and the rows that it answers with: <c>cluster.Run(job)</c>.</summary>
/// <typeparam name="TRow">A row of the answer.</typeparam>
public abstract class Job<TRow> : Job
{
    private protected Job(IJobKind kind, ReadOnlyMemory<byte> parameters)
        : base(kind, parameters)
    {
    }

    /// <summary>The same job, whose answer is a single row: <c>await cluster.Run(job)</c> gives that.</summary>
    public AnswerJob<TRow> Single() => new(this);

    internal sealed override IJobReduction Reduce() => new WrittenReduction<TRow>(ReduceToRows());

    internal abstract IRowReduction<TRow> ReduceToRows();
}

/// <summary>A job with one answer.</summary>
/// <typeparam name="TAnswer">The answer.</typeparam>
public sealed class AnswerJob<TAnswer>
{
    internal AnswerJob(Job<TAnswer> job) => Job = job;

    internal Job<TAnswer> Job { get; }
}
