using System.Runtime.CompilerServices;
using ActorCompute.Client.Functions;
using ActorCompute.Client.Gather;
using ActorCompute.Client.Jobs;
using ActorCompute.Client.Scatter;
using Akka.Actor;

namespace ActorCompute.Client.Executor;

/// <summary>A function mapped over inputs: a job whose tasks are drawn from them as there is room.</summary>
internal static class MapRun
{
    public static TaskSource Read<TInput>(IEnumerable<TInput> inputs, ICodec<TInput> codec)
    {
        return new PlanReader(Encoded());

        IEnumerable<PlannedTask> Encoded()
        {
            var writer = new PayloadWriter();
            var number = 0L;
            foreach (var input in inputs) yield return new(number++, Encode(writer, codec, input), input);
        }
    }

    public static TaskSource Read<TInput>(IAsyncEnumerable<TInput> inputs, ICodec<TInput> codec)
    {
        return new AsyncPlanReader(Encoded());

        async IAsyncEnumerable<PlannedTask> Encoded([EnumeratorCancellation] CancellationToken cancellation = default)
        {
            var writer = new PayloadWriter();
            var number = 0L;
            await foreach (var input in inputs.WithCancellation(cancellation).ConfigureAwait(false)) yield return new(number++, Encode(writer, codec, input), input);
        }
    }

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
            await foreach (var (outcome, state) in stream.ReadAsync(ending.Token).ConfigureAwait(false))
            {
                if (outcome.Failure?.Cause == FailureCause.Cancelled)
                {
                    wasCut = true;
                    break;
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

    private static ReadOnlyMemory<byte> Encode<TInput>(PayloadWriter writer, ICodec<TInput> codec, TInput input)
    {
        var payload = writer.Write(codec, input);
        return payload.Length <= ChunkSizer.LargestPayload
            ? payload
            : throw new InputException($"an input takes {payload.Length} bytes; at most {ChunkSizer.LargestPayload} travel. Put it where workers can read it, and pass where that is.");
    }
}
