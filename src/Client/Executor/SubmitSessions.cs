using ActorCompute.Client.Jobs;
using Akka.Actor;

namespace ActorCompute.Client.Executor;

/// <summary>What makes two calls go the same way: one function, under one culture.</summary>
internal readonly record struct SessionKey(object Function, CultureNames Cultures);

/// <summary>The functions of one cluster that calls are submitted to, each opened with its first call.</summary>
internal sealed class SubmitSessions(Func<IJobRun, IActorRef> start)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SessionKey, SubmitSession> _sessions = [];
    private bool _closed;

    /// <exception cref="InvalidOperationException">The cluster is being shut down.</exception>
    public SubmitSession Get(SessionKey key, JobHeader header)
    {
        lock (_lock)
        {
            if (_closed) throw new InvalidOperationException("the cluster is being shut down; nothing more can be submitted.");
            if (_sessions.TryGetValue(key, out var session) && !session.HasEnded) return session;
            session = new(header with { Cultures = key.Cultures }, new());
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
