using ActorCompute.Client.Functions;
using ActorCompute.Client.Jobs;
using ActorCompute.Client.Shared;
using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace ActorCompute.Client.Executor;

/// <summary>What makes two calls go the same way: one function, under one culture, with the same needs and priority.</summary>
internal readonly record struct SessionKey(object Function, CultureNames Cultures, Resources? Needs, int Priority, long LargestResult);

/// <summary>The functions of one cluster that calls are submitted to, each opened with its first call.</summary>
internal sealed class SubmitSessions(Func<IJobRun, IActorRef> start, ILogger log)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SessionKey, SubmitSession> _sessions = [];
    private bool _closed;

    /// <exception cref="InvalidOperationException">The cluster is being shut down.</exception>
    /// <exception cref="InputException">An option is out of range.</exception>
    public ComputeFuture<TResult> Submit<TInput, TResult>(RemoteCall<TInput, TResult> call, TInput input, object? shown, SubmitOptions? options)
    {
        while (true)
        {
            // One that has just closed, with nothing left to do, is followed by the next.
            if (Get(call.Key, call.Header, options).Submit(call.InputCodec, call.ResultCodec, input, shown, options?.Name) is { } future) return future;
        }
    }

    /// <summary>Submits a call whose arguments are on the cluster, or will be.</summary>
    /// <inheritdoc cref="Submit{TInput,TResult}(RemoteCall{TInput,TResult},TInput,object,SubmitOptions)"/>
    public ComputeFuture<TResult> Submit<TInput, TResult>(RemoteCall<TInput, TResult> call, RemoteInput<TInput> input, SubmitOptions? options)
    {
        while (true)
        {
            if (Get(call.Key, call.Header, options).Submit(call.InputCodec, call.ResultCodec, input, options?.Name) is { } future) return future;
        }
    }

    private SubmitSession Get(object function, JobHeader header, SubmitOptions? options)
    {
        var key = new SessionKey(function, CultureNames.Current, options?.Needs, options?.Priority ?? 0, options?.LargestResult ?? 0);
        lock (_lock)
        {
            if (_closed) throw new InvalidOperationException("the cluster is being shut down; nothing more can be submitted.");
            if (_sessions.TryGetValue(key, out var session) && !session.HasEnded) return session;
            foreach (var (ended, _) in _sessions.Where(pair => pair.Value.HasEnded).ToList()) _sessions.Remove(ended);
            session = new(header with { Cultures = key.Cultures, Id = JobId.Create(), KeepsResults = true }, (options ?? new()).ToJobOptions()) { Log = log };
            session.Started(start(session));
            _sessions[key] = session;
            return session;
        }
    }

    /// <summary>No more calls are taken.</summary>
    public void Close()
    {
        lock (_lock) _closed = true;
    }

    /// <summary>All calls that are not done.</summary>
    public IReadOnlyList<ComputeFuture> Outstanding()
    {
        lock (_lock) return [.. _sessions.Values.SelectMany(session => session.Outstanding())];
    }
}
