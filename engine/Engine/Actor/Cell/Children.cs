namespace Akka.Actor;

/// <summary>Why an actor waits for its children to stop.</summary>
internal enum WaitingFor
{
    Nothing,

    /// <summary>To put a new instance in the place of the failed one.</summary>
    Recreation,

    /// <summary>To try again to make the first instance.</summary>
    Creation,

    /// <summary>To stop itself.</summary>
    Termination,
}

/// <summary>
/// The children of one actor. The actor's turn changes them, but lookups come from any thread, and the guardians get
/// children from any thread: hence the lock, held for a few instructions and never while calling out.
/// </summary>
internal sealed class Children
{
    // A name with a null value is reserved: its child is being made.
    private readonly Dictionary<string, ChildStats> _byName = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private WaitingFor _reason;
    private Exception _cause;
    private int _stopping;
    private long _nextName;

    /// <summary>Set once the actor is stopping for good: no child is accepted from then on.</summary>
    public bool IsTerminating
    {
        get
        {
            lock (_lock)
                return _reason == WaitingFor.Termination;
        }
    }

    /// <summary>System messages about failure have to wait until the children have stopped.</summary>
    public bool IsWaitingToRecreate
    {
        get
        {
            lock (_lock)
                return _reason is WaitingFor.Recreation or WaitingFor.Creation;
        }
    }

    public int Count
    {
        get
        {
            lock (_lock)
                return _byName.Count;
        }
    }

    public List<ChildStats> All()
    {
        lock (_lock)
        {
            var all = new List<ChildStats>(_byName.Count);
            foreach (var stats in _byName.Values)
            {
                if (stats is not null)
                    all.Add(stats);
            }
            return all;
        }
    }

    public List<IInternalActorRef> Refs()
    {
        lock (_lock)
        {
            var refs = new List<IInternalActorRef>(_byName.Count);
            foreach (var stats in _byName.Values)
            {
                if (stats is not null)
                    refs.Add(stats.Child);
            }
            return refs;
        }
    }

    /// <summary>The child of that name, or null.</summary>
    public ChildStats Find(string name)
    {
        lock (_lock)
            return _byName.GetValueOrDefault(name);
    }

    /// <summary>The entry of this very child, or null.</summary>
    public ChildStats Find(IActorRef child)
    {
        var stats = Find(child.Path.Name);
        return stats is not null && stats.Child.Equals(child) ? stats : null;
    }

    /// <summary>Takes a name, or finds a free one for null.</summary>
    public string Reserve(string name, ActorPath parent)
    {
        lock (_lock)
        {
            ThrowIfTerminating(parent);
            name ??= AutoName(_nextName++);
            if (!_byName.TryAdd(name, null))
                throw new InvalidActorNameException($"Actor name \"{name}\" is not unique below [{parent}].");
            return name;
        }
    }

    public void Unreserve(string name)
    {
        lock (_lock)
        {
            if (_byName.TryGetValue(name, out var stats) && stats is null)
                _byName.Remove(name);
        }
    }

    public void Add(IInternalActorRef child, ActorPath parent)
    {
        lock (_lock)
        {
            ThrowIfTerminating(parent);
            _byName[child.Path.Name] = new ChildStats(child);
        }
    }

    /// <summary>Notes that this child was told to stop.</summary>
    public void MarkStopping(IActorRef child)
    {
        lock (_lock)
        {
            if (_byName.GetValueOrDefault(child.Path.Name) is { Stopping: false } stats && stats.Child.Equals(child))
            {
                stats.Stopping = true;
                _stopping++;
            }
        }
    }

    /// <summary>True if there are children to wait for; then the removal of the last of them returns this reason.</summary>
    public bool WaitForStopping(WaitingFor reason, Exception cause = null)
    {
        lock (_lock)
        {
            // Termination is for good, also when there is nobody to wait for.
            if (_stopping > 0 || reason == WaitingFor.Termination)
            {
                _reason = reason;
                _cause = cause;
            }
            return _stopping > 0;
        }
    }

    /// <summary>Removes a child that has stopped. Says what the actor waited for, if this child was the last of it.</summary>
    public bool Remove(IActorRef child, out WaitingFor finished, out Exception cause)
    {
        lock (_lock)
        {
            finished = WaitingFor.Nothing;
            cause = null;
            if (_byName.GetValueOrDefault(child.Path.Name) is not { } stats || !stats.Child.Equals(child))
                return false;
            _byName.Remove(child.Path.Name);
            if (stats.Stopping && --_stopping == 0 && _reason != WaitingFor.Nothing)
            {
                finished = _reason;
                cause = _cause;
                _cause = null;
                if (_reason != WaitingFor.Termination)
                    _reason = WaitingFor.Nothing;
            }
            return true;
        }
    }

    /// <summary>$a, $b, ... $~, $ba, ...: base 64 with the least significant digit first.</summary>
    internal static string AutoName(long number, string prefix = "$")
    {
        const string digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";
        Span<char> text = stackalloc char[16];
        var length = 0;
        do
        {
            text[length++] = digits[(int)(number & 63)];
            number >>= 6;
        }
        while (number > 0);
        return string.Concat(prefix, text[..length]);
    }

    private void ThrowIfTerminating(ActorPath parent)
    {
        if (_reason == WaitingFor.Termination)
            throw new InvalidOperationException($"Cannot create a child of [{parent}]: it is terminating or terminated.");
    }
}
