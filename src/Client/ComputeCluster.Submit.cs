using System.Runtime.CompilerServices;
using ActorCompute.Client.Executor;
using ActorCompute.Client.Functions;
using ActorCompute.Client.Jobs;

namespace ActorCompute.Client;

/// <content>Calls of functions one by one, as <c>executor.submit</c> does.</content>
/// <remarks>An async lambda may be a function of Task as well as of ValueTask; the priorities have the compiler take Task.</remarks>
public sealed partial class ComputeCluster
{
    /// <summary>
    /// Submits a call of a static method. Workers of a local cluster load the caller's own assembly; those of another need
    /// the very same build of it in their plug-in folder. A method that returns a task is work that waits: a worker runs many
    /// of them at a time. A trailing <see cref="CancellationToken"/> of the method is set when the future is cancelled.
    /// </summary>
    /// <param name="function">A static method, or a lambda that captures nothing.</param>
    /// <param name="input">Its argument; it travels as JSON.</param>
    /// <param name="options">A name, what the call needs, its priority.</param>
    /// <exception cref="InputException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">The function cannot be called in another process, or its argument or result would not arrive as it is, or is too large.</exception>
    public ComputeFuture<TResult> Submit<TInput, TResult>(Func<TInput, TResult> function, TInput input, SubmitOptions? options = null) =>
        Submit<TInput, TResult>((Delegate)function, input, input, options);

    /// <inheritdoc cref="Submit{TInput,TResult}(Func{TInput,TResult},TInput,SubmitOptions)"/>
    [OverloadResolutionPriority(1)]
    public ComputeFuture<TResult> Submit<TInput, TResult>(Func<TInput, Task<TResult>> function, TInput input, SubmitOptions? options = null) =>
        Submit<TInput, TResult>((Delegate)function, input, input, options);

    /// <inheritdoc cref="Submit{TInput,TResult}(Func{TInput,TResult},TInput,SubmitOptions)"/>
    public ComputeFuture<TResult> Submit<TInput, TResult>(Func<TInput, ValueTask<TResult>> function, TInput input, SubmitOptions? options = null) =>
        Submit<TInput, TResult>((Delegate)function, input, input, options);

    /// <inheritdoc cref="Submit{TInput,TResult}(Func{TInput,TResult},TInput,SubmitOptions)"/>
    public ComputeFuture<TResult> Submit<TInput, TResult>(Func<TInput, CancellationToken, TResult> function, TInput input, SubmitOptions? options = null) =>
        Submit<TInput, TResult>((Delegate)function, input, input, options);

    /// <inheritdoc cref="Submit{TInput,TResult}(Func{TInput,TResult},TInput,SubmitOptions)"/>
    [OverloadResolutionPriority(1)]
    public ComputeFuture<TResult> Submit<TInput, TResult>(Func<TInput, CancellationToken, Task<TResult>> function, TInput input, SubmitOptions? options = null) =>
        Submit<TInput, TResult>((Delegate)function, input, input, options);

    /// <inheritdoc cref="Submit{TInput,TResult}(Func{TInput,TResult},TInput,SubmitOptions)"/>
    public ComputeFuture<TResult> Submit<TInput, TResult>(Func<TInput, CancellationToken, ValueTask<TResult>> function, TInput input, SubmitOptions? options = null) =>
        Submit<TInput, TResult>((Delegate)function, input, input, options);

    /// <inheritdoc cref="Submit{TInput,TResult}(Func{TInput,TResult},TInput,SubmitOptions)"/>
    public ComputeFuture<TResult> Submit<TResult>(Func<TResult> function, SubmitOptions? options = null) =>
        Submit<bool, TResult>((Delegate)function, false, null, options);

    /// <inheritdoc cref="Submit{TInput,TResult}(Func{TInput,TResult},TInput,SubmitOptions)"/>
    [OverloadResolutionPriority(1)]
    public ComputeFuture<TResult> Submit<TResult>(Func<Task<TResult>> function, SubmitOptions? options = null) =>
        Submit<bool, TResult>((Delegate)function, false, null, options);

    /// <inheritdoc cref="Submit{TInput,TResult}(Func{TInput,TResult},TInput,SubmitOptions)"/>
    public ComputeFuture<TResult> Submit<TResult>(Func<ValueTask<TResult>> function, SubmitOptions? options = null) =>
        Submit<bool, TResult>((Delegate)function, false, null, options);

    /// <inheritdoc cref="Submit{TInput,TResult}(Func{TInput,TResult},TInput,SubmitOptions)"/>
    public ComputeFuture<TResult> Submit<T1, T2, TResult>(Func<T1, T2, TResult> function, T1 first, T2 second, SubmitOptions? options = null) =>
        Submit<(T1, T2), TResult>((Delegate)function, (first, second), (first, second), options);

    /// <inheritdoc cref="Submit{TInput,TResult}(Func{TInput,TResult},TInput,SubmitOptions)"/>
    [OverloadResolutionPriority(1)]
    public ComputeFuture<TResult> Submit<T1, T2, TResult>(Func<T1, T2, Task<TResult>> function, T1 first, T2 second, SubmitOptions? options = null) =>
        Submit<(T1, T2), TResult>((Delegate)function, (first, second), (first, second), options);

    /// <inheritdoc cref="Submit{TInput,TResult}(Func{TInput,TResult},TInput,SubmitOptions)"/>
    public ComputeFuture<TResult> Submit<T1, T2, T3, TResult>(Func<T1, T2, T3, TResult> function, T1 first, T2 second, T3 third, SubmitOptions? options = null) =>
        Submit<(T1, T2, T3), TResult>((Delegate)function, (first, second, third), (first, second, third), options);

    /// <inheritdoc cref="Submit{TInput,TResult}(Func{TInput,TResult},TInput,SubmitOptions)"/>
    [OverloadResolutionPriority(1)]
    public ComputeFuture<TResult> Submit<T1, T2, T3, TResult>(Func<T1, T2, T3, Task<TResult>> function, T1 first, T2 second, T3 third, SubmitOptions? options = null) =>
        Submit<(T1, T2, T3), TResult>((Delegate)function, (first, second, third), (first, second, third), options);

    /// <summary>Submits a call of a function that is a class, built in or of a plug-in: workers find it by its name.</summary>
    /// <param name="function">The function; it is only asked for its name and codecs.</param>
    /// <param name="input">Its argument.</param>
    /// <param name="parameters">The function's own parameters, if it has some.</param>
    /// <param name="options">A name, what the call needs, its priority.</param>
    /// <exception cref="InputException">A parameter is missing or unknown, or an option is out of range.</exception>
    public ComputeFuture<TResult> Submit<TInput, TResult>(IFunction<TInput, TResult> function, TInput input, ParameterValues? parameters = null, SubmitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Submit(RemoteCall<TInput, TResult>.Of(function, parameters), input, input, options);
    }

    private ComputeFuture<TResult> Submit<TInput, TResult>(Delegate function, TInput input, object? shown, SubmitOptions? options) =>
        Submit(_calls.Get<TInput, TResult>(function), input, shown, options);

    private ComputeFuture<TResult> Submit<TInput, TResult>(RemoteCall<TInput, TResult> call, TInput input, object? shown, SubmitOptions? options) =>
        _sessions.Submit(call, input, shown, options);
}
