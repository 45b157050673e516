using ActorCompute.Hosting;
using ActorCompute.Messages;

namespace ActorCompute.Registry;

/// <summary>
/// Which workers are there. Registrations are ordered by incarnation: a later one replaces the one before, a message from
/// an earlier one changes nothing. Who does not repeat its registration is dropped. Pure.
/// </summary>
/// <typeparam name="TNode">The reference to a node; what it is does not matter here.</typeparam>
internal sealed class WorkerRegistry<TNode>
    where TNode : notnull
{
    /// <summary>Three registrations in a row that did not come.</summary>
    public static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(6);

    private readonly SortedList<string, Registration> _workers = new(StringComparer.Ordinal);

    /// <summary>The registered workers, by id.</summary>
    public IEnumerable<Registration> Workers => _workers.Values;

    /// <summary>Takes a registration.</summary>
    /// <returns>What it means.</returns>
    public RegistrationResult Register(WorkerLife life, TNode node, WorkerInfo info, TimeSpan at)
    {
        var id = life.Worker.Value;
        if (_workers.TryGetValue(id, out var known))
        {
            if (life.Incarnation < known.Life.Incarnation) return RegistrationResult.Stale;
            if (life == known.Life && node.Equals(known.Node))
            {
                known.Lease.Renew(at);
                known.Latest = info;
                return RegistrationResult.Renewed;
            }
        }

        _workers[id] = new(life, node, info, new(LeaseLength, at));
        return RegistrationResult.New;
    }

    /// <summary>An incarnation has ended, or takes no more.</summary>
    /// <returns>Whether it was the registered one.</returns>
    public bool Remove(WorkerLife life) =>
        _workers.TryGetValue(life.Worker.Value, out var known) && known.Life == life && _workers.Remove(life.Worker.Value);

    /// <summary>A connection was closed: whoever of these is alive will be heard soon.</summary>
    public void Disconnected(Func<TNode, bool> isThere, TimeSpan at)
    {
        foreach (var worker in _workers.Values.Where(worker => isThere(worker.Node))) worker.Lease.Disconnected(at);
    }

    /// <summary>This process stood still: nobody's silence counts.</summary>
    public void RenewAll(TimeSpan at)
    {
        foreach (var worker in _workers.Values) worker.Lease.Renew(at);
    }

    /// <summary>Drops workers whose lease has expired.</summary>
    /// <returns>Those that were dropped.</returns>
    public IReadOnlyList<Registration> DropSilent(TimeSpan at)
    {
        var silent = _workers.Values.Where(worker => worker.Lease.HasExpired(at)).ToList();
        foreach (var worker in silent) _workers.Remove(worker.Life.Worker.Value);
        return silent;
    }

    /// <summary>A worker that is there.</summary>
    internal sealed class Registration(WorkerLife life, TNode node, WorkerInfo info, Lease lease)
    {
        public WorkerLife Life { get; } = life;

        public TNode Node { get; } = node;

        public WorkerInfo Info { get; } = info;

        /// <summary>As it said last; how busy it is changes all the time.</summary>
        public WorkerInfo Latest { get; set; } = info;

        public Lease Lease { get; } = lease;
    }
}
