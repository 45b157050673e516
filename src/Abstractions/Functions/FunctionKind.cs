namespace ActorCompute;

/// <summary>
/// What <see cref="ComputeFunction{TInput,TResult}"/> and <see cref="IoFunction{TInput,TResult}"/> have in common: a function that is a
/// class, found on workers by its name, with parameters of its own.
/// </summary>
/// <inheritdoc cref="ComputeFunction{TInput,TResult}"/>
public abstract class FunctionKind<TInput, TResult> : TypedJobKind<FunctionInputs, TInput, TResult, (TInput Input, TResult Result)>
{
    private protected FunctionKind()
    {
    }

    /// <summary>Parameters of its own, given as <c>--param name=value</c>; in a task they are <see cref="TaskContext.Parameters"/>.</summary>
    protected virtual IReadOnlyList<ParameterDescription> OwnParameters => [];

    /// <summary>Checks the function's own parameters where the job is started, before anything runs; by default any value will do.</summary>
    /// <exception cref="InputException">One is wrong; the message says what to do.</exception>
    protected virtual void CheckParameters(ParameterValues own)
    {
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<ParameterDescription> Parameters => [.. FunctionInputs.Common, .. OwnParameters];

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

    /// <summary>How the results are shown; by default a row with input and result for each.</summary>
    protected override IReduction<TInput, TResult, (TInput Input, TResult Result)> Reduce(FunctionInputs parameters) => new FunctionReduction<TInput, TResult>();

    /// <summary>How inputs travel.</summary>
    internal ICodec<TInput> InputCodec => TaskCodec;

    /// <summary>How results travel.</summary>
    internal ICodec<TResult> OutputCodec => ResultCodec;

    /// <summary>The own parameters that it is called with.</summary>
    internal ParameterValues Given { get; private set; } = ParameterValues.None;

    /// <summary>The function's own parameters as every worker gets them.</summary>
    /// <exception cref="InputException">One is missing, wrong or unknown.</exception>
    internal ReadOnlyMemory<byte> EncodeGiven() => ParametersCodec.ToBytes(CheckGiven());

    /// <summary>The same function with these parameters.</summary>
    private protected FunctionKind<TInput, TResult> Bind(ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var given = new ParameterValues();
        foreach (var (name, value) in parameters) given.Add(name, value);
        var bound = (FunctionKind<TInput, TResult>)MemberwiseClone();
        bound.Given = given;
        return bound;
    }

    /// <summary>For a call in this process, or from the function of a task.</summary>
    private protected TaskContext LocalContext()
    {
        CheckGiven();
        return (AmbientTask.Current?.Context ?? new(0, 1, default)) with { Parameters = Given };
    }

    private FunctionInputs CheckGiven()
    {
        Given.RefuseUnknown(Name, OwnParameters);
        var inputs = FunctionInputs.OfOwn(Given, OwnParameters);
        CheckParameters(Given);
        return inputs;
    }
}
