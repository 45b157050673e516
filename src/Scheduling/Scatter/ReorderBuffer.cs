namespace ActorCompute.Scheduling;

/// <summary>Gives outcomes in the order of the plan. Bounded: the plan is not drawn further than <see cref="Limit"/>. Pure.</summary>
internal sealed class ReorderBuffer(int window)
{
    private readonly Dictionary<long, SettledBatch> _early = [];
    private long _next;

    /// <summary>The first number that may not be drawn from the plan yet.</summary>
    public long Limit => _next + window;

    /// <summary>Takes one outcome and gives those that are due now.</summary>
    public IEnumerable<SettledBatch> Add(SettledBatch settled)
    {
        _early.Add(settled.First, settled);
        while (_early.Remove(_next, out var due))
        {
            _next += due.Count;
            yield return due;
        }
    }
}
