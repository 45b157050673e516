using ActorCompute.Client.Journal;

namespace ActorCompute;

/// <summary>
/// A job's record on disk, in a folder of its own: what it is, and every finished task. A job that is started with it
/// (<see cref="JobOptions.Journal"/>) reports an outcome only when that is safe; the same job with the same folder, later and in
/// another process, runs only what is missing and reports all. See docs/journal.md for what is promised.
/// </summary>
/// <remarks>It is the job's from its start on, and closed at its end; one that was never started is to be disposed.</remarks>
internal sealed class JobJournal : IDisposable
{
    private readonly string _folder;
    // Null for one that is only read.
    private FileStream? _lock;
    private readonly JournalContent _content;
    private readonly JournalledPlan _plan;
    private readonly List<string> _notes = [];
    private readonly bool _salvages;
    private JournalWriter? _writer;
    private long _settled;
    private long _failed;

    private JobJournal(string folder, FileStream? held, JournalContent content, bool salvages)
    {
        (_folder, _lock, _content, _salvages) = (folder, held, content, salvages);
        _plan = new(content, () => JournalFile.OpenToRead(folder));
        if (content.TornBytes > 0) _notes.Add($"{JournalFile.PathOf(folder)}: the last {content.TornBytes} bytes are no whole record, as a crash leaves them; they are dropped, and what they held is run again.");
        foreach (var (from, to) in content.Damage) _notes.Add($"{JournalFile.PathOf(folder)}: {to - from} bytes at offset {from} are damaged; what they held is run again.");
    }

    /// <summary>Every task has a result: <see cref="RunningJob.Replay"/> gives them without a cluster.</summary>
    public bool IsComplete => _content.IsComplete;

    /// <summary>Tasks that have a result.</summary>
    public long Done => _content.Done.Count;

