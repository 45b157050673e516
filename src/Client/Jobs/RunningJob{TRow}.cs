using System.Runtime.CompilerServices;

namespace ActorCompute;

/// <summary>
/// A job on its way, as rows: <c>await foreach (var row in cluster.Run(job))</c>, or all of them at once with
/// <c>await cluster.Run(job)</c>. It ends with its reader, or when it is disposed.
/// </summary>
/// <remarks>
/// A row comes when all that it is made of is there. When the answer lacks something, because tasks failed or a file was cut off,
/// the rows that there are come first, and then an <see cref="IncompleteAnswerException"/> says what is missing.
/// </remarks>
/// <typeparam name="TRow">A row of the answer.</typeparam>
public sealed class RunningJob<TRow> : IAsyncEnumerable<TRow>, IAsyncDisposable
{
    private readonly Job<TRow> _job;
    private readonly RunningJob _run;
    private readonly JobJournal? _journal;
    private readonly CancellationToken _cancellation;
    private readonly Rows _rows = new();
    private Once _reading;

    internal RunningJob(Job<TRow> job, RunningJob run, JobJournal? journal, IReadOnlyList<Note> notes, CancellationToken cancellation)
    {
        (_job, _run, _journal, _cancellation) = (job, run, journal, cancellation);
        foreach (var note in notes) _rows.Note(note);
    }

    /// <summary>How far it is; cheap to ask at any time.</summary>
    public JobProgress Progress => _run.Progress;

    /// <summary>What a person should know about the answer so far, the first thousand.</summary>
    public IReadOnlyList<Note> Notes => _rows.Notes;

    /// <summary>Ends the job; its reader gets an <see cref="OperationCanceledException"/>. Harmless when it has ended.</summary>
    public void Cancel() => _rows.Cancel(_run);

    /// <summary>The rows, once.</summary>
    /// <exception cref="InvalidOperationException">They were read before.</exception>
    public IAsyncEnumerator<TRow> GetAsyncEnumerator(CancellationToken cancellationToken = default) => ReadAsync(CancellationToken.None).GetAsyncEnumerator(cancellationToken);

    /// <summary>Lets it be awaited: gives all rows.</summary>
    public TaskAwaiter<IReadOnlyList<TRow>> GetAwaiter() => ToListAsync().GetAwaiter();

    /// <summary>Ends the job, if it has not ended, and waits until it has.</summary>
    public async ValueTask DisposeAsync()
    {
        await _run.DisposeAsync().ConfigureAwait(false);
        _journal?.Dispose();
    }

    private async Task<IReadOnlyList<TRow>> ToListAsync()
    {
        var rows = new List<TRow>();
        await foreach (var row in ReadAsync(CancellationToken.None).ConfigureAwait(false)) rows.Add(row);
        return rows;
    }

    private async IAsyncEnumerable<TRow> ReadAsync([EnumeratorCancellation] CancellationToken ofEnumeration)
    {
        // Before all else: a second reader must not end the job of the first.
        _reading.Take("the rows of a job");
        await using var disposal = ((IAsyncDisposable)this).ConfigureAwait(false);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_cancellation, ofEnumeration);
        var reduction = _job.ReduceToRows();
        await foreach (var outcome in _run.ReadOutcomesAsync(ending.Token).ConfigureAwait(false))
        {
            if (outcome.Failure?.Cause == FailureCause.Cancelled) continue;
            reduction.Add(outcome, _rows);
            while (_rows.TryTake(out var row)) yield return row;
        }

        ending.Token.ThrowIfCancellationRequested();
        if (_rows.IsCancelled) throw new OperationCanceledException("the job was cancelled.");
        if (_run.Limit is { } limit) _rows.Note(Note.OfFailure($"{limit}; what was not done by then is missing"));
        else reduction.Complete(_rows);
        while (_rows.TryTake(out var row)) yield return row;
        if (_rows.Missing > 0) throw new IncompleteAnswerException(_job.Kind.Name, _rows.Missing, _rows.Notes);
    }

    /// <summary>What the reduction gave and nobody has taken yet.</summary>
    private sealed class Rows : IResultSink<TRow>
    {
        // A note for each of a million failures is no help.
        private const int MostNotes = 1000;

        private readonly Queue<TRow> _waiting = [];
        private readonly Lock _lock = new();
        private readonly List<Note> _notes = [];
        private volatile bool _isCancelled;

        /// <summary>Notes that say what is missing, those that were not kept among them.</summary>
        public int Missing { get; private set; }

        public bool IsCancelled => _isCancelled;

        public IReadOnlyList<Note> Notes
        {
            get
            {
                lock (_lock) return [.. _notes];
            }
        }

        public void Row(TRow row, TaskRun? run) => _waiting.Enqueue(row);

        public void Note(Note note)
        {
            lock (_lock)
            {
                if (note.IsIncomplete) Missing++;
                if (_notes.Count < MostNotes) _notes.Add(note);
            }
        }

        public bool TryTake([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out TRow row) => _waiting.TryDequeue(out row);

        public void Cancel(RunningJob run)
        {
            if (run.Stream.Completion.IsCompleted) return;
            _isCancelled = true;
            run.Cancel("cancelled");
        }
    }
}

/// <summary>A job on its way to its one answer: <c>await cluster.Run(job)</c>.</summary>
/// <typeparam name="TAnswer">The answer.</typeparam>
public sealed class RunningAnswer<TAnswer> : IAsyncDisposable
{
    private readonly RunningJob<TAnswer> _rows;
    private readonly Lazy<Task<TAnswer>> _answer;

    internal RunningAnswer(RunningJob<TAnswer> rows)
    {
        _rows = rows;
        _answer = new(AnswerAsync);
    }

    /// <inheritdoc cref="RunningJob{TRow}.Progress"/>
    public JobProgress Progress => _rows.Progress;

    /// <inheritdoc cref="RunningJob{TRow}.Notes"/>
    public IReadOnlyList<Note> Notes => _rows.Notes;

    /// <summary>The answer as a task; it may be asked for often.</summary>
    /// <exception cref="IncompleteAnswerException">Tasks failed, so there is none.</exception>
    public Task<TAnswer> AsTask() => _answer.Value;

    /// <summary>Lets it be awaited.</summary>
    public TaskAwaiter<TAnswer> GetAwaiter() => AsTask().GetAwaiter();

    /// <inheritdoc cref="RunningJob{TRow}.Cancel"/>
    public void Cancel() => _rows.Cancel();

    /// <inheritdoc cref="RunningJob{TRow}.DisposeAsync"/>
    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    private async Task<TAnswer> AnswerAsync()
    {
        var rows = await _rows;
        return rows is [var only] ? only : throw new InvalidOperationException($"a job with one answer gave {rows.Count} rows.");
    }
}
