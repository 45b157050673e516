namespace ActorCompute;

/// <summary>
/// As <see cref="ComputeFunction{TInput,TResult}"/>, for work that waits: a worker runs as many calls at a time as its I/O
/// limit says, on few threads.
/// </summary>
/// <inheritdoc cref="ComputeFunction{TInput,TResult}"/>
public abstract class IoFunction<TInput, TResult> : IoJobKind<FunctionInputs, TInput, TResult>, IFunction<TInput, TResult>
{
    /// <inheritdoc cref="ComputeFunction{TInput,TResult}.OwnParameters"/>
    protected virtual IReadOnlyList<ParameterDescription> OwnParameters => [];

    /// <inheritdoc cref="ComputeFunction{TInput,TResult}.CheckParameters"/>
    protected virtual void CheckParameters(ParameterValues own)
    {
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<ParameterDescription> Parameters => [.. FunctionInputs.Common, .. OwnParameters];

    /// <summary>Gets the result for one input. Passes the token of <paramref name="context"/> on to what it awaits.</summary>
    /// <exception cref="InputException">The input is wrong: trying again cannot help.</exception>
    protected abstract ValueTask<TResult> RunAsync(TInput input, TaskContext context);

    /// <inheritdoc/>
    protected override ICodec<TInput> TaskCodec => ValueCodec<TInput>.Instance;

    /// <inheritdoc/>
    protected override ICodec<TResult> ResultCodec => ValueCodec<TResult>.Instance;

    /// <inheritdoc/>
    protected sealed override FunctionInputs ReadParameters(ParameterValues values)
    {
        if (FunctionValues.Refusal(Name, TaskCodec, ResultCodec) is { } why) throw new InputException(why);
        var inputs = FunctionInputs.Read(values, OwnParameters);
        CheckParameters(inputs.OwnValues());
        return inputs;
    }

    /// <inheritdoc/>
    protected sealed override JobPlan<TInput> Plan(FunctionInputs parameters, CancellationToken cancellation) => FunctionPlan.Of<TInput>(parameters, cancellation);

    /// <inheritdoc/>
    protected sealed override IIoTaskWork<TInput, TResult> Open(FunctionInputs parameters) => new Work(this, parameters.OwnValues());

    /// <inheritdoc cref="ComputeFunction{TInput,TResult}.Reduce"/>
    protected override IReduction<TInput, TResult> Reduce(FunctionInputs parameters) => new FunctionReduction<TInput, TResult>();

    ICodec<TInput> IFunction<TInput, TResult>.InputCodec => TaskCodec;

    ICodec<TResult> IFunction<TInput, TResult>.ResultCodec => ResultCodec;

    ReadOnlyMemory<byte> IFunction<TInput, TResult>.EncodeParameters(ParameterValues own)
    {
        own.RefuseUnknown(Name, OwnParameters);
        CheckParameters(own);
        return ParametersCodec.ToBytes(FunctionInputs.OfOwn(own, OwnParameters));
    }

    private sealed class Work(IoFunction<TInput, TResult> function, ParameterValues values) : IIoTaskWork<TInput, TResult>
    {
        public ValueTask<TResult> ExecuteAsync(TInput task, TaskContext context) => function.RunAsync(task, context with { Parameters = values });
    }
}
