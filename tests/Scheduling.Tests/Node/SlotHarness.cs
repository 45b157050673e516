namespace ActorCompute.Scheduling.Tests.Node;

/// <summary>A slot scheduler that is told of jobs by their ids.</summary>
internal sealed class SlotHarness(int slots, Resources? has = null)
{
    private readonly SlotScheduler _scheduler = new(slots, new(has ?? Resources.None));
    private readonly Dictionary<JobId, JobSeat> _seats = [];
    private readonly List<JobSeat> _running = [];

    public int Busy => _scheduler.Busy;

    public int Free => _scheduler.Free;

    /// <summary>A job is opened: again, if it was.</summary>
    public void Open(JobId job, string client = "client", int priority = 0, int depth = 0, Resources? needs = null, bool isAwaitedByHolder = false)
    {
        Close(job);
        _seats[job] = _scheduler.Open(job, new(null, TimeSpan.Zero, depth) { Client = client, Priority = priority, Needs = needs ?? Resources.None, IsAwaitedByHolder = isAwaitedByHolder });
    }

    public void Add(JobId job, long sequence)
    {
        if (_seats.TryGetValue(job, out var seat)) _scheduler.Add(seat, sequence);
    }

    public Turn? Next()
    {
        if (_scheduler.Next() is not { } turn) return null;
        _running.Add(_seats[turn.Job]);
        return turn;
    }

    /// <summary>A chunk of the job has ended: of an earlier opening, if one of that runs.</summary>
    public void Done(JobId job, TimeSpan elapsed)
    {
        var seat = _running.First(seat => seat.Job == job);
        _running.Remove(seat);
        _scheduler.Done(seat, elapsed);
    }

    public void Lend() => _scheduler.Lend();

    public void TakeBack() => _scheduler.TakeBack();

    public void Remove(JobId job, long sequence)
    {
        if (_seats.TryGetValue(job, out var seat)) _scheduler.Remove(seat, sequence);
    }

    public void Close(JobId job)
    {
        if (_seats.Remove(job, out var seat)) _scheduler.Close(seat);
    }
}
