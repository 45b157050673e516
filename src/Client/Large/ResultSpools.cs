using System.Collections.Concurrent;
using ActorCompute.Messages;
using Akka.Actor;

namespace ActorCompute.Client.Large;

/// <summary>The large results of one job that are here whole, from the actor that writes them to the one that has their replies.</summary>
internal sealed class ResultSpools : IDisposable
{
    private readonly ConcurrentDictionary<SpoolKey, ResultSpool> _whole = new();
    private volatile bool _isClosed;

    public void Add(SpoolKey key, ResultSpool spool)
    {
        _whole[key] = spool;
        if (_isClosed) Dispose();
    }

    public bool Has(SpoolKey key) => _whole.ContainsKey(key);

    /// <summary>The result that a reply tells of; null if it did not come, or is not what was sent.</summary>
    public ReadOnlyMemory<byte>? Take(SpoolKey key, LargeResult sent)
    {
        if (!_whole.TryRemove(key, out var spool)) return null;
        if (spool.Take(sent) is { } result) return result;
        spool.Dispose();
        return null;
    }

    /// <summary>No reply of these will come.</summary>
    public void Forget(Func<SpoolKey, bool> which)
    {
        foreach (var key in _whole.Keys.Where(which))
        {
            if (_whole.TryRemove(key, out var spool)) spool.Dispose();
        }
    }

    public void Dispose()
    {
        _isClosed = true;
        Forget(_ => true);
    }
}

/// <summary>Which try at which task, by which worker.</summary>
internal readonly record struct SpoolKey(IActorRef Node, long Number, int Attempt);
