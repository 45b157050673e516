using ActorCompute.Messages;

namespace ActorCompute.Registry;

/// <summary>
/// Which workers live. Registrations are ordered by incarnation: a later life replaces the one before, a message from
/// an earlier one changes nothing. Pure.
/// </summary>
/// <typeparam name="TNode">The reference to a node; what it is does not matter here.</typeparam>
internal sealed class WorkerRegistry<TNode>
    where TNode : notnull
{
    // By the text of the id: sorted lists of text are compiled ahead of time, those of a struct are not.
    private readonly SortedList<string, Registration> _workers = new(StringComparer.Ordinal);

    /// <summary>The living workers, oldest id first.</summary>
    public IEnumerable<Registration> Workers => _workers.Values;

    /// <summary>Takes a registration.</summary>
    /// <returns>What it means.</returns>
    public RegistrationResult Register(WorkerLife life, int memberUid, TNode node, WorkerInfo info, TimeSpan at)
    {
        var id = life.Worker.Value;
        if (_workers.TryGetValue(id, out var known))
        {
            if (life.Incarnation < known.Life.Incarnation) return RegistrationResult.Stale;
            if (life == known.Life && memberUid == known.MemberUid && node.Equals(known.Node))
            {
                known.HeardAt = at;
                known.Latest = info;
                return RegistrationResult.Renewed;
            }
        }

        _workers[id] = new(life, memberUid, node, info) { HeardAt = at };
        return RegistrationResult.New;
    }

    /// <summary>A node's process has ended.</summary>
    /// <returns>Whether it was a registered one.</returns>
    public bool NodeEnded(TNode node)
    {
        foreach (var worker in _workers.Values)
        {
            if (worker.Node.Equals(node)) return _workers.Remove(worker.Life.Worker.Value);
        }

        return false;
    }

    /// <summary>Drops workers that have been silent for so long.</summary>
    /// <returns>Those that were dropped.</returns>
    public IReadOnlyList<Registration> DropSilent(TimeSpan at, TimeSpan longest)
    {
        List<Registration>? silent = null;
        foreach (var worker in _workers.Values)
        {
            if (at - worker.HeardAt > longest) (silent ??= []).Add(worker);
        }

        if (silent is null) return [];
        foreach (var worker in silent) _workers.Remove(worker.Life.Worker.Value);
        return silent;
    }

    /// <summary>A worker that lives.</summary>
    internal sealed class Registration(WorkerLife life, int memberUid, TNode node, WorkerInfo info)
    {
        public WorkerLife Life { get; } = life;

        public int MemberUid { get; } = memberUid;

        public TNode Node { get; } = node;

        public WorkerInfo Info { get; } = info;

        /// <summary>As it said last; how busy it is changes all the time.</summary>
        public WorkerInfo Latest { get; set; } = info;

        public TimeSpan HeardAt { get; set; }
    }
}

/// <summary>What a registration means.</summary>
internal enum RegistrationResult
{
    /// <summary>A worker, or a new life of one.</summary>
    New,

    /// <summary>The one that is known, again.</summary>
    Renewed,

    /// <summary>An earlier life of a worker that has started again since.</summary>
    Stale,
}
