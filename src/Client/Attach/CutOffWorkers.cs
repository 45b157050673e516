using ActorCompute.Messages;

namespace ActorCompute.Client.Attach;

/// <summary>
/// Finds workers that this client spoke to and that do not answer it any more, though they are registered. After a network
/// loss of some seconds each side has given up the other's incarnation for good: only another process of that worker can be
/// spoken to, and the registry can ask it for that. One that never answered is not asked: its next process would not either. Pure.
/// </summary>
internal sealed class CutOffWorkers
{
    /// <summary>A worker that can be reached answers in milliseconds, on a busy machine in a second or two.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly HashSet<WorkerLife> _heard = [];
    private readonly Dictionary<WorkerLife, TimeSpan> _suspects = [];

    /// <summary>Workers that are to be asked whether they can be reached.</summary>
    public IReadOnlyCollection<WorkerLife> Suspects => _suspects.Keys;

    /// <summary>Workers whose next process is wanted.</summary>
    public IEnumerable<WorkerLife> At(TimeSpan now) => _suspects.Where(suspect => now - suspect.Value > Patience).Select(suspect => suspect.Key);

    /// <summary>It has answered something.</summary>
    public void Heard(WorkerLife life)
    {
        _heard.Add(life);
        _suspects.Remove(life);
    }

    /// <summary>Something was lost on the way to it, or has not been answered yet.</summary>
    public void Suspect(WorkerLife life, TimeSpan now)
    {
        if (_heard.Contains(life)) _suspects.TryAdd(life, now);
    }

    /// <summary>Forgets workers that are not registered any more.</summary>
    public void KeepOnly(IEnumerable<WorkerLife> registered)
    {
        if (_heard.Count == 0) return; // and so nobody is a suspect
        var lives = registered.ToHashSet();
        _heard.IntersectWith(lives);
        foreach (var suspect in _suspects.Keys)
        {
            if (!lives.Contains(suspect)) _suspects.Remove(suspect);
        }
    }
}
