namespace ActorCompute.Scheduling;

/// <summary>
/// What a client knows of its cluster: it attaches to several registries and brings what they say together, by worker and
/// incarnation. Pure: events go in, instructions come out.
/// </summary>
/// <remarks>
/// <para>The highest incarnation known of a worker counts, whichever registry says it; an earlier one never comes back.</para>
/// <para>A worker is taken out when every registry that answers lacks it, or when its keeper says that it ended. A registry that
/// is silent, or never answered, takes nothing away.</para>
/// </remarks>
/// <typeparam name="TWorker">A worker, as views describe it; compared by its value.</typeparam>
/// <param name="lifeOf">Which incarnation of which worker it is.</param>
internal sealed class AttachCore<TWorker>(Func<TWorker, WorkerLife> lifeOf)
    where TWorker : class
{
    /// <summary>How often a client says that it is there.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Sooner while unanswered: the seed may just be starting.</summary>
    public static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>What a process sent before it ended is in this machine's sockets by then; it is read within this.</summary>
    public static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(250);

    /// <summary>A registry that was heard within this answers: three tries in a row may go astray.</summary>
    public static readonly TimeSpan RegistrySilence = 3 * Interval;

    // Sorted, so that the order of arrival does not matter: when two describe one incarnation differently, the first name wins.
    private readonly SortedDictionary<string, View> _views = new(StringComparer.Ordinal);
    private readonly SortedDictionary<WorkerId, TWorker> _merged = [];

    // The highest incarnation ever seen; anything below is stale. Kept for workers that left too.
    private readonly Dictionary<WorkerId, long> _highest = [];
    private readonly Dictionary<WorkerId, long> _ended = [];
    private readonly Dictionary<WorkerLife, string> _lastWords = [];
    private bool _attached;

    /// <summary>The workers, by id.</summary>
    public IReadOnlyList<TWorker> Workers { get; private set; } = [];

    /// <summary>Takes in what happened.</summary>
    /// <returns>What to do about it.</returns>
    public IReadOnlyList<AttachInstruction<TWorker>> Handle(AttachEvent<TWorker> happened) => happened switch
    {
        AttachEvent<TWorker>.AttachDue due => OnDue(due.At),
        AttachEvent<TWorker>.ViewArrived view => OnView(view),
        AttachEvent<TWorker>.WorkerEnded ended => OnEnded(ended),
        AttachEvent<TWorker>.LastWordsOver over => OnLastWords(over.Life),
        _ => throw new ArgumentException($"nobody knows {happened}.", nameof(happened)),
    };

    private List<AttachInstruction<TWorker>> OnDue(TimeSpan at)
    {
        List<AttachInstruction<TWorker>> todo =
        [
            new AttachInstruction<TWorker>.Attach(),
            new AttachInstruction<TWorker>.AttachAgain(_attached ? Interval : FirstInterval),
        ];
        // A registry may have fallen silent that alone knew a worker.
        Merge(at, todo);
        return todo;
    }

    private List<AttachInstruction<TWorker>> OnView(AttachEvent<TWorker>.ViewArrived view)
    {
        var workers = new Dictionary<WorkerId, TWorker>();
        foreach (var worker in view.Workers)
        {
            var life = lifeOf(worker);
            if (workers.TryGetValue(life.Worker, out var other) && lifeOf(other).Incarnation >= life.Incarnation) continue;
            workers[life.Worker] = worker;
        }

        _views[view.Registry] = new(workers, view.At);
        List<AttachInstruction<TWorker>> todo = [];
        Merge(view.At, todo);
        if (!_attached) todo.Add(new AttachInstruction<TWorker>.Attached());
        _attached = true;
        return todo;
    }

    private AttachInstruction<TWorker>[] OnEnded(AttachEvent<TWorker>.WorkerEnded ended)
    {
        var (worker, incarnation) = ended.Life;
        _ended[worker] = Math.Max(incarnation, _ended.GetValueOrDefault(worker));
        _lastWords[ended.Life] = ended.End;
        return [new AttachInstruction<TWorker>.AwaitLastWords(ended.Life, LastWords)];
    }

    private AttachInstruction<TWorker>[] OnLastWords(WorkerLife life)
    {
        if (!_lastWords.Remove(life, out var end)) return [];
        // Who is told of the end takes it out by that.
        if (_merged.TryGetValue(life.Worker, out var known) && lifeOf(known) == life)
        {
            _merged.Remove(life.Worker);
            Workers = [.. _merged.Values];
        }

        return [new AttachInstruction<TWorker>.TellEnd(life, end)];
    }

    private void Merge(TimeSpan now, List<AttachInstruction<TWorker>> todo)
    {
        var answering = _views.Values.Where(view => now - view.HeardAt <= RegistrySilence).ToList();
        if (answering.Count == 0) return;
        foreach (var worker in _merged.Keys.Where(worker => !answering.Exists(view => view.Workers.ContainsKey(worker))).ToList()) _merged.Remove(worker);
        // From the last to the first, so that of equals the first stays.
        foreach (var (worker, told) in answering.AsEnumerable().Reverse().SelectMany(view => view.Workers)) Take(worker, told);
        if (Workers.SequenceEqual(_merged.Values)) return;
        Workers = [.. _merged.Values];
        todo.Add(new AttachInstruction<TWorker>.Publish(Workers));
    }

    private void Take(WorkerId worker, TWorker told)
    {
        var life = lifeOf(told);
        if (life.Incarnation < _highest.GetValueOrDefault(worker)) return;
        // Known to have ended: it stays until its last words were read, and does not come back.
        if (_ended.TryGetValue(worker, out var ended) && life.Incarnation <= ended) return;
        _highest[worker] = life.Incarnation;
        _merged[worker] = told;
    }

    /// <summary>What one registry said last.</summary>
    private sealed record View(Dictionary<WorkerId, TWorker> Workers, TimeSpan HeardAt);
}
