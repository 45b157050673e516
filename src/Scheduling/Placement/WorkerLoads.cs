namespace ActorCompute.Scheduling;

/// <summary>
/// How much each worker has to do for all jobs of this client, so that a job sends to an idle worker rather than behind another
/// job's long task. Shared by the jobs' actors: safe on any thread.
/// </summary>
internal sealed class WorkerLoads
{
    private readonly Lock _lock = new();
    private readonly Dictionary<WorkerLife, WorkerLoad> _loads = [];
    private readonly List<Action> _waiting = [];
    private int _waiters;
    private int _shared;

    /// <summary>Workers that some job has to do with.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _loads.Count;
        }
    }

    /// <summary>Several jobs have to do with some worker.</summary>
    public bool AreShared => Volatile.Read(ref _shared) > 0;

    /// <summary>The load of a worker that a job has opened on; to be let go with <see cref="Leave"/>.</summary>
    public WorkerLoad Join(WorkerLife life, int slots)
    {
        lock (_lock)
        {
            if (!_loads.TryGetValue(life, out var load)) _loads.Add(life, load = new(slots, this));
            if (++load.Jobs == 2) _shared++;
            return load;
        }
    }

    /// <summary>A job has no more to do with a worker.</summary>
    public void Leave(WorkerLife life)
    {
        lock (_lock)
        {
            if (!_loads.TryGetValue(life, out var load)) return;
            if (--load.Jobs == 0) _loads.Remove(life);
            else if (load.Jobs == 1) _shared--;
        }
    }

    /// <summary>Calls once when some worker comes to have an idle slot. The call is made on whatever thread, and must return at once.</summary>
    public void WhenIdle(Action wake)
    {
        lock (_lock)
        {
            _waiting.Add(wake);
            Volatile.Write(ref _waiters, _waiting.Count);
        }
    }

    /// <summary>A worker has an idle slot.</summary>
    internal void Freed()
    {
        // Nearly always: answers come in by the thousand.
        if (Volatile.Read(ref _waiters) == 0) return;
        Action[] waiting;
        lock (_lock)
        {
            waiting = [.. _waiting];
            _waiting.Clear();
            Volatile.Write(ref _waiters, 0);
        }

        foreach (var wake in waiting) wake();
    }
}
