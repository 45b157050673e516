using Akka.Actor;

namespace Akka.Remote.DeathWatch;

/// <summary>One local actor watching one remote actor.</summary>
internal readonly record struct RemoteWatch(IInternalActorRef Watchee, IInternalActorRef Watcher);

/// <summary>
/// Who watches whom across nodes, so that the death of a whole node can be told to each watcher. A watch belongs to the
/// incarnation known when it began; one that began before any was known belongs to whichever answers first. Not thread-safe.
/// </summary>
internal sealed class WatchRegistry
{
    private readonly Dictionary<Address, Dictionary<RemoteWatch, int?>> _outgoing = [];
    private readonly Dictionary<Address, Dictionary<RemoteWatch, int>> _incoming = [];

    /// <summary>A local watcher of a remote actor. True when it is the first at that address: the node has to be monitored now.</summary>
    public bool Add(RemoteWatch watch, int? incarnation)
    {
        var address = watch.Watchee.Path.Address;
        var isFirst = !_outgoing.TryGetValue(address, out var watches);
        if (isFirst)
            _outgoing.Add(address, watches = []);
        watches[watch] = incarnation;
        return isFirst;
    }

    /// <summary>
    /// The watch that a notification about <paramref name="actor"/> to <paramref name="watcher"/> ends. Who watches a path
    /// without uid is told about whichever actor was there.
    /// </summary>
    public RemoteWatch? Find(IActorRef actor, IInternalActorRef watcher)
    {
        if (actor is not IInternalActorRef watchee || !_outgoing.TryGetValue(actor.Path.Address, out var watches))
            return null;
        var exact = new RemoteWatch(watchee, watcher);
        if (watches.ContainsKey(exact))
            return exact;
        foreach (var watch in watches.Keys)
        {
            if (watch.Watchee.Path.Uid == 0 && watch.Watchee.Path.Equals(actor.Path) && watch.Watcher.Equals(watcher))
                return watch;
        }
        return null;
    }

    /// <summary>True when nothing at that address is watched any more.</summary>
    public bool Remove(RemoteWatch watch)
    {
        var address = watch.Watchee.Path.Address;
        if (!_outgoing.TryGetValue(address, out var watches) || !watches.Remove(watch) || watches.Count > 0)
            return false;
        return _outgoing.Remove(address);
    }

    /// <summary>A remote watcher of a local actor: the actor has to be told when the watcher's node is gone.</summary>
    public void AddIncoming(RemoteWatch watch, int incarnation)
    {
        var address = watch.Watcher.Path.Address;
        if (!_incoming.TryGetValue(address, out var watches))
            _incoming.Add(address, watches = []);
        watches[watch] = incarnation;
    }

    public void RemoveIncoming(RemoteWatch watch)
    {
        var address = watch.Watcher.Path.Address;
        if (_incoming.TryGetValue(address, out var watches) && watches.Remove(watch) && watches.Count == 0)
            _incoming.Remove(address);
    }

    /// <summary>
    /// The incarnation is dead (null: an address that never answered). Takes out and returns the local watchers of its actors,
    /// and its watchers of local actors; <paramref name="isLast"/> when nothing at the address is watched any more.
    /// </summary>
    public (List<RemoteWatch> Outgoing, List<RemoteWatch> Incoming) TakeDead(Address address, int? incarnation, out bool isLast)
    {
        var outgoing = new List<RemoteWatch>();
        if (_outgoing.TryGetValue(address, out var watches))
        {
            outgoing.AddRange(watches.Where(entry => entry.Value is null || entry.Value == incarnation).Select(entry => entry.Key));
            outgoing.ForEach(watch => watches.Remove(watch));
            if (watches.Count == 0)
                _outgoing.Remove(address);
        }
        isLast = outgoing.Count > 0 && !_outgoing.ContainsKey(address);

        var incoming = new List<RemoteWatch>();
        if (_incoming.TryGetValue(address, out var watchers))
        {
            incoming.AddRange(watchers.Where(entry => entry.Value == incarnation).Select(entry => entry.Key));
            incoming.ForEach(watch => watchers.Remove(watch));
            if (watchers.Count == 0)
                _incoming.Remove(address);
        }
        return (outgoing, incoming);
    }
}
