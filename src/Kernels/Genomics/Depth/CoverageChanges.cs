using System.Buffers;

namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// By how much the depth changes from base to base of a stretch: a read of any length costs two additions, and running
/// sums make depths of it. Memory is taken for the first read: most stretches of a thinly covered genome have none.
/// </summary>
/// <remarks><code>
/// two reads over bases 2..5 and 4..7:   0  0 +1  0 +1  0 -1  0 -1      depths: 0 0 1 1 2 2 1 1 0
/// </code></remarks>
internal sealed class CoverageChanges : IDisposable
{
    private readonly long _end;

    // One for each base and one behind the last; pooled.
    private int[]? _changes;

    // Outside of these nothing changes.
    private long _from;
    private long _to;

    /// <param name="begin">The first base.</param>
    /// <param name="end">The base behind the last.</param>
    public CoverageChanges(long begin, long end)
    {
        (Begin, _end) = (begin, end);
        (_from, _to) = (end, begin);
    }

    /// <summary>The first base of the stretch.</summary>
    public long Begin { get; }

    /// <summary>How many records start in the stretch, covered bases or not.</summary>
    public long Starts { get; set; }

    /// <summary>Covers a stretch once more, or (-1) once less; what is outside is left out.</summary>
    public void Add(ReferenceStretch block, int by)
    {
        var (from, to) = (Math.Max(block.Begin, Begin), Math.Min(block.End, _end));
        if (from >= to)
            return;
        var changes = _changes ?? Rent();
        changes[from - Begin] += by;
        changes[to - Begin] -= by;
        _from = Math.Min(_from, from);
        _to = Math.Max(_to, to);
    }

    /// <summary>Gives the changes away as depths.</summary>
    /// <returns>A pooled array whose first is that of <see cref="Begin"/>, null where nothing is covered; and the bases outside of which all depths are 0.</returns>
    public (int[]? Depths, long From, long To) TakeDepths()
    {
        var depths = _changes;
        _changes = null;
        if (depths is null)
            return (null, Begin, Begin);
        for (var i = _from - Begin + 1; i <= _to - Begin; i++)
            depths[i] += depths[i - 1];
        return (depths, _from, _to);
    }

    public void Dispose()
    {
        if (_changes is not null)
            ArrayPool<int>.Shared.Return(_changes);
        _changes = null;
    }

    private int[] Rent()
    {
        var length = (int)(_end - Begin) + 1;
        _changes = ArrayPool<int>.Shared.Rent(length);
        _changes.AsSpan(0, length).Clear();
        return _changes;
    }
}
