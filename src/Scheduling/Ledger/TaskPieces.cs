namespace ActorCompute.Scheduling;

/// <summary>The pieces of a task that was split while it ran, in the order in which their results are merged. Pieces of pieces stand among them.</summary>
internal sealed class TaskPieces
{
    private readonly List<Piece> _pieces = [];

    /// <summary>All of them.</summary>
    public int Count => _pieces.Count;

    /// <summary>Those without a result.</summary>
    public int OpenCount { get; private set; }

    /// <summary>Time in the work of those that are done.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Where the last one that is done ran.</summary>
    public OpenedWorker? Worker { get; private set; }

    public IEnumerable<LedgerEntry> Open => _pieces.Where(piece => piece.Entry is not null).Select(piece => piece.Entry!);

    public IReadOnlyList<ReadOnlyMemory<byte>> Results => [.. _pieces.Select(piece => piece.Result)];

    /// <summary>A piece, or at first the task itself, has a result.</summary>
    /// <param name="entry">Which.</param>
    /// <param name="result">The result of what of it was done.</param>
    /// <param name="elapsed">Time in the work.</param>
    /// <param name="worker">Where.</param>
    /// <param name="rest">What is left of it.</param>
    public void Done(LedgerEntry entry, ReadOnlyMemory<byte> result, TimeSpan elapsed, OpenedWorker? worker, IReadOnlyList<LedgerEntry> rest)
    {
        var index = _pieces.FindIndex(piece => piece.Entry == entry);
        if (index >= 0) (_pieces[index], OpenCount) = (new(null, result), OpenCount - 1);
        else _pieces.Insert(index = 0, new(null, result));
        _pieces.InsertRange(index + 1, rest.Select(piece => new Piece(piece, default)));
        OpenCount += rest.Count;
        Elapsed += elapsed;
        Worker = worker ?? Worker;
    }

    private readonly record struct Piece(LedgerEntry? Entry, ReadOnlyMemory<byte> Result);
}
