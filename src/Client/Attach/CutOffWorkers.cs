using ActorCompute.Messages;

namespace ActorCompute.Client.Attach;

/// <summary>
/// Finds workers that this client spoke to and that do not answer it any more, though they are registered. After a network
/// loss of some seconds each side has given up the other's incarnation for good: only another process of that worker can be
/// spoken to, and the registry can ask it for that. One that never answered is not asked: its next process would not either. Pure.
/// </summary>
internal sealed class CutOffWorkers
{
    private readonly HashSet<WorkerLife> _answered = [];
    private readonly HashSet<WorkerLife> _cutOff = [];

    /// <summary>Workers whose next process is wanted.</summary>
    public IReadOnlyCollection<WorkerLife> All => _cutOff;

    public void Answered(WorkerLife life)
    {
        _answered.Add(life);
        _cutOff.Remove(life);
    }

    public void Silent(WorkerLife life)
    {
        if (_answered.Contains(life)) _cutOff.Add(life);
    }

    /// <summary>Forgets workers that are not registered any more.</summary>
    public void KeepOnly(IReadOnlyCollection<WorkerLife> registered)
    {
        _answered.IntersectWith(registered);
        _cutOff.IntersectWith(registered);
    }
}
