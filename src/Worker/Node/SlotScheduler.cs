using ActorCompute.Messages;

namespace ActorCompute.Worker.Node;

/// <summary>A chunk whose turn it is.</summary>
internal readonly record struct Turn(JobId Job, long Sequence);

/// <summary>
/// Gives free slots to waiting chunks: among jobs with chunks waiting, to the one that has had the least slot time, so
/// that a large job delays a small one by no more than a chunk. Pure.
/// </summary>
internal sealed class SlotScheduler(int slots)
{
    private readonly Dictionary<JobId, JobQueue> _jobs = [];
    private int _busy;

    // The least slot time among jobs with work, as of the last turn: where a job begins that comes, or comes back. It has
    // no claim to the time it was away, or it would keep all others out until it had made up for that.
    private TimeSpan _level;

    /// <summary>Slots with a chunk.</summary>
    public int Busy => _busy;

    /// <summary>Slots without a chunk.</summary>
    public int Free => slots - _busy;

    public void Open(JobId job) => _jobs[job] = new();

    public void Add(JobId job, long sequence)
    {
        if (!_jobs.TryGetValue(job, out var queue)) return;
        if (!queue.HasWork && queue.SlotTime < _level) queue.SlotTime = _level;
        queue.Waiting.Enqueue(sequence);
    }

    /// <summary>The next chunk to run, or null when no slot is free or nothing waits.</summary>
    public Turn? Next()
    {
        if (_busy >= slots) return null;
        JobId? best = null;
        JobQueue? queue = null;
        var least = TimeSpan.MaxValue;
        foreach (var (id, candidate) in _jobs)
        {
            if (candidate.HasWork && candidate.SlotTime < least) least = candidate.SlotTime;
            if (candidate.Waiting.Count == 0) continue;
            if (queue is null || (candidate.Running, candidate.SlotTime).CompareTo((queue.Running, queue.SlotTime)) < 0) (best, queue) = (id, candidate);
        }

        if (queue is null) return null;
        if (least > _level) _level = least;
        _busy++;
        queue.Running++;
        return new(best!.Value, queue.Waiting.Dequeue());
    }

    /// <summary>A slot is free again, also after its job was closed.</summary>
    public void Done(JobId job, TimeSpan elapsed)
    {
        _busy--;
        if (!_jobs.TryGetValue(job, out var queue)) return;
        queue.Running--;
        queue.SlotTime += elapsed;
    }

    /// <summary>A chunk that waits goes back to its client.</summary>
    public void Remove(JobId job, long sequence)
    {
        if (!_jobs.TryGetValue(job, out var queue)) return;
        var kept = queue.Waiting.Where(waiting => waiting != sequence).ToList();
        queue.Waiting.Clear();
        foreach (var waiting in kept) queue.Waiting.Enqueue(waiting);
    }

    /// <summary>Drops what waits of a job; what runs of it keeps its slots until it is done.</summary>
    public void Close(JobId job) => _jobs.Remove(job);

    private sealed class JobQueue
    {
        public Queue<long> Waiting { get; } = new();

        public int Running { get; set; }

        public bool HasWork => Running > 0 || Waiting.Count > 0;

        public TimeSpan SlotTime { get; set; }
    }
}
