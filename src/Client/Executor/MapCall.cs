using ActorCompute.Client.Functions;
using ActorCompute.Client.Jobs;
using ActorCompute.Client.Scatter;
using Akka.Actor;

namespace ActorCompute.Client.Executor;

/// <summary>A map that was asked for and begins, once, when its outcomes are.</summary>
/// <param name="function">The function.</param>
/// <param name="count">How many inputs there are, where that is known.</param>
/// <param name="open">Begins to draw them.</param>
/// <param name="options">Checked already.</param>
/// <param name="start">Starts the job.</param>
/// <param name="cancellation">Ends it, as the token of the enumeration does.</param>
internal sealed class MapCall<TInput, TResult>(RemoteCall<TInput, TResult> function, long? count, Func<TaskSource> open, MapOptions options, Func<IJobRun, IActorRef> start, CancellationToken cancellation)
{
    // As it was where the map was asked for.
    private readonly JobHeader _header = function.Header with { Cultures = CultureNames.Current };
    private Once _beginning;

    /// <exception cref="InvalidOperationException">It has begun before.</exception>
    public MapOutcomes<TInput, TResult> Begin(bool ordered, CancellationToken ofEnumeration)
    {
        _beginning.Take("the results of a map");
        var stream = new JobStream(_header, count, open, options.ToJobOptions(ordered));
        return new(MapRun.RunAsync(stream, start, options.Timeout, cancellation).GetAsyncEnumerator(ofEnumeration), function.ResultCodec, function.Header.Name);
    }
}
