namespace ActorCompute.Scheduling.Tests.Jobs;

/// <summary>So many tasks, taken as soon as they have an outcome.</summary>
internal sealed class ListedPlan : IJobPlan, IJobReader
{
    private long _next;

    public long Tasks { get; set; }

    public bool Hold { get; set; }

    public bool IsEnded => _next == Tasks;

    public Exception? Error => null;

    public long? Backlog => null;

    public int Drawn => (int)(Tasks - _next);

    public long? Count => Tasks;

    /// <summary>Nobody takes outcomes but those of <see cref="Read"/>.</summary>
    public bool IsNotRead { get; set; }

    public long Read { get; set; }

    public int Starved { get; private set; }

    public long Taken => IsNotRead ? Read : _next;

    public long TakenBytes => 0;

    public bool TryPeek(out long number)
    {
        number = _next;
        return !Hold && _next < Tasks;
    }

    public bool TryTake(int most, out TaskBatch batch)
    {
        batch = new(_next++, default);
        return true;
    }

    public void Starve() => Starved++;

    public bool Wants(in TaskBatch batch) => true;
}
