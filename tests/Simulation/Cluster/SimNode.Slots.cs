using ActorCompute.Simulation.World;

namespace ActorCompute.Simulation.Cluster;

/// <content>The slots: what a chunk does in one, as <c>ChunkRun</c> and the compute actors do it.</content>
internal sealed partial class SimNode
{
    // What took longer is answered at once, as it is by a real slot.
    private static readonly TimeSpan LongTask = TimeSpan.FromMilliseconds(20);

    private void Run(JobOpening opening, long sequence)
    {
        var work = _works[opening];
        if (!work.Waiting.Remove(sequence, out var run)) throw new InvalidOperationException($"{this}: chunk {sequence} of {opening.Job} does not wait");
        work.Running.Add(sequence, run);
        run.StartedAt = Now;
        Next(work, run);
    }

    /// <summary>The next task of a chunk, or its end.</summary>
    private void Next(OpenWork work, SimRun run)
    {
        run.Current = null;
        while (run.Index < run.Chunk.Batches.Count)
        {
            var task = run.Chunk.Batches[run.Index++];
            if (work.IsCancelled || run.Cancelled.Contains(task.First) || !TakeOfBudget(task.Count)) continue;
            Begin(work, run, task);
            return;
        }

        work.Running.Remove(run.Chunk.Sequence);
        Answer(run, isComplete: true);
        // The slot says so to the node after it has answered the client.
        After(TimeSpan.Zero, () => Handle(new NodeEvent.ChunkDone(run.Opening, run.Chunk.Sequence, Now - run.StartedAt, run.Answered, _budget <= 0)));
    }

    /// <summary>As the product's TaskBudget: whole or not at all, and spent where too few are left.</summary>
    private bool TakeOfBudget(int tasks)
    {
        if (_budget is not { } left) return true;
        var isEnough = left > 0 && (left >= tasks || left == _keeper.MaxTasks);
        _budget = isEnough ? left - tasks : 0;
        return isEnough;
    }

    private void Begin(OpenWork work, SimRun run, TaskBatch task)
    {
        (run.Current, run.BeganAt, run.ToldAt, run.IsTimedOut) = (task, Now, null, false);
        var beginning = ++run.Beginning;
        var job = _cluster.JobOf(run.Job);
        var (behaviour, time) = ScriptOf(job, task);
        run.Behaviour = behaviour;
        if (behaviour is TaskBehaviour.Hangs or TaskBehaviour.HangsDeaf) return;
        After(time, () =>
        {
            if (run.Beginning != beginning || run.Current is null) return;
            if (behaviour == TaskBehaviour.Kills)
            {
                World.Note($"{this} dies of task {task.First}");
                Die();
                return;
            }

            if (!run.IsTimedOut && !run.IsUnwanted) run.Replies.Add(Reply(job, task, behaviour, time));
            else if (run.IsTimedOut) run.Replies.Add(Failed(task, time, FailureCause.TimedOut));
            EndTask(work, run, time);
        });
    }

    private (TaskBehaviour Behaviour, TimeSpan Time) ScriptOf(SimJob? job, TaskBatch task)
    {
        if (job is null) return (TaskBehaviour.Computes, TimeSpan.FromMilliseconds(1));
        var (behaviour, time) = job.Script.Of(task.PartOf ?? task.First);
        if (task.PartOf is not null)
        {
            var (begin, end) = SplitScript.StretchOf(task, time);
            return (TaskBehaviour.Computes, TimeSpan.FromTicks(end - begin) * _keeper.Slowness);
        }

        // The tasks of a pack run one after the other; what one does, the pack does.
        for (var i = 1; i < task.Count; i++)
        {
            var (other, more) = job.Script.Of(task.First + i);
            time += more;
            if (behaviour == TaskBehaviour.Computes) behaviour = other;
        }

        return (behaviour, time * _keeper.Slowness);
    }

    private static AttemptReply Reply(SimJob? job, TaskBatch task, TaskBehaviour behaviour, TimeSpan time) => behaviour switch
    {
        TaskBehaviour.Throws => Failed(task, time, FailureCause.Exception),
        TaskBehaviour.ThrowsOnce when task.Attempt == 1 || task.Count > 1 => Failed(task, time, FailureCause.Exception),
        TaskBehaviour.BadInput => Failed(task, time, FailureCause.BadInput),
        _ => new(task.First, task.Attempt, time, ResultOf(job, task), null, task.Count, task.Count),
    };

    private static byte[] ResultOf(SimJob? job, TaskBatch task)
    {
        if (task.PartOf is not { } number || job is null) return TaskScript.Result(task.First);
        var whole = job.Script.Of(number).Time;
        var (begin, end) = SplitScript.StretchOf(task, whole);
        return SplitScript.Result(number, begin, end, whole);
    }

    private static AttemptReply Failed(TaskBatch task, TimeSpan time, FailureCause cause) =>
        new(task.First, task.Attempt, time, default, new(cause, "", $"task {task.First}"), task.Count);

    private void EndTask(OpenWork work, SimRun run, TimeSpan time)
    {
        run.Current = null;
        run.Answered++;
        if (time >= LongTask && run.Index < run.Chunk.Batches.Count) Answer(run, isComplete: false);
        Next(work, run);
    }

