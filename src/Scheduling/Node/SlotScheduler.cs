using System.Runtime.InteropServices;

namespace ActorCompute.Scheduling;

/// <summary>A chunk whose turn it is.</summary>
internal readonly record struct Turn(JobId Job, long Sequence);

/// <summary>
/// Gives free slots to waiting chunks: among jobs with chunks waiting, to the one that has had the least slot time, so
/// that a large job delays a small one by no more than a chunk. Pure.
/// </summary>
/// <remarks>
/// A task that waits for tasks of its own lends its slot (<see cref="Lend"/>). Of each depth no more chunks run than there are slots,
/// those that wait included: or lent slots would fill with tasks that lend theirs too, each holding a thread. What is waited for is
/// one deeper than what waits, so the deepest always find a slot and everything comes to its end.
/// </remarks>
internal sealed class SlotScheduler(int slots)
{
    private readonly Dictionary<JobId, JobQueue> _jobs = [];

    // Chunks in slots, by depth; only those depths that have some.
    private readonly Dictionary<int, int> _runningAt = [];
    private int _running;
    private int _lent;

    // Nothing has happened since the last turn that could bring another.
    private bool _isSettled;

    // The least slot time among jobs with work, as of the last turn: where a job begins that comes, or comes back. It has
    // no claim to the time it was away, or it would keep all others out until it had made up for that.
    private TimeSpan _level;

    /// <summary>Slots with a chunk that does not wait. More than there are for a moment, when one that waited goes on.</summary>
    public int Busy => _running - _lent;

    /// <summary>Slots without a chunk, or with one that waits.</summary>
    public int Free => Math.Max(0, slots - Busy);

    /// <summary>Slots that are lent.</summary>
    public int Lent => _lent;

    /// <summary>Chunks that wait, of all jobs.</summary>
    public int Waiting => _jobs.Values.Sum(queue => queue.Waiting.Count);

    /// <summary>Chunks of a job that wait.</summary>
    public IEnumerable<long> WaitingOf(JobId job) => _jobs.TryGetValue(job, out var queue) ? queue.Waiting : [];

    /// <param name="job">The job.</param>
    /// <param name="depth">How many tasks wait for it, each for the next: 0 for a job of a program.</param>
    public void Open(JobId job, int depth = 0) => _jobs[job] = new(depth);

    public void Add(JobId job, long sequence)
    {
        if (!_jobs.TryGetValue(job, out var queue)) return;
        if (!queue.HasWork && queue.SlotTime < _level) queue.SlotTime = _level;
        queue.Waiting.Enqueue(sequence);
        _isSettled = false;
    }

    /// <summary>The next chunk to run, or null when no slot is free or nothing waits.</summary>
    public Turn? Next()
    {
        if (_isSettled) return null;
        if (NextReady() is { } turn) return turn;
        _isSettled = true;
        return null;
    }

    private Turn? NextReady()
    {
        if (Busy >= slots) return null;
        JobId? best = null;
        JobQueue? queue = null;
        var least = TimeSpan.MaxValue;
        foreach (var (id, candidate) in _jobs)
        {
            if (candidate.HasWork && candidate.SlotTime < least) least = candidate.SlotTime;
            if (candidate.Waiting.Count == 0 || IsFull(candidate.Depth)) continue;
            if (queue is null || (candidate.Running, candidate.SlotTime).CompareTo((queue.Running, queue.SlotTime)) < 0) (best, queue) = (id, candidate);
        }

        if (queue is null) return null;
        if (least > _level) _level = least;
        Begin(queue);
        return new(best!.Value, queue.Waiting.Dequeue());
    }

    /// <summary>A chunk that never waited here takes a slot.</summary>
    public void Begin(JobId job)
    {
        if (_jobs.TryGetValue(job, out var queue)) Begin(queue);
    }

    private void Begin(JobQueue queue)
    {
        _running++;
        CollectionsMarshal.GetValueRefOrAddDefault(_runningAt, queue.Depth, out _)++;
        queue.Running++;
    }

    /// <summary>A slot is free again.</summary>
    public void Done(JobId job, TimeSpan elapsed, int depth = 0)
    {
        DoneOfClosed(depth);
        if (!_jobs.TryGetValue(job, out var queue)) return;
        queue.Running--;
        queue.SlotTime += elapsed;
    }

    /// <summary>A slot of a job that was closed is free again. The job may be open anew: that opening has had no slot by this.</summary>
    public void DoneOfClosed(int depth)
    {
        _running--;
        if (--_runningAt[depth] == 0) _runningAt.Remove(depth);
        _isSettled = false;
    }

    /// <summary>A chunk that runs waits for tasks of its own: another may run in its slot.</summary>
    public void Lend()
    {
        _lent++;
        _isSettled = false;
    }

    /// <summary>It goes on, also while its slot is taken: the next chunk begins when one more has ended.</summary>
    public void TakeBack()
    {
        _lent--;
        _isSettled = false;
    }

    /// <summary>A chunk that waits goes back to its client.</summary>
    /// <returns>False when it does not wait.</returns>
    public bool Remove(JobId job, long sequence)
    {
        if (!_jobs.TryGetValue(job, out var queue) || !queue.Waiting.Contains(sequence)) return false;
        var kept = queue.Waiting.Where(waiting => waiting != sequence).ToList();
        queue.Waiting.Clear();
        foreach (var waiting in kept) queue.Waiting.Enqueue(waiting);
        return true;
    }

    /// <summary>Drops what waits of a job; what runs of it keeps its slots until it is done.</summary>
    public void Close(JobId job) => _jobs.Remove(job);

    private bool IsFull(int depth) => _lent > 0 && _runningAt.GetValueOrDefault(depth) >= slots;

    private sealed class JobQueue(int depth)
    {
        public int Depth => depth;

        public Queue<long> Waiting { get; } = new();

        public int Running { get; set; }

        public bool HasWork => Running > 0 || Waiting.Count > 0;

        public TimeSpan SlotTime { get; set; }
    }
}
