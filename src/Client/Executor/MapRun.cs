using System.Globalization;
using System.Runtime.CompilerServices;
using ActorCompute.Client.Jobs;
using Akka.Actor;

namespace ActorCompute.Client.Executor;

/// <summary>A function mapped over inputs: a job whose tasks are drawn from them as there is room, tiny ones in packs.</summary>
internal static class MapRun
{
    /// <summary>What came of its tasks and packs. The job begins when the first is asked for, and ends with the enumeration.</summary>
    public static async IAsyncEnumerable<SettledBatch> RunAsync(
        JobStream stream,
        Func<IJobRun, IActorRef> start,
        TimeSpan? timeout,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        stream.BeginReading();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (timeout is { } limit) ending.CancelAfter(Limits.OrForever(limit));
        stream.Started(start(stream));
        var wasCut = false;
        try
        {
            await foreach (var settled in stream.ReadAsync(ending.Token).ConfigureAwait(false))
            {
                if (settled.Failure?.Cause == FailureCause.Cancelled)
                {
                    wasCut = true;
                    break;
                }

                yield return settled;
            }
        }
        finally
        {
            stream.Cancel("nobody takes the results any more");
        }

        // Cut while nothing was in flight (inputs are awaited), no outcome tells of it: then less is done than there is.
        wasCut |= ending.IsCancellationRequested && stream.Progress.Total != stream.Progress.Done;
        if (!wasCut) yield break;
        cancellation.ThrowIfCancellationRequested();
        throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"not all results came within {timeout!.Value.TotalSeconds:0.###} s."));
    }
}
