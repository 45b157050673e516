using System.Runtime.CompilerServices;
using ActorCompute.Client.Executor;
using ActorCompute.Client.Functions;
using ActorCompute.Client.Jobs;
using ActorCompute.Client.Scatter;
using ActorCompute.Client.Scatter.Inputs;

namespace ActorCompute.Client;

/// <content>Functions over many inputs, as <c>executor.map</c>, <c>imap_unordered</c> and <c>starmap</c> do.</content>
public sealed partial class ComputeCluster
{
    /// <summary>
    /// Maps a static method over inputs and gives the results in the order of the inputs. The inputs are drawn as there is
    /// room, on a thread of their own, so they may be endless or slow; the enumeration begins the job and its end ends it.
    /// </summary>
    /// <param name="function">A static method, or a lambda that captures nothing; see <see cref="Submit{TInput,TResult}(Func{TInput,TResult},TInput,SubmitOptions)"/>.</param>
    /// <param name="inputs">Its arguments; they travel as JSON.</param>
    /// <param name="options">Chunk size, bounds, time-out, retries.</param>
    /// <param name="cancellation">Ends the job.</param>
    /// <exception cref="ArgumentException">The function cannot be called in another process, or what it takes or gives would not arrive as it is.</exception>
    /// <exception cref="InputException">While enumerating: an input is more than its type says, or too large.</exception>
    /// <exception cref="RemoteTaskException">While enumerating: the function threw for the next input, or its workers died.</exception>
    /// <exception cref="TimeoutException">While enumerating: the time-out passed.</exception>
    public IAsyncEnumerable<TResult> MapAsync<TInput, TResult>(Func<TInput, TResult> function, IEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Results(Map<TInput, TResult>(function, inputs, true, options, cancellation));

    /// <inheritdoc cref="MapAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public IAsyncEnumerable<TResult> MapAsync<TInput, TResult>(Func<TInput, Task<TResult>> function, IEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Results(Map<TInput, TResult>(function, inputs, true, options, cancellation));

    /// <inheritdoc cref="MapAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    public IAsyncEnumerable<TResult> MapAsync<TInput, TResult>(Func<TInput, ValueTask<TResult>> function, IEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Results(Map<TInput, TResult>(function, inputs, true, options, cancellation));

    /// <inheritdoc cref="MapAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    public IAsyncEnumerable<TResult> MapAsync<TInput, TResult>(Func<TInput, TResult> function, IAsyncEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Results(Map<TInput, TResult>(function, inputs, true, options, cancellation));

    /// <inheritdoc cref="MapAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public IAsyncEnumerable<TResult> MapAsync<TInput, TResult>(Func<TInput, Task<TResult>> function, IAsyncEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Results(Map<TInput, TResult>(function, inputs, true, options, cancellation));

    /// <inheritdoc cref="MapAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    public IAsyncEnumerable<TResult> MapAsync<TInput, TResult>(Func<TInput, CancellationToken, TResult> function, IEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Results(Map<TInput, TResult>(function, inputs, true, options, cancellation));

    /// <inheritdoc cref="MapAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public IAsyncEnumerable<TResult> MapAsync<TInput, TResult>(Func<TInput, CancellationToken, Task<TResult>> function, IEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Results(Map<TInput, TResult>(function, inputs, true, options, cancellation));

    /// <inheritdoc cref="MapAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    public IAsyncEnumerable<TResult> MapAsync<T1, T2, TResult>(Func<T1, T2, TResult> function, IEnumerable<(T1 First, T2 Second)> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Results(Map<(T1 First, T2 Second), TResult>(function, inputs, true, options, cancellation));

    /// <inheritdoc cref="MapAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    public IAsyncEnumerable<TResult> MapAsync<T1, T2, T3, TResult>(Func<T1, T2, T3, TResult> function, IEnumerable<(T1 First, T2 Second, T3 Third)> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Results(Map<(T1 First, T2 Second, T3 Third), TResult>(function, inputs, true, options, cancellation));

    /// <summary>As <c>MapAsync</c> of a static method, for a function that is a class: workers find it by its name.</summary>
    public IAsyncEnumerable<TResult> MapAsync<TInput, TResult>(IFunction<TInput, TResult> function, IEnumerable<TInput> inputs, ParameterValues? parameters = null, MapOptions? options = null, CancellationToken cancellation = default) =>
        Results(Map<TInput, TResult>(function, parameters, inputs, true, options, cancellation));

    /// <summary>As <c>MapAsync</c> of a static method, for a function that is a class: workers find it by its name.</summary>
    public IAsyncEnumerable<TResult> MapAsync<TInput, TResult>(IFunction<TInput, TResult> function, IAsyncEnumerable<TInput> inputs, ParameterValues? parameters = null, MapOptions? options = null, CancellationToken cancellation = default) =>
        Results(Map<TInput, TResult>(function, parameters, inputs, true, options, cancellation));

    /// <summary>As <c>MapAsync</c>, but gives each outcome as it completes, with the input it belongs to. A failure is an outcome too, and ends nothing.</summary>
    public IAsyncEnumerable<MapOutcome<TInput, TResult>> MapUnorderedAsync<TInput, TResult>(Func<TInput, TResult> function, IEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Map<TInput, TResult>(function, inputs, false, options, cancellation);

    /// <inheritdoc cref="MapUnorderedAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public IAsyncEnumerable<MapOutcome<TInput, TResult>> MapUnorderedAsync<TInput, TResult>(Func<TInput, Task<TResult>> function, IEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Map<TInput, TResult>(function, inputs, false, options, cancellation);

    /// <inheritdoc cref="MapUnorderedAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    public IAsyncEnumerable<MapOutcome<TInput, TResult>> MapUnorderedAsync<TInput, TResult>(Func<TInput, ValueTask<TResult>> function, IEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Map<TInput, TResult>(function, inputs, false, options, cancellation);

    /// <inheritdoc cref="MapUnorderedAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    public IAsyncEnumerable<MapOutcome<TInput, TResult>> MapUnorderedAsync<TInput, TResult>(Func<TInput, TResult> function, IAsyncEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Map<TInput, TResult>(function, inputs, false, options, cancellation);

    /// <inheritdoc cref="MapUnorderedAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public IAsyncEnumerable<MapOutcome<TInput, TResult>> MapUnorderedAsync<TInput, TResult>(Func<TInput, Task<TResult>> function, IAsyncEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Map<TInput, TResult>(function, inputs, false, options, cancellation);

    /// <inheritdoc cref="MapUnorderedAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    public IAsyncEnumerable<MapOutcome<TInput, TResult>> MapUnorderedAsync<TInput, TResult>(Func<TInput, CancellationToken, TResult> function, IEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Map<TInput, TResult>(function, inputs, false, options, cancellation);

    /// <inheritdoc cref="MapUnorderedAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public IAsyncEnumerable<MapOutcome<TInput, TResult>> MapUnorderedAsync<TInput, TResult>(Func<TInput, CancellationToken, Task<TResult>> function, IEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Map<TInput, TResult>(function, inputs, false, options, cancellation);

    /// <inheritdoc cref="MapUnorderedAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    public IAsyncEnumerable<MapOutcome<(T1 First, T2 Second), TResult>> MapUnorderedAsync<T1, T2, TResult>(Func<T1, T2, TResult> function, IEnumerable<(T1 First, T2 Second)> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Map<(T1 First, T2 Second), TResult>(function, inputs, false, options, cancellation);

    /// <inheritdoc cref="MapUnorderedAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    public IAsyncEnumerable<MapOutcome<(T1 First, T2 Second, T3 Third), TResult>> MapUnorderedAsync<T1, T2, T3, TResult>(Func<T1, T2, T3, TResult> function, IEnumerable<(T1 First, T2 Second, T3 Third)> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Map<(T1 First, T2 Second, T3 Third), TResult>(function, inputs, false, options, cancellation);

    /// <summary>As <c>MapUnorderedAsync</c> of a static method, for a function that is a class: workers find it by its name.</summary>
    public IAsyncEnumerable<MapOutcome<TInput, TResult>> MapUnorderedAsync<TInput, TResult>(IFunction<TInput, TResult> function, IEnumerable<TInput> inputs, ParameterValues? parameters = null, MapOptions? options = null, CancellationToken cancellation = default) =>
        Map<TInput, TResult>(function, parameters, inputs, false, options, cancellation);

    /// <summary>As <c>MapUnorderedAsync</c> of a static method, for a function that is a class: workers find it by its name.</summary>
    public IAsyncEnumerable<MapOutcome<TInput, TResult>> MapUnorderedAsync<TInput, TResult>(IFunction<TInput, TResult> function, IAsyncEnumerable<TInput> inputs, ParameterValues? parameters = null, MapOptions? options = null, CancellationToken cancellation = default) =>
        Map<TInput, TResult>(function, parameters, inputs, false, options, cancellation);

    /// <summary>As <c>MapAsync</c>, but gives outcomes: each with its input, a failure as a value instead of an exception.</summary>
    public IAsyncEnumerable<MapOutcome<TInput, TResult>> MapOutcomesAsync<TInput, TResult>(Func<TInput, TResult> function, IEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Map<TInput, TResult>(function, inputs, true, options, cancellation);

    /// <inheritdoc cref="MapOutcomesAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public IAsyncEnumerable<MapOutcome<TInput, TResult>> MapOutcomesAsync<TInput, TResult>(Func<TInput, Task<TResult>> function, IEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Map<TInput, TResult>(function, inputs, true, options, cancellation);

    /// <inheritdoc cref="MapOutcomesAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    public IAsyncEnumerable<MapOutcome<TInput, TResult>> MapOutcomesAsync<TInput, TResult>(Func<TInput, ValueTask<TResult>> function, IEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Map<TInput, TResult>(function, inputs, true, options, cancellation);

    /// <inheritdoc cref="MapOutcomesAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    public IAsyncEnumerable<MapOutcome<TInput, TResult>> MapOutcomesAsync<TInput, TResult>(Func<TInput, TResult> function, IAsyncEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Map<TInput, TResult>(function, inputs, true, options, cancellation);

    /// <inheritdoc cref="MapOutcomesAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public IAsyncEnumerable<MapOutcome<TInput, TResult>> MapOutcomesAsync<TInput, TResult>(Func<TInput, Task<TResult>> function, IAsyncEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Map<TInput, TResult>(function, inputs, true, options, cancellation);

    /// <inheritdoc cref="MapOutcomesAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    public IAsyncEnumerable<MapOutcome<TInput, TResult>> MapOutcomesAsync<TInput, TResult>(Func<TInput, CancellationToken, TResult> function, IEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Map<TInput, TResult>(function, inputs, true, options, cancellation);

    /// <inheritdoc cref="MapOutcomesAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public IAsyncEnumerable<MapOutcome<TInput, TResult>> MapOutcomesAsync<TInput, TResult>(Func<TInput, CancellationToken, Task<TResult>> function, IEnumerable<TInput> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Map<TInput, TResult>(function, inputs, true, options, cancellation);

    /// <inheritdoc cref="MapOutcomesAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    public IAsyncEnumerable<MapOutcome<(T1 First, T2 Second), TResult>> MapOutcomesAsync<T1, T2, TResult>(Func<T1, T2, TResult> function, IEnumerable<(T1 First, T2 Second)> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Map<(T1 First, T2 Second), TResult>(function, inputs, true, options, cancellation);

    /// <inheritdoc cref="MapOutcomesAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},MapOptions,CancellationToken)"/>
    public IAsyncEnumerable<MapOutcome<(T1 First, T2 Second, T3 Third), TResult>> MapOutcomesAsync<T1, T2, T3, TResult>(Func<T1, T2, T3, TResult> function, IEnumerable<(T1 First, T2 Second, T3 Third)> inputs, MapOptions? options = null, CancellationToken cancellation = default) =>
        Map<(T1 First, T2 Second, T3 Third), TResult>(function, inputs, true, options, cancellation);

    /// <summary>As <c>MapOutcomesAsync</c> of a static method, for a function that is a class: workers find it by its name.</summary>
    public IAsyncEnumerable<MapOutcome<TInput, TResult>> MapOutcomesAsync<TInput, TResult>(IFunction<TInput, TResult> function, IEnumerable<TInput> inputs, ParameterValues? parameters = null, MapOptions? options = null, CancellationToken cancellation = default) =>
        Map<TInput, TResult>(function, parameters, inputs, true, options, cancellation);

    /// <summary>As <c>MapOutcomesAsync</c> of a static method, for a function that is a class: workers find it by its name.</summary>
    public IAsyncEnumerable<MapOutcome<TInput, TResult>> MapOutcomesAsync<TInput, TResult>(IFunction<TInput, TResult> function, IAsyncEnumerable<TInput> inputs, ParameterValues? parameters = null, MapOptions? options = null, CancellationToken cancellation = default) =>
        Map<TInput, TResult>(function, parameters, inputs, true, options, cancellation);

    private static MapResults<TInput, TResult> Results<TInput, TResult>(IAsyncEnumerable<MapOutcome<TInput, TResult>> outcomes) => new(outcomes);

    private IAsyncEnumerable<MapOutcome<TInput, TResult>> Map<TInput, TResult>(Delegate function, IEnumerable<TInput> inputs, bool ordered, MapOptions? options, CancellationToken cancellation) =>
        Map(_calls.Get<TInput, TResult>(function), inputs, ordered, options, cancellation);

    private IAsyncEnumerable<MapOutcome<TInput, TResult>> Map<TInput, TResult>(Delegate function, IAsyncEnumerable<TInput> inputs, bool ordered, MapOptions? options, CancellationToken cancellation) =>
        Map(_calls.Get<TInput, TResult>(function), inputs, ordered, options, cancellation);

    private IAsyncEnumerable<MapOutcome<TInput, TResult>> Map<TInput, TResult>(IFunction<TInput, TResult> function, ParameterValues? parameters, IEnumerable<TInput> inputs, bool ordered, MapOptions? options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Map(RemoteCall<TInput, TResult>.Of(function, parameters), inputs, ordered, options, cancellation);
    }

    private IAsyncEnumerable<MapOutcome<TInput, TResult>> Map<TInput, TResult>(IFunction<TInput, TResult> function, ParameterValues? parameters, IAsyncEnumerable<TInput> inputs, bool ordered, MapOptions? options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Map(RemoteCall<TInput, TResult>.Of(function, parameters), inputs, ordered, options, cancellation);
    }

    private IAsyncEnumerable<MapOutcome<TInput, TResult>> Map<TInput, TResult>(RemoteCall<TInput, TResult> call, IEnumerable<TInput> inputs, bool ordered, MapOptions? options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Map(call, inputs.TryGetNonEnumeratedCount(out var count) ? count : null, () => InputSource<TInput>.Of(inputs, call.InputCodec), ordered, options ?? new(), cancellation);
    }

    private IAsyncEnumerable<MapOutcome<TInput, TResult>> Map<TInput, TResult>(RemoteCall<TInput, TResult> call, IAsyncEnumerable<TInput> inputs, bool ordered, MapOptions? options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Map(call, null, () => InputSource<TInput>.Of(inputs, call.InputCodec), ordered, options ?? new(), cancellation);
    }

    private IAsyncEnumerable<MapOutcome<TInput, TResult>> Map<TInput, TResult>(RemoteCall<TInput, TResult> call, long? count, Func<TaskSource> open, bool ordered, MapOptions options, CancellationToken cancellation) =>
        new MapOutcomes<TInput, TResult>(MapRun.RunAsync(new(call.Header with { Cultures = CultureNames.Current }, count, open, options.ToJobOptions(ordered)), StartActor, options.Timeout, cancellation), call.ResultCodec, call.Header.Name);
}
