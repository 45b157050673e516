namespace ActorCompute.Simulation.Cluster;

/// <summary>Reads a job's stream of events as experiments and timelines do, and finds what cannot be true.</summary>
internal sealed class SimEvents(JobId job)
{
    private readonly List<SchedulingEvent> _read = [];
    private readonly Dictionary<long, int> _inFlight = [];
    private readonly HashSet<long> _ended = [];
    private long _position;

    /// <summary>Whether every event was read.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Tasks whose end was told.</summary>
    public int Ended => _ended.Count;

    public void Read(SchedulingLog log)
    {
        _read.Clear();
        // With hundreds of workers one turn may tell more than the log keeps; then a reader is told how many it missed, and these counts are off.
        IsWhole &= log.Read(ref _position, _read) == 0;
        if (!IsWhole) return;
        foreach (var what in _read)
        {
            for (var number = what.Number; number < what.Number + what.Count; number++) Check(what, number);
        }
    }

    private void Check(in SchedulingEvent what, long number)
    {
        // A piece comes and goes as tasks do; the task itself is in flight no more.
        if (what.Piece > 0) return;
        switch (what.Kind)
        {
            case SchedulingEventKind.Sent:
                if (_ended.Contains(number)) throw new SimulationException($"{job} tells that task {number} was sent after its end");
                if (_inFlight.GetValueOrDefault(number) != 0) throw new SimulationException($"{job} tells that task {number} was sent, which is in flight");
                _inFlight[number] = 1;
                break;
            case SchedulingEventKind.Returned or SchedulingEventKind.Delayed or SchedulingEventKind.Split:
                if (!_inFlight.Remove(number)) throw new SimulationException($"{job} tells that task {number} came back, which was not in flight");
                break;
            case SchedulingEventKind.Isolated when what.Reason.Contains("memory", StringComparison.Ordinal):
                _inFlight.Remove(number);
                break;
            case SchedulingEventKind.Succeeded or SchedulingEventKind.Failed:
                _inFlight.Remove(number);
                if (!_ended.Add(number)) throw new SimulationException($"{job} tells twice how task {number} ended");
                break;
        }
    }
}
