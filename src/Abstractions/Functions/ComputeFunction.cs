namespace ActorCompute;

/// <summary>
/// A function to run over many inputs, in a class library of your own: workers load it from their plug-in folder, and
/// <c>actorcompute run NAME --input FILE</c> calls it for each line. For work that computes; see
/// <see cref="IoFunction{TInput,TResult}"/> for work that waits.
/// </summary>
/// <remarks>The class needs a public constructor without parameters. One instance serves all slots of a worker at a time.</remarks>
/// <typeparam name="TInput">What it is called with: a number, a text, or anything that System.Text.Json reads.</typeparam>
/// <typeparam name="TResult">What it gives: anything that System.Text.Json writes.</typeparam>
public abstract class ComputeFunction<TInput, TResult> : JobKind<FunctionInputs, TInput, TResult>, IFunction<TInput, TResult>
{
    /// <summary>Parameters of its own, given as <c>--param name=value</c>; in a task they are <see cref="TaskContext.Parameters"/>.</summary>
    protected virtual IReadOnlyList<ParameterDescription> OwnParameters => [];

    /// <summary>Checks the function's own parameters where the job is started, before anything runs; by default any value will do.</summary>
    /// <exception cref="InputException">One is wrong; the message says what to do.</exception>
    protected virtual void CheckParameters(ParameterValues own)
    {
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<ParameterDescription> Parameters => [.. FunctionInputs.Common, .. OwnParameters];

    /// <summary>Computes the result for one input. May take as long as it needs; polls the token now and then.</summary>
    /// <exception cref="InputException">The input is wrong: trying again cannot help.</exception>
    protected abstract TResult Compute(TInput input, TaskContext context);

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
    protected sealed override ITaskWork<TInput, TResult> Open(FunctionInputs parameters) => new Work(this, parameters.OwnValues());

    /// <summary>How the results are shown; by default a row with input and result for each.</summary>
    protected override IReduction<TInput, TResult> Reduce(FunctionInputs parameters) => new FunctionReduction<TInput, TResult>();

    ICodec<TInput> IFunction<TInput, TResult>.InputCodec => TaskCodec;

    ICodec<TResult> IFunction<TInput, TResult>.ResultCodec => ResultCodec;

    ReadOnlyMemory<byte> IFunction<TInput, TResult>.EncodeParameters(ParameterValues own)
    {
        own.RefuseUnknown(Name, OwnParameters);
        CheckParameters(own);
        return ParametersCodec.ToBytes(FunctionInputs.OfOwn(own, OwnParameters));
    }

    private sealed class Work(ComputeFunction<TInput, TResult> function, ParameterValues values) : ITaskWork<TInput, TResult>
    {
        public TResult Execute(TInput task, TaskContext context) => function.Compute(task, context with { Parameters = values });
    }
}
