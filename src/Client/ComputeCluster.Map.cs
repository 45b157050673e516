using System.Runtime.CompilerServices;
using ActorCompute.Client.Executor;
using ActorCompute.Client.Functions;
using ActorCompute.Client.Scatter;
using ActorCompute.Client.Scatter.Inputs;

namespace ActorCompute;

/// <content>A function over many inputs, as <c>executor.map</c>, <c>imap_unordered</c> and <c>starmap</c> do.</content>
/// <remarks>An async lambda may be a function of Task as well as of ValueTask; the priorities have the compiler take Task.</remarks>
public sealed partial class ComputeCluster
{
    /// <summary>
    /// Maps a function over inputs: <c>await foreach (var y in cluster.Map(F, xs))</c>. The inputs are drawn as there is room, on a thread
    /// of their own, so they may be endless or slow. Enumerating begins the job; its end ends the job.
    /// </summary>
    /// <param name="function">
    /// A static method, a lambda that captures nothing, or <c>Invoke</c> of a function that is a class. A method of several arguments is
    /// called over tuples, <c>cluster.Map(p =&gt; Math.Pow(p.X, p.Y), points)</c>; the task's token is <see cref="TaskContext.Cancellation"/>.
    /// </param>
    /// <param name="inputs">Its arguments; they travel as JSON. Those that are awaited: <see cref="AsyncInputs.AsInputs{T}"/>.</param>
    /// <param name="options">Chunk size, bounds, time-out, retries.</param>
    /// <param name="cancellation">Ends the job.</param>
    /// <returns>The results in the order of the inputs; see <see cref="MapResults{TInput,TResult}"/> for the other ways to take them.</returns>
    /// <exception cref="ArgumentException">The function cannot be called in another process, or what it takes or gives would not arrive as it is.</exception>
    /// <exception cref="InputException">An option is out of range; while enumerating, an input is more than its type says, or too large.</exception>
    /// <exception cref="RemoteTaskException">While enumerating: the function threw for the next input, or its workers died.</exception>
    /// <exception cref="TimeoutException">While enumerating: the time-out passed.</exception>
    public MapResults<TInput, TResult> Map<TInput, TResult>(Func<TInput, TResult> function, IEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        MapResultsOf<TInput, TResult>(function, inputs, options, cancellation);

    /// <summary>The same for a function that waits (I/O): a worker runs many of its calls at a time.</summary>
    /// <inheritdoc cref="Map{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    [OverloadResolutionPriority(2)]
    public MapResults<TInput, TResult> Map<TInput, TResult>(Func<TInput, Task<TResult>> function, IEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        MapResultsOf<TInput, TResult>(function, inputs, options, cancellation);

    /// <inheritdoc cref="Map{TInput,TResult}(Func{TInput,Task{TResult}},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public MapResults<TInput, TResult> Map<TInput, TResult>(Func<TInput, ValueTask<TResult>> function, IEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        MapResultsOf<TInput, TResult>(function, inputs, options, cancellation);

    private MapResults<TInput, TResult> MapResultsOf<TInput, TResult>(Delegate function, IEnumerable<TInput> inputs, MapOptions? options, CancellationToken cancellation) =>
        MapResultsOf(_calls.Get<TInput, TResult>(function), inputs, options, cancellation);

    private MapResults<TInput, TResult> MapResultsOf<TInput, TResult>(RemoteCall<TInput, TResult> call, IEnumerable<TInput> inputs, MapOptions? options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        options ??= new();
        options.Check();
        long? count = inputs.TryGetNonEnumeratedCount(out var known) ? known : null;
        var map = new MapCall<TInput, TResult>(call, count, Open, options, StartActor, cancellation);
        return new(map.Begin);

        TaskSource Open() => inputs is AsyncInputs<TInput> awaited ? InputSource<TInput>.Of(awaited.Items, call.InputCodec) : InputSource<TInput>.Of(inputs, call.InputCodec);
    }
}
