using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ActorCompute;

/// <summary>When <see cref="ComputeFutures.WaitAsync{TFuture}"/> ends.</summary>
public enum WaitFor
{
    /// <summary>All are done.</summary>
    AllCompleted,

    /// <summary>One is done.</summary>
    FirstCompleted,

    /// <summary>One has thrown or was cancelled, or all are done.</summary>
    FirstException,
}

/// <summary>Waiting for several futures.</summary>
public static class ComputeFutures
{
    /// <summary>
    /// The futures as they are done, those that are done already first. To be enumerated once.
    /// </summary>
    /// <param name="futures">The futures; one that is in there twice comes once.</param>
    /// <param name="timeout">The time from now within which the next must be done; null for as long as it takes.</param>
    /// <param name="cancellation">Ends the waiting, not the tasks.</param>
    /// <exception cref="TimeoutException">While enumerating: not all were done in time; they go on.</exception>
    public static IAsyncEnumerable<TFuture> AsCompleted<TFuture>(this IEnumerable<TFuture> futures, TimeSpan? timeout = null, CancellationToken cancellation = default)
        where TFuture : ComputeFuture
    {
        var all = futures.ToHashSet();
        var done = Channel.CreateUnbounded<TFuture>(new() { SingleReader = true });
        // Told from now on, not from the first look on: what a caller does in between costs no time.
        var deadline = timeout is { } limit ? Task.Delay(Limits.OrForever(limit), cancellation) : null;
        foreach (var future in all) future.Continue(ended => done.Writer.TryWrite((TFuture)ended));
        return new SingleEnumeration<TFuture>(ReadAsync(done.Reader, all.Count, timeout, deadline, cancellation), "completed futures");
    }

    /// <summary>Waits for futures.</summary>
    /// <param name="futures">The futures.</param>
    /// <param name="until">What to wait for.</param>
    /// <param name="timeout">How long at most; null for as long as it takes. It passing is no error.</param>
    /// <param name="cancellation">Ends the waiting, not the tasks.</param>
    /// <returns>Those that are done, and those that are not.</returns>
    public static async Task<(IReadOnlyList<TFuture> Done, IReadOnlyList<TFuture> NotDone)> WaitAsync<TFuture>(
        this IEnumerable<TFuture> futures, WaitFor until = WaitFor.AllCompleted, TimeSpan? timeout = null, CancellationToken cancellation = default)
        where TFuture : ComputeFuture
    {
        var all = futures.Distinct().ToList();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = all.Count;
        if (left == 0) enough.SetResult();
        foreach (var future in all)
        {
            future.Continue(ended =>
            {
                var isLast = Interlocked.Decrement(ref left) == 0;
                if (isLast || until == WaitFor.FirstCompleted || (until == WaitFor.FirstException && (ended.IsFaulted || ended.IsCancelled))) enough.TrySetResult();
            });
        }

        try
        {
            await enough.Task.WaitAsync(Limits.OrForever(timeout), cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // What is done by now is the answer.
        }

        var done = all.Where(future => future.IsDone).ToList();
        return (done, [.. all.Except(done)]);
    }

    /// <summary>All results, in the order of the futures.</summary>
    /// <exception cref="RemoteTaskException">One of them threw; the first in their order is thrown here, when all are done.</exception>
    public static Task<TResult[]> WhenAll<TResult>(this IEnumerable<ComputeFuture<TResult>> futures) => Task.WhenAll(futures.Select(future => future.AsTask()));

    private static async IAsyncEnumerable<TFuture> ReadAsync<TFuture>(ChannelReader<TFuture> done, int count, TimeSpan? timeout, Task? deadline, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var left = count; left > 0; left--)
        {
            TFuture? future;
            while (!done.TryRead(out future))
            {
                var next = done.WaitToReadAsync(cancellation).AsTask();
                if (deadline is not null && await Task.WhenAny(next, deadline).ConfigureAwait(false) == deadline && !next.IsCompleted)
                {
                    cancellation.ThrowIfCancellationRequested();
                    throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"{left} of {count} futures were not done within {timeout!.Value.TotalSeconds:0.###} s."));
                }

                await next.ConfigureAwait(false);
            }

            yield return future;
        }
    }
}
