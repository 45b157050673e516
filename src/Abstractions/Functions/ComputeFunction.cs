namespace ActorCompute;

/// <summary>
/// A function to run over many inputs, in a class library of your own: workers load it from their plug-in folder, and
/// <c>actorcompute run NAME --input FILE</c> calls it for each line; programs call it as <c>cluster.Map(new Own().Invoke, inputs)</c>. For
/// work that computes; see <see cref="IoFunction{TInput,TResult}"/> for work that waits.
/// </summary>
/// <remarks>The class needs a public constructor without parameters. One instance serves all slots of a worker at a time.</remarks>
/// <typeparam name="TInput">What it is called with: a number, a text, or anything that System.Text.Json reads.</typeparam>
/// <typeparam name="TResult">What it gives: anything that System.Text.Json writes.</typeparam>
public abstract class ComputeFunction<TInput, TResult> : FunctionKind<TInput, TResult>
{
    /// <summary>Computes the result for one input. May take as long as it needs; polls the token now and then.</summary>
    /// <exception cref="InputException">The input is wrong: trying again cannot help.</exception>
    protected abstract TResult Compute(TInput input, TaskContext context);

    /// <summary>The same function with parameters of its own: <c>new Own().With(("unit", "KiB")).Invoke</c>.</summary>
    public ComputeFunction<TInput, TResult> With(params ReadOnlySpan<(string Name, string Value)> parameters) => (ComputeFunction<TInput, TResult>)Bind(parameters);

    /// <summary>Calls it here. Passed to <c>Map</c> or <c>Submit</c> it is the function that workers find by its name.</summary>
    /// <exception cref="InputException">A parameter is missing, wrong or unknown.</exception>
    public TResult Invoke(TInput input) => Compute(input, LocalContext());

    private protected sealed override IOpenedWork OpenWork(FunctionInputs parameters) => new OpenedCpuWork<TInput, TResult>(new Work(this, parameters.OwnValues()), TaskCodec, ResultCodec);

    private sealed class Work(ComputeFunction<TInput, TResult> function, ParameterValues values) : ITaskWork<TInput, TResult>
    {
        public TResult Execute(TInput task, TaskContext context) => function.Compute(task, context with { Parameters = values });
    }
}
