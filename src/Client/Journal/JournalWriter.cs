namespace ActorCompute.Client.Journal;

/// <summary>What the writer writes to.</summary>
internal interface IJournalSink : IDisposable
{
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Returns when what was written survives the end of the machine.</summary>
    void Sync();
}

/// <summary>
/// Writes outcomes on a thread of its own, many with one sync, and lets go of each only when it is safe. The order of calls is
/// the order of everything: an outcome that was recorded before it was released is on the disk when it is seen.
/// </summary>
/// <remarks>
/// Syncs begin at least <see cref="CommitInterval"/> apart, unless a MiB waits: an outcome waits for at most that and two
/// syncs (the one under way, and its own). After silence it waits for its own sync alone.
/// </remarks>
internal sealed class JournalWriter
{
    public static readonly TimeSpan CommitInterval = TimeSpan.FromMilliseconds(25);
    private const int CommitBytes = 1 << 20;

    private readonly object _lock = new();
    private readonly IJournalSink _sink;
    private readonly RecordBuffer _records;
    private readonly Action<SettledBatch> _release;
    private readonly Action<Exception?> _ended;
    private readonly Action<JournalException> _failed;
    private readonly Dictionary<JournalWorker, long> _workers = [];
    private (string Name, string Host, int ProcessId, long Id)? _last;
    private List<Step> _steps = [];
    private long _waitingBytes;
    private bool _hasRecords;
    private bool _isFinished;
    private long _nextWorker;
    private long _lastCommit;

    /// <param name="sink">Where to; closed in the end.</param>
    /// <param name="mark">The journal's.</param>
    /// <param name="nextWorker">The first number that no worker has.</param>
    /// <param name="release">Takes an outcome that is safe. Called on the writer's thread, as the others.</param>
    /// <param name="ended">All is written, and the sink closed; with the error that ended the job or the journal.</param>
    /// <param name="failed">The journal cannot be written: nothing more is released.</param>
    public JournalWriter(IJournalSink sink, byte[] mark, long nextWorker, Action<SettledBatch> release, Action<Exception?> ended, Action<JournalException> failed)
    {
        (_sink, _records, _nextWorker, _release, _ended, _failed) = (sink, new(mark), nextWorker, release, ended, failed);
        new Thread(Run) { IsBackground = true, Name = "journal" }.Start();
    }

    /// <summary>Writes an outcome.</summary>
    public void Record(in SettledBatch outcome) => Add(new(StepKind.Record, outcome), outcome.Result.Length + (outcome.Failure?.Message.Length ?? 0) + 64);

    /// <summary>Gives an outcome on, when all that was recorded before this call is safe.</summary>
    public void Release(in SettledBatch settled) => Add(new(StepKind.Release, settled), 0);

    /// <summary>Nothing more comes. Only the first call counts.</summary>
    /// <param name="error">Why the job ended, or null.</param>
    /// <param name="end">Writes a last record, or null.</param>
    public void Finish(Exception? error, Action<RecordBuffer>? end)
    {
        lock (_lock)
        {
            if (_isFinished) return;
            _isFinished = true;
            _steps.Add(new(StepKind.Finish, default, error, end));
            Monitor.Pulse(_lock);
        }
    }

    private void Add(Step step, int bytes)
    {
        lock (_lock)
        {
            if (_isFinished) return;
            _steps.Add(step);
            _waitingBytes += bytes;
            // The thread is woken for the first of a batch and for a full one; in between it waits out the interval.
            var wakes = _steps.Count == 1 || (!_hasRecords && step.Kind == StepKind.Record) || (_waitingBytes >= CommitBytes && _waitingBytes - bytes < CommitBytes);
            _hasRecords |= step.Kind == StepKind.Record;
            if (wakes) Monitor.Pulse(_lock);
        }
    }

    private void Run()
    {
        var batch = new List<Step>();
        Exception? error = null;
        try
        {
            bool isLast;
            do
            {
                Take(ref batch);
                isLast = Commit(batch, out error);
            }
            while (!isLast);
        }
        catch (Exception e)
        {
            // Of any type: a file that is too large for its system is an ArgumentOutOfRangeException. Whoever waits must learn of it.
            var fault = e as JournalException ?? new JournalException(JournalFault.Storage, $"the journal could not be written: {e.Message} What was shown before is safe in it; make room and resume.", e);
            error = fault;
            lock (_lock)
            {
                _isFinished = true;
                _steps.Clear();
            }

            _failed(fault);
        }

        Close();
        _ended(error);
    }

    private void Take(ref List<Step> batch)
    {
        lock (_lock)
        {
            while (_steps.Count == 0) Monitor.Wait(_lock);
            while (_hasRecords && !_isFinished && _waitingBytes < CommitBytes)
            {
                var left = CommitInterval - TimeProvider.System.GetElapsedTime(_lastCommit);
                if (_lastCommit == 0 || left <= TimeSpan.Zero) break;
                Monitor.Wait(_lock, left + TimeSpan.FromMilliseconds(1));
            }

            batch.Clear();
            (_steps, batch) = (batch, _steps);
            (_waitingBytes, _hasRecords) = (0, false);
        }
    }

    /// <returns>True when nothing more comes.</returns>
    private bool Commit(List<Step> batch, out Exception? error)
    {
        error = null;
        _records.Clear();
        foreach (var step in batch)
        {
            if (step.Kind == StepKind.Record) JournalEntry.Write(_records, step.Settled, WorkerOf(step.Settled.Run));
            else if (step.Kind == StepKind.Finish) step.End?.Invoke(_records);
            if (_records.Length < CommitBytes) continue;
            _sink.Write(_records.Written);
            _records.Clear();
        }

        if (batch.Exists(step => step.Kind is StepKind.Record or StepKind.Finish))
        {
            _lastCommit = TimeProvider.System.GetTimestamp();
            _sink.Write(_records.Written);
            _sink.Sync();
        }

        foreach (var step in batch)
        {
            if (step.Kind == StepKind.Release) _release(step.Settled);
        }

        var last = batch[^1];
        if (last.Kind != StepKind.Finish) return false;
        error = last.Error;
        return true;
    }

    private long WorkerOf(TaskRun run)
    {
        // Results come in chunks of one worker, whose names are the same objects.
        if (_last is var (name, host, process, known) && ReferenceEquals(name, run.Worker) && ReferenceEquals(host, run.Host) && process == run.ProcessId) return known;
        var worker = new JournalWorker(run.Worker, run.Host, run.ProcessId);
        if (!_workers.TryGetValue(worker, out var id))
        {
            _workers.Add(worker, id = _nextWorker++);
            worker.Write(_records, id);
        }

        _last = (run.Worker, run.Host, run.ProcessId, id);
        return id;
    }

    private void Close()
    {
        try
        {
            _sink.Dispose();
        }
        catch (IOException)
        {
            // All that counts was synced before.
        }
    }

    private enum StepKind
    {
        Record,
        Release,
        Finish,
    }

    private readonly record struct Step(StepKind Kind, SettledBatch Settled, Exception? Error = null, Action<RecordBuffer>? End = null);
}
