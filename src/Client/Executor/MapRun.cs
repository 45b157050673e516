using System.Runtime.CompilerServices;
using ActorCompute.Client.Functions;
using ActorCompute.Client.Jobs;
using ActorCompute.Client.Scatter.Inputs;
using ActorCompute.Messages.Packing;
using Akka.Actor;

namespace ActorCompute.Client.Executor;

/// <summary>A function mapped over inputs: a job whose tasks are drawn from them as there is room, tiny ones in packs.</summary>
internal static class MapRun
{
    /// <summary>The outcomes. The job begins when the first is asked for, and ends with the enumeration.</summary>
    public static async IAsyncEnumerable<MapOutcome<TInput, TResult>> RunAsync<TInput, TResult>(
        RemoteCall<TInput, TResult> call,
        JobStream stream,
        Func<IJobRun, IActorRef> start,
        TimeSpan? timeout,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (timeout is { } limit) ending.CancelAfter(limit);
        stream.Started(start(stream));
        var wasCut = false;
        try
        {
            await foreach (var (outcome, state, count) in stream.ReadAsync(ending.Token).ConfigureAwait(false))
            {
                if (outcome.Failure?.Cause == FailureCause.Cancelled)
                {
                    wasCut = true;
                    break;
                }

                if (count > 0)
                {
                    var pack = (PackedInputs<TInput>)state!;
                    // What one took is not known: each took its part.
                    var run = outcome.Run with { Elapsed = outcome.Run.Elapsed / count };
                    var offset = 0;
                    for (var i = 0; i < count; i++)
                    {
                        var (result, failure) = Next(call.ResultCodec, outcome.Result.Span, ref offset);
                        yield return new(outcome.Number + i, pack[i], result, failure, run);
                    }

                    continue;
                }

                yield return new(
                    outcome.Number,
                    (TInput)state!,
                    outcome.Failure is null ? call.ResultCodec.Read(outcome.Result.Span) : default,
                    outcome.Failure,
                    outcome.Run);
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
        throw new TimeoutException($"not all results came within {timeout!.Value.TotalSeconds:0.###} s.");
    }

    private static (TResult? Result, TaskFailure? Failure) Next<TResult>(ICodec<TResult> codec, ReadOnlySpan<byte> results, ref int offset)
    {
        var value = PackFormat.Read(results, ref offset, out var failed);
        return failed ? (default, WireReplies.ReadError(value)) : (codec.Read(value), null);
    }
}
