namespace ActorCompute.Scheduling;

/// <summary>The loads that one job takes part in.</summary>
internal sealed class JoinedLoads(WorkerLoads loads) : IDisposable
{
    private readonly Dictionary<WorkerLife, WorkerLoad> _joined = [];

    /// <inheritdoc cref="WorkerLoads.AreShared"/>
    public bool AreShared => loads.AreShared;

    /// <summary>The load of a worker that has the job open.</summary>
    public WorkerLoad Of(WorkerLife life, int slots)
    {
        if (!_joined.TryGetValue(life, out var load)) _joined.Add(life, load = loads.Join(life, slots));
        return load;
    }

    /// <summary>A worker is lost.</summary>
    public void Leave(WorkerLife life)
    {
        if (_joined.Remove(life)) loads.Leave(life);
    }

    /// <inheritdoc cref="WorkerLoads.WhenIdle"/>
    public void WhenIdle(Action wake) => loads.WhenIdle(wake);

    /// <summary>The job has ended.</summary>
    public void Dispose()
    {
        foreach (var life in _joined.Keys) loads.Leave(life);
        _joined.Clear();
    }
}
