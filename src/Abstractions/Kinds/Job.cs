namespace ActorCompute;

/// <summary>A kind with checked parameters: what is handed to a cluster to run.</summary>
/// <param name="kind">The kind.</param>
/// <param name="parameters">The encoded parameters, as every worker gets them.</param>
public abstract class Job(IJobKind kind, ReadOnlyMemory<byte> parameters)
{
    /// <summary>The kind.</summary>
    public IJobKind Kind { get; } = kind;

    /// <summary>The encoded parameters.</summary>
    public ReadOnlyMemory<byte> Parameters { get; } = parameters;

    /// <summary>The parameters as they were given, to prepare the same job again from; none for a job that was not made of any.</summary>
    public ParameterValues Values { get; init; } = ParameterValues.None;

    /// <summary>Cuts the job into encoded tasks, drawn lazily.</summary>
    /// <exception cref="InputException">The input cannot be used.</exception>
    public abstract JobPlan<ReadOnlyMemory<byte>> Plan(CancellationToken cancellation);

    /// <summary>Starts an empty reduction of this job's results.</summary>
    public abstract IJobReduction Reduce();
}