    /// <summary>What a person should know of it: a tail that was dropped, damage that was left out.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Begins a journal.</summary>
    /// <param name="folder">A folder without one; it is made if need be.</param>
    /// <param name="job">The job.</param>
    /// <param name="plan">Its plan, which is not drawn here.</param>
    /// <param name="settings">What <see cref="JournalReport.Settings"/> is to give back.</param>
    /// <exception cref="JournalException">There is one in the folder, or it cannot be written there.</exception>
    public static JobJournal Create(string folder, Job job, JobPlan<ReadOnlyMemory<byte>> plan, IReadOnlyDictionary<string, string>? settings = null) => Guard(folder, () =>
    {
        MakeFolder(folder);
        if (File.Exists(JournalFile.PathOf(folder))) throw Exists(folder);
        var mark = JournalFormat.NewMark();
        var header = new RecordBuffer(mark);
        header.Begin(RecordType.Header).Rest(JournalHeader.Of(job, plan, TimeProvider.System.GetUtcNow(), settings ?? new Dictionary<string, string>()).ToBytes());
        header.End();
        if (header.Length > JournalFormat.LargestPayload) throw new JournalException(JournalFault.Storage, $"{folder}: the job's parameters take {header.Length} bytes, too much for a journal; put them into a file.");
        var held = NewFile(folder, JournalFormat.FileHead(mark), header.Written);
        try
        {
            return Open(folder, held, salvage: false);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    });

    private static void MakeFolder(string folder)
    {
        JournalFile.CheckName(folder);
        if (File.Exists(folder)) throw new JournalException(JournalFault.BadFolder, $"{folder}: is a file; name a folder, which is made for the journal.");
        try
        {
            DurableFolder.Create(folder);
        }
        catch (Exception e) when (FileProblem.IsOne(e))
        {
            throw new JournalException(JournalFault.BadFolder, $"{folder}: no folder can be made there: {e.Message}", e);
        }
    }

    private static FileStream NewFile(string folder, ReadOnlySpan<byte> head, ReadOnlySpan<byte> record)
    {
        try
        {
            return JournalFile.Create(folder, head, record);
        }
        catch (IOException e) when (File.Exists(JournalFile.PathOf(folder)))
        {
            // Another process was quicker.
            throw Exists(folder, e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException || (e is IOException && Directory.Exists(folder) && !CanMakeFiles(folder)))
        {
            throw new JournalException(JournalFault.BadFolder, $"{folder}: nothing can be written there: {e.Message}", e);
        }
    }

    // A full disk still takes an empty file; a read-only one does not.
    private static bool CanMakeFiles(string folder)
    {
        try
        {
            using var file = new FileStream(Path.Combine(folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static JournalException Exists(string folder, Exception? inner = null) =>
        new(JournalFault.Exists, $"{folder}: there is a journal in it already; 'actorcompute resume {folder}' goes on with its job. Name another folder for a new one.", inner);

    /// <summary>Goes on with the journal of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="job">The same job.</param>
    /// <param name="plan">Its plan, which must give the same tasks.</param>
    /// <param name="salvage">Leave out what is damaged in the middle instead of refusing.</param>
    /// <exception cref="JournalException">There is none, it is in use, damaged or of another job, or an input has changed.</exception>
    public static JobJournal Resume(string folder, Job job, JobPlan<ReadOnlyMemory<byte>> plan, bool salvage = false) => Guard(folder, () =>
    {
        JournalFile.CheckName(folder);
        if (!File.Exists(JournalFile.PathOf(folder))) throw new JournalException(JournalFault.Missing, $"{folder}: there is no journal in it ({JournalFile.Name}).");
        var held = LockOrRead(folder);
        try
        {
            var journal = Open(folder, held, salvage);
            journal._content.Header.CheckJob(job, plan);
            // Nothing is written to a finished one: others may read it at the same time.
            if (journal.IsComplete) journal.Unlock();
            return journal;
        }
        catch
        {
            held?.Dispose();
            throw;
        }
    });

    // A finished journal needs no lock, and may be where nothing can be written.
    private static FileStream? LockOrRead(string folder)
    {
        try
        {
            return JournalFile.Lock(folder);
        }
        catch (JournalException e) when (e.Fault == JournalFault.Storage)
        {
            using var stream = JournalFile.OpenToRead(folder);
            if (!JournalContent.Read(stream).IsComplete) throw;
            return null;
        }
    }

    /// <summary>Goes on with the journal of a folder, or begins one there.</summary>
    /// <exception cref="JournalException">As <see cref="Create"/> and <see cref="Resume"/>.</exception>
    public static JobJournal Open(string folder, Job job, JobPlan<ReadOnlyMemory<byte>> plan) =>
        File.Exists(JournalFile.PathOf(folder)) ? Resume(folder, job, plan) : Create(folder, job, plan);

    /// <summary>Lets go of a journal whose job was never started; harmless afterwards.</summary>
    public void Dispose()
    {
        if (_writer is null) Unlock();
    }

    /// <summary>The file of the journal in a folder.</summary>
    public static string FileIn(string folder) => JournalFile.PathOf(folder);

    /// <summary>
    /// The results that the journal holds, in plan order, for a run that ended before it came to all of them.
    /// </summary>
    /// <param name="plan">The job's plan, drawn anew.</param>
    /// <param name="from">The first number.</param>
    /// <exception cref="JournalException">The plan is another than the journal's, or the file cannot be read.</exception>
    public IEnumerable<TaskOutcome> ResultsFrom(JobPlan<ReadOnlyMemory<byte>> plan, long from)
    {
        if (_content.Done.Largest < from) yield break;
        foreach (var task in new JournalledPlan(_content, () => JournalFile.OpenToRead(_folder)).Tasks(plan.Tasks))
        {
            if (task.First >= from && task.State is JournalledOutcome known) yield return known.Of(task).ToOutcome();
            if (task.First >= _content.Done.Largest) yield break;
        }
    }

    private void Unlock()
    {
        _lock?.Dispose();
        _lock = null;
    }

    /// <summary>The plan, each task that has a result together with it.</summary>
    internal IEnumerable<TaskBatch> Tasks(JobPlan<ReadOnlyMemory<byte>> plan) => _plan.Tasks(plan.Tasks);

    /// <summary>Begins to write; from here on the writer's thread gives outcomes on.</summary>
    internal void Start(Action<SettledBatch> release, Action<Exception?> ended, Action<JournalException> failed)
    {
        if (_writer is not null) throw new InvalidOperationException("a journal is for one run of one job.");
        var sink = Guard(_folder, () => JournalFile.Append(_folder, _content.End, _lock ??= JournalFile.Lock(_folder)));
        if (_salvages && _content.Damage.Count > 0)
        {
            var skips = new RecordBuffer(_content.Mark);
            foreach (var (from, to) in _content.Damage) skips.AddPair(RecordType.Skip, from, to);

            Guard(_folder, () =>
            {
                sink.Write(skips.Written);
                sink.Sync();
                return sink;
            });
        }

        _writer = new(sink, _content.Mark, _content.NextWorker, release, ended, failed);
    }

    /// <summary>Writes the outcome of a task that ran. The calls come from one thread at a time.</summary>
    internal void Record(in SettledBatch outcome)
    {
        // Cancelled is no outcome that is worth keeping: the task has not run.
        if (outcome.Failure?.Cause == FailureCause.Cancelled) return;
        _settled++;
        if (outcome.Failure is not null) _failed++;
        _writer!.Record(outcome);
    }

    internal void Release(in SettledBatch settled) => _writer!.Release(settled);

    internal void Finish(Exception? error)
    {
        var total = _plan.Total;
        var isWhole = error is null && total == _content.Done.Count + _settled;
        var failed = _failed;
        _writer!.Finish(error, isWhole ? records => records.AddPair(RecordType.End, total!.Value, failed) : null);
    }

    private static JobJournal Open(string folder, FileStream? held, bool salvage)
    {
        using var stream = JournalFile.OpenToRead(folder);
        var content = JournalContent.Read(stream);
        if (content.Damage is [var first, ..] && !salvage)
        {
            throw new JournalException(JournalFault.Damaged, $"{content.Damage.Sum(range => range.To - range.From)} bytes are damaged, the first at offset {first.From}, with good records behind them. With --salvage the job goes on without them, and what they held is run again.");
        }

        return new(folder, held, content, salvage);
    }

    private static T Guard<T>(string folder, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (JournalException e) when (!e.Message.StartsWith(folder, StringComparison.Ordinal) && e.Fault != JournalFault.InputChanged)
        {
            throw new JournalException(e.Fault, $"{JournalFile.PathOf(folder)}: {e.Message}", e);
        }
        catch (Exception e) when (FileProblem.IsOne(e))
        {
            throw new JournalException(JournalFault.Storage, $"{folder}: {e.Message}", e);
        }
    }
}
