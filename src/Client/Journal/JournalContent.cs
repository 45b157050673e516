namespace ActorCompute.Client.Journal;

/// <summary>What a journal holds: read once from front to back; results stay in the file.</summary>
internal sealed class JournalContent
{
    // A job that ran for a year on workers that died every minute has half a million.
    private const int MostWorkers = 1 << 22;

    private readonly Dictionary<long, JournalWorker> _workers = [];
    private readonly List<DamagedRange> _accepted = [];
    private readonly JournalReader _reader;

    private JournalContent(JournalReader reader) => _reader = reader;

    public JournalHeader Header { get; private set; } = null!;

    public byte[] Mark => _reader.Mark;

    /// <summary>Tasks with a result.</summary>
    public DoneSet Done { get; } = new();

    /// <summary>Tasks that failed and have no result.</summary>
    public DoneSet Failed { get; } = new();

    public ResultIndex Index { get; } = new();

    public IReadOnlyDictionary<long, JournalWorker> Workers => _workers;

    /// <summary>The first number that no worker has.</summary>
    public long NextWorker { get; private set; }

    /// <summary>How many tasks there are, known when the plan was drawn to its end or knew before.</summary>
    public long? Total { get; private set; }

    /// <summary>Damage that was not accepted yet.</summary>
    public IReadOnlyList<DamagedRange> Damage { get; private set; } = [];

    /// <summary>Where the next record is to be written.</summary>
    public long End => _reader.Position;

    public long TornBytes => _reader.TornBytes;

    /// <summary>Every task has a result.</summary>
    public bool IsComplete { get; private set; }

    /// <exception cref="JournalException">It is no journal, or the record of its job is damaged.</exception>
    public static JournalContent Read(Stream stream, CancellationToken cancellation = default)
    {
        var content = new JournalContent(new(stream));
        content.ReadHeader();
        while (content._reader.TryRead(out var record))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!content.Take(record)) content._reader.Reject(record);
        }

        content.Damage = [.. content._reader.Damage.Except(content._accepted)];
        content.IsComplete = content.Done.Count == content.Total;
        return content;
    }

    /// <summary>The job alone, without reading on.</summary>
    /// <exception cref="JournalException">It is no journal, or the record of its job is damaged.</exception>
    public static JournalHeader ReadHeader(Stream stream)
    {
        var content = new JournalContent(new(stream));
        content.ReadHeader();
        return content.Header;
    }

    private void ReadHeader()
    {
        Header = _reader.TryRead(out var record) && record is { Offset: JournalFormat.FileHeadLength, Type: RecordType.Header } && JournalHeader.Read(record.Payload.Span) is { } header
            ? header
            : throw new JournalException(JournalFault.Damaged, $"the record of its job (offset {JournalFormat.FileHeadLength}) is damaged, so nothing of it can be used. Begin the job anew.");
        Total = Header.Count;
    }

    /// <returns>False when the record cannot be what it says.</returns>
    private bool Take(in JournalRecord record)
    {
        switch (record.Type)
        {
            case RecordType.Result:
                if (!JournalEntry.TryRead(record, out var entry, out _)) return false;
                NextWorker = Math.Max(NextWorker, entry.Worker + 1);
                // A task that is there twice: the first counts.
                if (Done.Add(entry.Number)) Index.Add(entry.Number, record);
                Failed.Remove(entry.Number);
                return true;
            case RecordType.Failure:
                if (!JournalEntry.TryRead(record, out var failed, out _)) return false;
                if (!Done.Contains(failed.Number)) Failed.Add(failed.Number);
                return true;
            case RecordType.Worker:
                if (!JournalWorker.TryRead(record, out var id, out var worker) || _workers.Count >= MostWorkers) return false;
                _workers.TryAdd(id, worker);
                NextWorker = Math.Max(NextWorker, id + 1);
                return true;
            case RecordType.End:
                if (!TryReadPair(record, out var total, out _) || total >= JournalFormat.NumberLimit || total <= Math.Max(Done.Largest, Failed.Largest)) return false;
                Total = total;
                return true;
            case RecordType.Skip:
                if (!TryReadPair(record, out var from, out var to)) return false;
                _accepted.Add(new(from, to));
                return true;
            default:
                // A second header, or a type that this version does not know.
                return false;
        }
    }

    private static bool TryReadPair(in JournalRecord record, out long first, out long second)
    {
        try
        {
            var fields = new FieldReader(record.Payload.Span);
            (first, second) = (fields.NaturalNumber(), fields.NaturalNumber());
            return true;
        }
        catch (FormatException)
        {
            (first, second) = (0, 0);
            return false;
        }
    }
}
