namespace ActorCompute;

/// <summary>
/// As <see cref="ComputeFunction{TInput,TResult}"/>, for work that waits: a worker runs as many calls at a time as its I/O
/// limit says, on few threads.
/// </summary>
/// <inheritdoc cref="ComputeFunction{TInput,TResult}"/>
public abstract class IoFunction<TInput, TResult> : FunctionKind<TInput, TResult>
{
    /// <summary>Gets the result for one input. Passes the token of <paramref name="context"/> on to what it awaits.</summary>
    /// <exception cref="InputException">The input is wrong: trying again cannot help.</exception>
    protected abstract ValueTask<TResult> RunAsync(TInput input, TaskContext context);

    /// <inheritdoc cref="ComputeFunction{TInput,TResult}.With"/>
    public IoFunction<TInput, TResult> With(params ReadOnlySpan<(string Name, string Value)> parameters) => (IoFunction<TInput, TResult>)Bind(parameters);

    /// <inheritdoc cref="ComputeFunction{TInput,TResult}.Invoke"/>
    public ValueTask<TResult> Invoke(TInput input) => RunAsync(input, LocalContext());

    private protected sealed override IOpenedWork OpenWork(FunctionInputs parameters) => new OpenedIoWork<TInput, TResult>(new Work(this, parameters.OwnValues()), TaskCodec, ResultCodec);

    private sealed class Work(IoFunction<TInput, TResult> function, ParameterValues values) : IIoTaskWork<TInput, TResult>
    {
        public ValueTask<TResult> ExecuteAsync(TInput task, TaskContext context) => function.RunAsync(task, context with { Parameters = values });
    }
}