    private void Answer(SimRun run, bool isComplete)
    {
        Tell(run.Client, new RepliesMessage(run.Job, run.Chunk.Sequence, isComplete, Unbegun: false, [.. run.Replies]));
        run.Replies.Clear();
    }

    /// <summary>The task sees it at its next safe point; one with too little left goes on.</summary>
    private void Split(OpenWork work, NodeInstruction.SplitTask split)
    {
        foreach (var run in work.Running.Values.Where(run => run.Current is { Count: 1 } task && task.First == split.Number && task.Attempt == split.Attempt && run.Behaviour == TaskBehaviour.Computes))
        {
            var (beginning, task) = (run.Beginning, run.Current!.Value);
            After(TimeSpan.FromMilliseconds(3), () =>
            {
                if (run.Beginning != beginning || run.Current is null || run.ToldAt is not null || _cluster.JobOf(run.Job) is not { } job) return;
                var whole = job.Script.Of(task.PartOf ?? task.First).Time;
                var (begin, end) = SplitScript.StretchOf(task, whole);
                var at = begin + (long)((Now - run.BeganAt) / _keeper.Slowness).Ticks;
                if (end - at < split.Pieces * TimeSpan.TicksPerMillisecond) return;
                run.Replies.Add(SplitScript.Split(task, at, split.Pieces, whole, Now - run.BeganAt));
                EndTask(work, run, Now - run.BeganAt);
            });
        }
    }

    private void CancelTasks(OpenWork work, IReadOnlyCollection<long> numbers)
    {
        foreach (var run in work.Waiting.Values.Concat(work.Running.Values))
        {
            foreach (var number in numbers.Where(number => run.Chunk.Batches.Any(task => task.First == number)))
            {
                run.Cancelled.Add(number);
                if (run.Current?.First != number) continue;
                run.IsUnwanted = true;
                TellToStop(work, run, isTimedOut: false);
            }
        }
    }

    private void CancelWork(OpenWork work)
    {
        work.IsCancelled = true;
        work.Waiting.Clear();
        foreach (var run in work.Running.Values.ToList()) TellToStop(work, run, isTimedOut: false);
    }

    /// <summary>The task's token is set: one that looks at it ends soon.</summary>
    private void TellToStop(OpenWork work, SimRun run, bool isTimedOut)
    {
        if (run.ToldAt is not null || run.Current is not { } task) return;
        (run.ToldAt, run.IsTimedOut) = (Now, isTimedOut);
        if (run.Behaviour == TaskBehaviour.HangsDeaf) return;
        var beginning = run.Beginning;
        After(TimeSpan.FromMilliseconds(1), () =>
        {
            if (run.Beginning != beginning || run.Current is null) return;
            if (isTimedOut) run.Replies.Add(Failed(task, Now - run.BeganAt, FailureCause.TimedOut));
            run.IsUnwanted = false;
            EndTask(work, run, Now - run.BeganAt);
        });
    }

    private List<StuckRun> LookForStuck()
    {
        var stuck = new List<StuckRun>();
        foreach (var work in _works.Values)
        {
            foreach (var run in work.Running.Values.ToList())
            {
                if (run.Current is not { } task) continue;
                if (run.ToldAt is { } told)
                {
                    if (Now - told > work.Terms.Grace) stuck.Add(new(run.Opening, run.Chunk.Sequence, task.First, Now - run.BeganAt, run.IsTimedOut));
                }
                else if (Now - run.BeganAt > work.Terms.Timeout)
                {
                    TellToStop(work, run, isTimedOut: true);
                }
            }
        }

        return stuck;
    }

    private void AnswerTimedOut(StuckRun stuck)
    {
        if (!_works.TryGetValue(stuck.Opening, out var work) || !work.Running.TryGetValue(stuck.Sequence, out var run) || run.Current is not { } task) return;
        Tell(run.Client, new RepliesMessage(run.Job, stuck.Sequence, Complete: false, Unbegun: false, [Failed(task, stuck.Elapsed, FailureCause.TimedOut)]));
    }

    private sealed class OpenWork(JobTerms terms)
    {
        public JobTerms Terms { get; } = terms;

        public Dictionary<long, SimRun> Waiting { get; } = [];

        public Dictionary<long, SimRun> Running { get; } = [];

        public bool IsCancelled { get; set; }
    }

    private sealed class SimRun(JobRef client, JobOpening opening, ChunkMessage chunk)
    {
        public JobRef Client { get; } = client;

        public JobOpening Opening { get; } = opening;

        public ChunkMessage Chunk { get; } = chunk;

        public JobId Job => Chunk.Job;

        public List<AttemptReply> Replies { get; } = [];

        public HashSet<long> Cancelled { get; } = [];

        public int Index { get; set; }

        public int Answered { get; set; }

        public TimeSpan StartedAt { get; set; }

        /// <summary>The task that runs; null between tasks.</summary>
        public TaskBatch? Current { get; set; }

        public TaskBehaviour Behaviour { get; set; }

        public int Beginning { get; set; }

        public TimeSpan BeganAt { get; set; }

        public TimeSpan? ToldAt { get; set; }

        public bool IsTimedOut { get; set; }

        public bool IsUnwanted { get; set; }
    }
}
