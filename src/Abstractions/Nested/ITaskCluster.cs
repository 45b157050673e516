using System.Runtime.CompilerServices;

namespace ActorCompute;

/// <summary>
/// The cluster that a task runs on: a task that meets more work on its way runs it there, and waits for it without holding up the
/// worker. Got from <see cref="TaskContext.Cluster"/>.
/// </summary>
/// <remarks>
/// <para>
/// While calls made here are pending, the task's slot is lent: the worker runs another task in it. So a worker with one slot runs
/// the tasks that its own task waits for, also when the function calls itself. Waiting may be blocking (<c>Result</c>,
/// <c>ToBlockingEnumerable</c>) as well as <see langword="await"/>.
/// </para>
/// <para>
/// A function is a static method, or a lambda that captures nothing; its argument and result travel as JSON, as with
/// <c>ComputeCluster.Submit</c>. What the task started ends with it: calls that are pending when it returns, is cancelled or runs out
/// of time are cancelled. The time that a task waits counts as its own, towards a time-out too.
/// </para>
/// <example>
/// <code>
/// static long Fibonacci(int n)
/// {
///     if (n &lt; 2) return n;
///     var cluster = TaskContext.Current.Cluster;
///     var smaller = cluster.SubmitAsync(Fibonacci, n - 2);
///     return cluster.SubmitAsync(Fibonacci, n - 1).Result + smaller.Result;
/// }
/// </code>
/// </example>
/// </remarks>
public interface ITaskCluster
{
    /// <summary>Calls a function on a worker of the cluster, perhaps on this one.</summary>
    /// <param name="function">A static method, or a lambda that captures nothing.</param>
    /// <param name="input">Its argument.</param>
    /// <param name="cancellation">Cancels the call; the function's own <see cref="TaskContext.Cancellation"/> is set.</param>
    /// <returns>
    /// The result. It fails with <c>RemoteTaskException</c> (of ActorCompute.Client) when the function throws or its workers die, with
    /// <see cref="ArgumentException"/> when the function cannot be called in another process or its values cannot travel, with
    /// <see cref="OperationCanceledException"/> when it was cancelled, and with <see cref="InvalidOperationException"/> when the task
    /// that calls has ended, or so many tasks of its worker wait for others that no more may.
    /// </returns>
    Task<TResult> SubmitAsync<TInput, TResult>(Func<TInput, TResult> function, TInput input, CancellationToken cancellation = default);

    /// <summary>Calls a function that waits (I/O): a worker runs many of them at a time.</summary>
    /// <inheritdoc cref="SubmitAsync{TInput,TResult}(Func{TInput,TResult},TInput,CancellationToken)"/>
    [OverloadResolutionPriority(2)]
    Task<TResult> SubmitAsync<TInput, TResult>(Func<TInput, Task<TResult>> function, TInput input, CancellationToken cancellation = default);

    /// <inheritdoc cref="SubmitAsync{TInput,TResult}(Func{TInput,Task{TResult}},TInput,CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    Task<TResult> SubmitAsync<TInput, TResult>(Func<TInput, ValueTask<TResult>> function, TInput input, CancellationToken cancellation = default);

    /// <summary>
    /// Maps a function over inputs on the workers of the cluster, this one among them. The enumeration begins the job, its end ends it.
    /// </summary>
    /// <param name="function">A static method, or a lambda that captures nothing.</param>
    /// <param name="inputs">Its arguments, drawn as there is room, on a thread of their own.</param>
    /// <param name="cancellation">Ends the job.</param>
    /// <returns>
    /// The results in the order of the inputs, to be enumerated once. Enumerating throws what
    /// <see cref="SubmitAsync{TInput,TResult}(Func{TInput,TResult},TInput,CancellationToken)"/> fails with, for the first input that has no result.
    /// </returns>
    IAsyncEnumerable<TResult> MapAsync<TInput, TResult>(Func<TInput, TResult> function, IEnumerable<TInput> inputs, CancellationToken cancellation = default);

    /// <summary>Maps a function that waits (I/O) over inputs.</summary>
    /// <inheritdoc cref="MapAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},CancellationToken)"/>
    [OverloadResolutionPriority(2)]
    IAsyncEnumerable<TResult> MapAsync<TInput, TResult>(Func<TInput, Task<TResult>> function, IEnumerable<TInput> inputs, CancellationToken cancellation = default);

    /// <inheritdoc cref="MapAsync{TInput,TResult}(Func{TInput,Task{TResult}},IEnumerable{TInput},CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    IAsyncEnumerable<TResult> MapAsync<TInput, TResult>(Func<TInput, ValueTask<TResult>> function, IEnumerable<TInput> inputs, CancellationToken cancellation = default);

    /// <summary>
    /// The same cluster, for tasks that need something of a worker's resources: <c>cluster.Needing(Resources.Of(("gpu", 1))).SubmitAsync(F, x)</c>.
    /// </summary>
    /// <param name="needs">What each task needs while it runs.</param>
    /// <returns>
    /// The cluster. Its calls throw an <see cref="InvalidOperationException"/> in a task that itself needs resources, or that such a
    /// task waits for: two of them could each hold what the other waits for.
    /// </returns>
    /// <exception cref="NotSupportedException">This cluster knows no resources.</exception>
    ITaskCluster Needing(Resources needs) => throw new NotSupportedException("this cluster knows no resources.");
}
