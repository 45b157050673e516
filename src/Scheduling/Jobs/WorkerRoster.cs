namespace ActorCompute.Scheduling;

/// <summary>The workers as one job knows them: seen, asked to open the job, open, refusing, or with too little of what its tasks need. Pure.</summary>
/// <param name="needs">What each task needs of its worker's resources.</param>
internal sealed class WorkerRoster(Resources needs)
{
    // A worker whose process dies so often while it opens the job is asked no more. What opens is users' code too: an initializer.
    private const int MostDeaths = 3;

    private readonly Dictionary<WorkerLife, Entry> _workers = [];

    // Of those the latest incarnation of each worker.
    private readonly Dictionary<WorkerId, WorkerLife> _latest = [];
    private long _updates;

    // What is known of a worker over its incarnations.
    private readonly Dictionary<WorkerId, History> _histories = [];

    // Of a job with needs: who has enough, and has not refused. While one is away it is waited for, unless another refuses.
    private readonly HashSet<WorkerId> _able = [];

    /// <summary>Every worker that may hold something of this job.</summary>
    public IEnumerable<SeenWorker> Known => _workers.Values.Where(entry => entry.Standing is not (Standing.Seen or Standing.TooSmall)).Select(entry => entry.Worker);

    /// <summary>When every worker refuses, or has too little: why, each reason once.</summary>
    public string? NobodyWill
    {
        get
        {
            if (_workers.Count == 0 || _workers.Values.Any(entry => entry.Standing is not (Standing.Refusing or Standing.TooSmall))) return null;
            var reasons = _workers.Values.Where(entry => entry.Standing is Standing.Refusing).Select(entry => entry.Reason).Distinct().ToList();
            if (reasons.Count == 0 && _able.Count > 0) return null;
            var small = _workers.Values.Where(entry => entry.Standing is Standing.TooSmall).Select(entry => entry.Worker).ToList();
            if (small.Count > 0) reasons.Add(Shortage.Describe(needs, small));
            return string.Join("; ", reasons);
        }
    }

    /// <summary>It was seen and not lost since.</summary>
    public bool Knows(WorkerLife life) => _workers.ContainsKey(life);

    public SeenWorker WorkerOf(WorkerLife life) => _workers[life].Worker;

    /// <summary>
    /// Takes in the registry's view. A worker that is missing there is not lost by that (the seed may have been started
    /// again): its lease decides, if the job is open there. A later incarnation does end the one before.
    /// </summary>
    /// <returns>The incarnations that were replaced.</returns>
    public List<WorkerLife> Update(IReadOnlyList<SeenWorker> view)
    {
        var replaced = new List<WorkerLife>();
        _updates++;
        foreach (var worker in view)
        {
            if (!_workers.TryGetValue(worker.Life, out var entry))
            {
                if (_latest.TryGetValue(worker.Life.Worker, out var known))
                {
                    // A late view: the one that it tells of has ended.
                    if (known.Incarnation > worker.Life.Incarnation) continue;
                    replaced.Add(known);
                }

                _workers.Add(worker.Life, entry = NewEntry(worker));
                _latest[worker.Life.Worker] = worker.Life;
            }

            entry.SeenIn = _updates;
        }

        foreach (var (life, entry) in _workers)
        {
            if (entry.Standing is not Standing.Open && entry.SeenIn != _updates) Lost(life);
        }

        return replaced;
    }

    /// <summary>Workers to send an opening to: those seen, and those that have not answered yet.</summary>
    public IEnumerable<SeenWorker> ToOpen()
    {
        foreach (var entry in _workers.Values)
        {
            if (entry.Standing is not (Standing.Seen or Standing.Asked)) continue;
            entry.Standing = Standing.Asked;
            HistoryOf(entry.Worker.Life).Asked = entry.Worker.Life.Incarnation;
            yield return entry.Worker;
        }
    }

    public SeenWorker Opened(WorkerLife life)
    {
        _workers[life].Standing = Standing.Open;
        _histories.Remove(life.Worker);
        return _workers[life].Worker;
    }

    /// <summary>It does not open the job. Nor will its next incarnations, which are the same program with the same settings.</summary>
    public void Refused(WorkerLife life, string reason)
    {
        (_workers[life].Standing, _workers[life].Reason) = (Standing.Refusing, reason);
        _able.Remove(life.Worker);
        (HistoryOf(life).Asked, HistoryOf(life).Refusal) = (0, reason);
    }

    /// <summary>It will end on purpose, whatever it was asked: that is no death.</summary>
    public void Leaving(WorkerLife life)
    {
        if (!_workers.TryGetValue(life, out var entry) || entry.Standing is not Standing.Asked) return;
        entry.Standing = Standing.Leaving;
        HistoryOf(life).Asked = 0;
    }

    /// <summary>The worker is lost. It may be asked again when it turns out to be alive: it is seen anew with the next view.</summary>
    public SeenWorker? Lost(WorkerLife life)
    {
        if (!_workers.Remove(life, out var entry)) return null;
        if (_latest.GetValueOrDefault(life.Worker) == life) _latest.Remove(life.Worker);
        return entry.Worker;
    }

    private Entry NewEntry(SeenWorker worker)
    {
        var entry = new Entry(worker);
        if (!worker.Has.Covers(needs))
        {
            entry.Standing = Standing.TooSmall;
            // It may have had more before it was started again.
            _able.Remove(worker.Life.Worker);
            return entry;
        }

        if (!needs.IsEmpty) _able.Add(worker.Life.Worker);
        if (!_histories.TryGetValue(worker.Life.Worker, out var history)) return entry;
        if (history.Asked != 0 && history.Asked < worker.Life.Incarnation)
        {
            (history.Asked, history.Deaths) = (0, history.Deaths + 1);
            if (history.Deaths >= MostDeaths) history.Refusal ??= $"its process died {MostDeaths} times while it opened the job{(worker.PreviousEnd.Length > 0 ? $"; the last one {worker.PreviousEnd}" : "")}";
        }

        if (history.Refusal is { } reason)
        {
            (entry.Standing, entry.Reason) = (Standing.Refusing, reason);
            _able.Remove(worker.Life.Worker);
        }

        return entry;
    }

    private History HistoryOf(WorkerLife life)
    {
        if (!_histories.TryGetValue(life.Worker, out var history)) _histories.Add(life.Worker, history = new());
        return history;
    }

    private enum Standing
    {
        Seen,
        Asked,
        Open,
        Refusing,
        TooSmall,
        Leaving,
    }

    private sealed class Entry(SeenWorker worker)
    {
        public SeenWorker Worker { get; } = worker;

        public Standing Standing { get; set; }

        /// <summary>The last view that it was in, by its number.</summary>
        public long SeenIn { get; set; }

        public string Reason { get; set; } = "";
    }

    private sealed class History
    {
        /// <summary>The incarnation that was asked and has not answered; 0 for none.</summary>
        public long Asked { get; set; }

        /// <summary>Incarnations in a row that ended without an answer.</summary>
        public int Deaths { get; set; }

        /// <summary>Why it will not open the job.</summary>
        public string? Refusal { get; set; }
    }
}
