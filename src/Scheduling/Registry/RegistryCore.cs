namespace ActorCompute.Scheduling;

/// <summary>
/// Which workers and clients are there, and who is told of what. Registrations are ordered by incarnation: a later one
/// replaces the one before, a message from an earlier one changes nothing. Who does not repeat itself is dropped. Pure: events
/// go in, instructions come out.
/// </summary>
/// <typeparam name="TPeer">The reference to a node or a client; what it is does not matter here.</typeparam>
/// <typeparam name="TWorker">What a worker says of itself.</typeparam>
/// <typeparam name="TClient">What a client says of itself.</typeparam>
/// <param name="now">A reading of one monotonic clock.</param>
internal sealed class RegistryCore<TPeer, TWorker, TClient>(TimeSpan now)
    where TPeer : notnull
{
    /// <summary>Three registrations in a row that did not come.</summary>
    public static readonly TimeSpan WorkerLease = TimeSpan.FromSeconds(6);

    /// <summary>A client says every two seconds that it is there; this many misses and it gets no more views.</summary>
    public static readonly TimeSpan ClientLease = TimeSpan.FromSeconds(10);

    /// <summary>
    /// After all clients were shown all workers, nobody is shown the next change for this long by each entry told: some ten times what
    /// that costs. Where a thousand workers start before a hundred clients that makes a view for each change one every 0.2 s.
    /// </summary>
    public static readonly TimeSpan PauseByEntry = TimeSpan.FromMicroseconds(2);

    /// <summary>A shorter pause is none: a timer takes longer.</summary>
    public static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(1);

    /// <summary>The longest such pause.</summary>
    public static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(1);

    private readonly SortedList<string, RegisteredWorker<TPeer, TWorker>> _workers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RegisteredClient<TPeer, TClient>> _clients = [];
    private readonly Dictionary<string, (int Named, TimeSpan At)> _drained = [];
    private readonly Standstill _standstill = new(now);
    private TimeSpan _showsNextAt = now;

    // Clients have not been shown the latest change.
    private bool _isBehind;

    /// <summary>For so long who asked for a drain gets the same answer again.</summary>
    public static readonly TimeSpan DrainMemory = TimeSpan.FromMinutes(2);

    /// <summary>The registered workers, by id.</summary>
    public IEnumerable<RegisteredWorker<TPeer, TWorker>> Workers => _workers.Values;

    /// <summary>The attached clients, with their ids.</summary>
    public IReadOnlyDictionary<string, RegisteredClient<TPeer, TClient>> Clients => _clients;

    /// <summary>Takes in what happened.</summary>
    /// <returns>What to do about it.</returns>
    public IReadOnlyList<RegistryInstruction<TPeer>> Handle(RegistryEvent<TPeer, TWorker, TClient> happened)
    {
        switch (happened)
        {
            case RegistryEvent<TPeer, TWorker, TClient>.WorkerCame came: return OnCame(came);
            case RegistryEvent<TPeer, TWorker, TClient>.WorkerLeft left: return OnLeft(left.Life, left.At);
            case RegistryEvent<TPeer, TWorker, TClient>.ClientCame came:
                _clients[came.Id] = new(came.Client, came.Info, came.Nonce, came.At);
                return [Show(came.Id, _clients[came.Id])];
            case RegistryEvent<TPeer, TWorker, TClient>.ClientLeft left:
                _clients.Remove(left.Id);
                return [];
            case RegistryEvent<TPeer, TWorker, TClient>.Disconnected closed:
                foreach (var worker in _workers.Values.Where(worker => closed.IsThere(worker.Node))) worker.Lease.Disconnected(closed.At);
                return [];
            case RegistryEvent<TPeer, TWorker, TClient>.DrainAsked asked: return OnDrain(asked);
            case RegistryEvent<TPeer, TWorker, TClient>.TimePassed passed: return OnTime(passed.At);
            default: throw new ArgumentException($"nobody knows {happened}.", nameof(happened));
        }
    }

    private RegistryInstruction<TPeer>[] OnCame(RegistryEvent<TPeer, TWorker, TClient>.WorkerCame came)
    {
        var confirm = new RegistryInstruction<TPeer>.Confirm(came.Life, came.Node, came.Nonce);
        if (_workers.TryGetValue(came.Life.Worker.Value, out var known))
        {
            if (came.Life.Incarnation < known.Life.Incarnation) return [new RegistryInstruction<TPeer>.RefuseStale(came.Node, came.Name)];
            if (came.Life == known.Life && came.Node.Equals(known.Node))
            {
                known.Lease.Renew(came.At);
                (known.Latest, known.Nonce) = (came.Info, came.Nonce);
                return [confirm];
            }
        }

        _workers[came.Life.Worker.Value] = new(came.Life, came.Name, came.Node, came.Info, new(WorkerLease, came.At)) { Nonce = came.Nonce };
        return [.. ShowChange(came.At), new RegistryInstruction<TPeer>.NoteCame(came.Life, came.Name, came.Node), confirm];
    }

    private RegistryInstruction<TPeer>[] OnLeft(WorkerLife life, TimeSpan at)
    {
        // The word of an incarnation that was replaced says nothing of the living one.
        if (!_workers.TryGetValue(life.Worker.Value, out var known) || known.Life != life) return [];
        _workers.Remove(life.Worker.Value);
        return [new RegistryInstruction<TPeer>.NoteLeft(life), .. ShowChange(at)];
    }

    private RegistryInstruction<TPeer>[] OnDrain(RegistryEvent<TPeer, TWorker, TClient>.DrainAsked asked)
    {
        // Asked again because the answer was slow: by now the worker may have left.
        if (_drained.TryGetValue(asked.Asker, out var answered)) return [new RegistryInstruction<TPeer>.AnswerDrain(answered.Named)];
        var name = asked.Worker;
        var named = _workers.Values.Where(worker => worker.Life.Worker.Value == name || worker.Name == name).ToList();
        _drained[asked.Asker] = (named.Count, asked.At);
        var answer = new RegistryInstruction<TPeer>.AnswerDrain(named.Count);
        // Several of one name: nobody is drained by mistake.
        return named is [var only] ? [new RegistryInstruction<TPeer>.Drain(only.Life, only.Node, only.Nonce), answer] : [answer];
    }

    private List<RegistryInstruction<TPeer>> OnTime(TimeSpan at)
    {
        if (_standstill.Look(at))
        {
            foreach (var worker in _workers.Values) worker.Lease.Renew(at);
        }

        List<RegistryInstruction<TPeer>> todo = [];
        foreach (var silent in _workers.Values.Where(worker => worker.Lease.HasExpired(at)).ToList())
        {
            _workers.Remove(silent.Life.Worker.Value);
            todo.Add(new RegistryInstruction<TPeer>.NoteSilent(silent.Life, at - silent.Lease.RenewedAt));
        }

        if (todo.Count > 0 || (_isBehind && at >= _showsNextAt)) todo.AddRange(ShowChange(at));
        foreach (var (asker, answer) in _drained)
        {
            if (at - answer.At > DrainMemory) _drained.Remove(asker);
        }

        foreach (var (id, client) in _clients)
        {
            if (at - client.HeardAt > ClientLease) _clients.Remove(id);
        }

        return todo;
    }

    /// <summary>Shows all clients the workers of now, or sees to it that they are shown soon.</summary>
    private IEnumerable<RegistryInstruction<TPeer>> ShowChange(TimeSpan at)
    {
        if (at < _showsNextAt)
        {
            if (_isBehind) return [];
            _isBehind = true;
            return [new RegistryInstruction<TPeer>.LookAgain(_showsNextAt - at)];
        }

        _isBehind = false;
        var pause = PauseByEntry * ((double)_workers.Count * _clients.Count);
        _showsNextAt = pause < MinPause ? at : at + (pause < MaxPause ? pause : MaxPause);
        return _clients.Select(client => Show(client.Key, client.Value));
    }

    private static RegistryInstruction<TPeer>.ShowWorkers Show(string id, RegisteredClient<TPeer, TClient> client) => new(id, client.Client, client.Nonce);
}
