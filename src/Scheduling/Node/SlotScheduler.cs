using System.Runtime.InteropServices;

namespace ActorCompute.Scheduling;

/// <summary>A chunk whose turn it is.</summary>
internal readonly record struct Turn(JobId Job, long Sequence);

/// <summary>
/// Gives free slots to waiting chunks: of the highest priority first; then to the client that has had the least slot time, however
/// many jobs it has, and to its job that has. So a large job delays a small one by no more than a chunk. A chunk whose resources are
/// not free is passed (<see cref="ResourcePool"/>). Pure.
/// </summary>
/// <remarks>
/// A task that waits for tasks of its own lends its slot (<see cref="Lend"/>), and keeps its resources. Of each depth no more chunks run
/// than there are slots, those that wait included: or lent slots would fill with tasks that lend theirs too, each holding a thread. What
/// is waited for is one deeper than what waits, so the deepest always find a slot and everything comes to its end.
/// </remarks>
internal sealed class SlotScheduler(int slots, ResourcePool? resources = null)
{
    private readonly ResourcePool _resources = resources ?? new(Resources.None);
    private readonly List<JobSeat> _seats = [];
    private readonly Dictionary<int, PriorityBand> _bands = [];

    // Chunks in slots, by depth; only those depths that have some.
    private readonly Dictionary<int, int> _runningAt = [];
    private int _running;
    private int _lent;

    // Nothing has happened since the last turn that could bring another: here, or to the resources.
    private bool _isSettled;
    private long _settledAt;

    /// <summary>Slots with a chunk that does not wait. More than there are for a moment, when one that waited goes on.</summary>
    public int Busy => _running - _lent;

    /// <summary>Slots without a chunk, or with one that waits.</summary>
    public int Free => Math.Max(0, slots - Busy);

    /// <summary>Slots that are lent.</summary>
    public int Lent => _lent;

    /// <summary>Chunks that wait, of all jobs.</summary>
    public int Waiting => _seats.Sum(seat => seat.Waiting.Count);

    /// <summary>Some chunk could begin now.</summary>
    public bool HasTurn => Busy < slots && Best() is not null;

    /// <summary>A job may send chunks.</summary>
    /// <param name="job">The job.</param>
    /// <param name="terms">Whose it is, its priority, what its tasks need, how deep it is.</param>
    public JobSeat Open(JobId job, JobTerms terms)
    {
        if (!_bands.TryGetValue(terms.Priority, out var band)) _bands.Add(terms.Priority, band = new(terms.Priority));
        if (!band.Clients.TryGetValue(terms.Client, out var share)) band.Clients.Add(terms.Client, share = new(band, terms.Client));
        share.Jobs++;
        var seat = new JobSeat(job, share, terms.Depth, _resources.Enter(terms.Needs, terms.Priority, terms.Depth)) { IsAwaitedByHolder = terms.IsAwaitedByHolder };
        _seats.Add(seat);
        return seat;
    }

    public void Add(JobSeat seat, long sequence)
    {
        var share = seat.Share;
        if (!share.HasWork && share.SlotTime < share.Band.Level) share.SlotTime = share.Band.Level;
        if (!seat.HasWork && seat.SlotTime < share.Level) seat.SlotTime = share.Level;
        seat.Waiting.Enqueue(sequence);
        share.Waiting++;
        _resources.SetWaiting(seat.Claim, true);
        _isSettled = false;
    }

    /// <summary>The next chunk to run, or null when no slot is free or nothing waits that could run.</summary>
    public Turn? Next()
    {
        if (_isSettled && _settledAt == _resources.Version) return null;
        if (Busy < slots && Best() is { } seat)
        {
            RaiseLevels(seat);
            var sequence = seat.Waiting.Dequeue();
            seat.Share.Waiting--;
            Begin(seat);
            return new(seat.Job, sequence);
        }

        (_isSettled, _settledAt) = (true, _resources.Version);
        return null;
    }

    private JobSeat? Best()
    {
        JobSeat? best = null;
        foreach (var seat in _seats)
        {
            if (seat.Waiting.Count == 0 || (!seat.IsAwaitedByHolder && IsFull(seat.Depth)) || (best is not null && !seat.ComesBefore(best)) || !_resources.MayTake(seat.Claim)) continue;
            best = seat;
        }

        return best;
    }

    private void RaiseLevels(JobSeat next)
    {
        var (share, band) = (next.Share, next.Share.Band);
        var least = TimeSpan.MaxValue;
        foreach (var seat in _seats)
        {
            if (seat.Share == share && seat.HasWork && seat.SlotTime < least) least = seat.SlotTime;
        }

        if (least > share.Level) share.Level = least;
        least = TimeSpan.MaxValue;
        foreach (var client in band.Clients.Values)
        {
            if (client.HasWork && client.SlotTime < least) least = client.SlotTime;
        }

        if (least > band.Level) band.Level = least;
    }

    /// <summary>A chunk takes a slot: one that never waited here, or the next of those that did.</summary>
    public void Begin(JobSeat seat)
    {
        _resources.Take(seat.Claim);
        _resources.SetWaiting(seat.Claim, seat.Waiting.Count > 0);
        _running++;
        CollectionsMarshal.GetValueRefOrAddDefault(_runningAt, seat.Depth, out _)++;
        seat.Running++;
        seat.Share.Running++;
    }

    /// <summary>A slot is free again, of a job that may have been closed meanwhile.</summary>
    public void Done(JobSeat seat, TimeSpan elapsed)
    {
        _resources.GiveBack(seat.Claim);
        _running--;
        if (--_runningAt[seat.Depth] == 0) _runningAt.Remove(seat.Depth);
        seat.Running--;
        seat.SlotTime += elapsed;
        seat.Share.Running--;
        seat.Share.SlotTime += elapsed;
        ForgetIfGone(seat.Share);
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
    public bool Remove(JobSeat seat, long sequence)
    {
        if (!seat.Waiting.Contains(sequence)) return false;
        var kept = seat.Waiting.Where(waiting => waiting != sequence).ToList();
        seat.Waiting.Clear();
        foreach (var waiting in kept) seat.Waiting.Enqueue(waiting);
        seat.Share.Waiting--;
        _resources.SetWaiting(seat.Claim, kept.Count > 0);
        return true;
    }

    /// <summary>Drops what waits of a job; what runs of it keeps its slots and resources until it is done. A second time it changes nothing.</summary>
    public void Close(JobSeat seat)
    {
        if (!_seats.Remove(seat)) return;
        _resources.Leave(seat.Claim);
        seat.Share.Jobs--;
        seat.Share.Waiting -= seat.Waiting.Count;
        seat.Waiting.Clear();
        ForgetIfGone(seat.Share);
    }

    /// <summary>A client without jobs here comes back as one that never was.</summary>
    private void ForgetIfGone(ClientShare share)
    {
        if (share.Jobs > 0 || share.Running > 0) return;
        share.Band.Clients.Remove(share.Client);
        if (share.Band.Clients.Count == 0) _bands.Remove(share.Band.Priority);
    }

    private bool IsFull(int depth) => _lent > 0 && _runningAt.GetValueOrDefault(depth) >= slots;
}
