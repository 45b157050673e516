using System.Text;

namespace ActorCompute.Scheduling.Tests.Ledger;

/// <summary>
/// Workers that run, die, fall silent, and a network that loses and repeats messages, around one ledger. Knows what each
/// task must come to, and checks after every step that nothing was reported twice or sent beyond a window.
/// </summary>
internal sealed class LedgerWorld
{
    public const int WorkerCount = 3;
    public const int Window = 3;
    public const int MaxWorkerDeaths = 3;
    public const int MaxRetries = 2;

    private const int MostTasks = 60;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    private readonly GatherLedger _ledger = new(new() { Lease = Lease, MaxWorkerDeaths = MaxWorkerDeaths, Retry = new() { MaxRetries = MaxRetries, Delay = TimeSpan.FromSeconds(1) } }, new());
    private readonly ModelWorker[] _workers = [.. Enumerable.Range(0, WorkerCount).Select(index => new ModelWorker(index))];
    private readonly Dictionary<long, SettledBatch> _outcomes = [];
    private readonly Dictionary<long, int> _losses = [];
    private readonly HashSet<long> _cancelled = [];
    private readonly HashSet<long> _packed = [];
    private readonly Queue<LedgerInstruction.Merge> _merges = new();
    private TimeSpan _now;
    private long _added;

    public void Take(Step step)
    {
        var worker = _workers[step.Worker];
        switch (step.Move)
        {
            case Move.AddTasks:
                for (var i = 0; i < step.Size && _added < MostTasks; i++) _ledger.Add(new(_added, LedgerHarness.Payload(_added++)));
                break;
            case Move.AddPack when _added < MostTasks:
                _ledger.Add(new(_added, LedgerHarness.Payload(_added), new NumberedPack(_added, step.Size), step.Size));
                _added += step.Size;
                break;
            case Move.AddPack:
                break;
            case Move.OpenJob:
                Open(worker);
                break;
            case Move.SendChunk:
                Send(worker, step.Size);
                break;
            case Move.ChunkArrives:
                if (worker.OnTheWay.TryDequeue(out var chunk)) worker.Receive(chunk);
                break;
            case Move.ChunkIsLost:
                worker.OnTheWay.TryDequeue(out _);
                break;
            case Move.Work:
                worker.Work(step.Size);
                break;
            case Move.AnswerArrives:
                if (worker.Answers.TryDequeue(out var answer)) Arrive(answer);
                break;
            case Move.AnswerIsLost:
                worker.Answers.TryDequeue(out _);
                break;
            case Move.AnswerArrivesTwice:
                if (worker.Answers.TryPeek(out var repeated)) Arrive(repeated);
                break;
            case Move.ReportArrives:
                if (worker.IsAlive) Handle(new LedgerEvent.ReportArrived(worker.Life, worker.LastSequence, worker.Held, _now));
                break;
            case Move.WorkerDies:
                Die(worker);
                break;
            case Move.WorkerLeaves:
                if (!worker.IsAlive) break;
                worker.Leave();
                Handle(new LedgerEvent.WorkerLeaving(worker.Life, worker.Held, _now));
                break;
            case Move.ChunkIsRecalled:
                if (_ledger.Recall() is { } recall) _workers.Single(candidate => candidate.Life == recall.Life).GiveBack(recall.Sequence);
                break;
            case Move.TaskIsCopied:
                if (_ledger.Copy(TimeSpan.FromSeconds(1), _now) is { } copy) OnItsWay(_workers.Single(candidate => candidate.Life == copy.Send.Life), copy.Send);
                break;
            case Move.SplitIsAsked:
                // Those that ask for two are lost on the way.
                if (_ledger.AskToSplit(_now) is { Pieces: > 2 } split) _workers.Single(candidate => candidate.Life == split.Life).Wanted[(split.Number, split.Attempt)] = split.Pieces;
                break;
            case Move.PiecesAreMerged:
                MergeNext();
                break;
            case Move.CancelTask when _added > 0:
                var number = step.Size * 7 % _added;
                if (!_outcomes.ContainsKey(number)) _cancelled.Add(number);
                Handle(new LedgerEvent.TaskCancelled(number, "cancelled"));
                break;
            case Move.CancelTask:
                break;
            case Move.TimePasses:
                _now += TimeSpan.FromSeconds(step.Size);
                Handle(new LedgerEvent.TimePassed(_now));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step, "not a move");
        }

        Check();
    }

    /// <summary>Workers live on and no message is lost from here: every task must come to its outcome.</summary>
    public void RunToTheEnd()
    {
        // Silent losses show after two reports or a lease; isolated tasks go one by one.
        for (var round = 0; !_ledger.IsSettled; round++)
        {
            Assert.True(round < 20 + (2 * MostTasks), $"round {round}: {_ledger.Waiting} wait, {_ledger.InFlight} in flight, {_ledger.Isolated} isolated, {_ledger.Delayed} delayed");
            foreach (var worker in _workers)
            {
                Open(worker);
                while (Send(worker, 4))
                {
                }

                while (worker.OnTheWay.TryDequeue(out var chunk)) worker.Receive(chunk);
                while (worker.Work(int.MaxValue))
                {
                }

                while (worker.Answers.TryDequeue(out var answer)) Arrive(answer);
                Handle(new LedgerEvent.ReportArrived(worker.Life, worker.LastSequence, worker.Held, _now));
                if (worker.IsLeaving) Die(worker);
                while (MergeNext())
                {
                }

                Check();
            }

            _now += TimeSpan.FromSeconds(1);
            Handle(new LedgerEvent.TimePassed(_now));
        }

        Assert.Equal(_added, _outcomes.Count);
        Assert.Equal(_added, _ledger.Reported);
        Assert.Equal(_outcomes.Values.Count(outcome => outcome.Failure is not null), _ledger.Failed);
        foreach (var (number, outcome) in _outcomes)
        {
            // What became of each task of a pack stands in its result, which was looked at when it came.
            if (!_packed.Contains(number)) CheckOutcome(outcome);
        }
    }

    private bool MergeNext()
    {
        if (!_merges.TryDequeue(out var merge)) return false;
        Handle(new LedgerEvent.Merged(merge.Number, SplitModel.Merge(merge.Results), null));
        return true;
    }

    /// <summary>A task of this number answers with an error each time.</summary>
    public static bool IsFailing(long number) => number % 7 == 3;

    /// <summary>A task of this number answers with an error at its first try.</summary>
    public static bool IsFlaky(long number) => number % 7 == 5;

    private void Die(ModelWorker worker)
    {
        if (!worker.IsAlive) return;
        // Who leaves on purpose kills nobody.
        if (!worker.IsLeaving) CountLoss(worker);
        worker.Die();
        Handle(new LedgerEvent.WorkerLost(worker.Life, "died", _now));
    }

    private void Open(ModelWorker worker)
    {
        if (worker.IsLeaving) return;
        if (!worker.IsAlive)
        {
            var last = worker.Life;
            worker.Start();
            Handle(new LedgerEvent.WorkerExplained(last, "exited with status 139"));
        }

        Handle(new LedgerEvent.WorkerOpened(new(worker.Life, worker.Slots, Window, $"{worker.Life}", "host", 1) { Splits = true }, _now));
    }

    private bool Send(ModelWorker worker, int size)
    {
        var known = _ledger.Workers.FirstOrDefault(candidate => candidate.Life == worker.Life);
        if (known is null || known.Chunks.Count >= Window) return false;
        if (_ledger.Dispatch(worker.Life, size, int.MaxValue, _now) is not { } send) return false;
        Assert.True(send.Batches.Count == 1 || (send.Batches.Count > 0 && send.Batches.Sum(task => Math.Max(1, task.Count)) <= size), "a chunk is empty or too large");
        OnItsWay(worker, send);
        return true;
    }

    private static void OnItsWay(ModelWorker worker, LedgerInstruction.Send send)
    {
        Assert.True(send.Sequence > worker.LastSent, $"{worker.Life} is sent number {send.Sequence} after {worker.LastSent}");
        worker.LastSent = send.Sequence;
        worker.OnTheWay.Enqueue(send);
        foreach (var task in send.Batches)
        {
            for (var i = 0; i < Math.Max(1, task.Count); i++) worker.Sent.Add(task.PartOf ?? task.First + i);
        }
    }

    private void Arrive(LedgerEvent.RepliesArrived answer) => Handle(answer with { At = _now });

    private void Handle(LedgerEvent what)
    {
        var instructions = new List<JobInstruction>();
        _ledger.Handle(what, instructions);
        foreach (var instruction in instructions)
        {
            if (instruction is LedgerInstruction.Report report) Note(report);
            if (instruction is LedgerInstruction.Merge merge) _merges.Enqueue(merge);
            if (instruction is LedgerInstruction.CancelTask cancel) Assert.Contains(_ledger.Workers, worker => worker.Life == cancel.Life);
            if (instruction is LedgerInstruction.Forget forget) CountLoss(_workers.Single(worker => worker.Life == forget.Life));
        }
    }

    private void Note(LedgerInstruction.Report report)
    {
        for (var i = 0; i < report.Settled.Count; i++)
        {
            var number = report.Settled.First + i;
            if (report.Settled is { Batch.IsPack: true, Failure: null }) Assert.Equal($"pack of {report.Settled.Count} from {report.Settled.First}", Encoding.ASCII.GetString(report.Settled.Result.Span));
            if (report.Settled.Batch.IsPack) _packed.Add(number);
            Assert.True(_outcomes.TryAdd(number, report.Settled), $"task {number} was reported twice");
        }
    }

    private void CountLoss(ModelWorker worker)
    {
        foreach (var number in worker.Sent) _losses[number] = _losses.GetValueOrDefault(number) + 1;
        worker.Sent.Clear();
    }

    private void Check()
    {
        _ledger.CheckInvariants();
        Assert.Equal(_added, _ledger.Added);
        Assert.Equal(_outcomes.Count, _ledger.Reported);
        Assert.All(_ledger.Workers, worker => Assert.True(worker.Chunks.Count <= Window, "more in flight than the window"));
    }

    private void CheckOutcome(in SettledBatch outcome)
    {
        Assert.Equal(LedgerHarness.Payload(outcome.First).ToArray(), outcome.Batch.Payload.ToArray());
        switch (outcome.Failure?.Cause)
        {
            case null:
                Assert.False(IsFailing(outcome.First));
                Assert.Equal($"r{outcome.First}", Encoding.ASCII.GetString(outcome.Result.Span));
                Assert.True(outcome.Run.Attempt >= 1);
                break;
            case FailureCause.Exception:
                Assert.True(IsFailing(outcome.First));
                Assert.True(outcome.Run.Attempt > MaxRetries, $"task {outcome.First} failed at try {outcome.Run.Attempt}");
                break;
            case FailureCause.Cancelled:
                Assert.Contains(outcome.First, _cancelled);
                break;
            case FailureCause.WorkerDied:
                Assert.True(_losses.GetValueOrDefault(outcome.First) >= MaxWorkerDeaths, $"task {outcome.First} was given up after {_losses.GetValueOrDefault(outcome.First)} losses");
                break;
            default:
                Assert.Fail($"task {outcome.First} ended as {outcome.Failure.Cause}");
                break;
        }
    }

    private sealed class ModelWorker(int index)
    {
        private readonly List<(LedgerInstruction.Send Chunk, int Done)> _held = [];

        public int Slots { get; } = index + 1;

        public WorkerLife Life { get; private set; } = new(new($"w{index}"), 0);

        public bool IsAlive { get; private set; }

        public bool IsLeaving { get; private set; }

        public long LastSequence { get; private set; }

        public long LastSent { get; set; }

        /// <summary>Tasks sent to this life since it was last counted as lost.</summary>
        public HashSet<long> Sent { get; } = [];

        /// <summary>Tries that were asked for what is left of them, in so many pieces.</summary>
        public Dictionary<(long Number, int Attempt), int> Wanted { get; } = [];

        public Queue<LedgerInstruction.Send> OnTheWay { get; } = new();

        public Queue<LedgerEvent.RepliesArrived> Answers { get; } = new();

        public List<long> Held => [.. _held.Select(held => held.Chunk.Sequence)];

        public void Start()
        {
            (IsAlive, LastSequence, LastSent) = (true, 0, 0);
            Life = Life with { Incarnation = Life.Incarnation + 1 };
            Sent.Clear();
        }

        public void Receive(LedgerInstruction.Send chunk)
        {
            LastSequence = Math.Max(LastSequence, chunk.Sequence);
            if (IsLeaving) Answers.Enqueue(new(Life, chunk.Sequence, true, [], default) { IsUnbegun = true });
            else _held.Add((chunk, 0));
        }

        /// <summary>What has no slot goes back; what is still on its way is given back when it comes, or not at all.</summary>
        public void GiveBack(long sequence)
        {
            var at = _held.FindIndex(held => held.Chunk.Sequence == sequence);
            if (at < Slots) return;
            _held.RemoveAt(at);
            Answers.Enqueue(new(Life, sequence, true, [], default) { IsUnbegun = true });
        }

        /// <summary>Runs some tasks of one of the chunks that have a slot, and answers.</summary>
        public bool Work(int tasks)
        {
            if (_held.Count == 0) return false;
            var at = tasks % Math.Min(Slots, _held.Count);
            var (chunk, done) = _held[at];
            var now = Math.Min(tasks, chunk.Batches.Count - done);
            var replies = chunk.Batches.Skip(done).Take(now).Select(task => Answer(task, tasks is 3 or 5 ? 3 : Wanted.GetValueOrDefault((task.First, task.Attempt)))).ToList();
            var complete = done + now == chunk.Batches.Count;
            Answers.Enqueue(new(Life, chunk.Sequence, complete, replies, default));
            if (complete) _held.RemoveAt(at);
            else _held[at] = (chunk, done + now);
            return true;
        }

        /// <summary>A pack fails as a whole, is answered in part, or whole; a task or a piece is split where that is wanted.</summary>
        private static AttemptReply Answer(TaskBatch task, int pieces)
        {
            if (IsFailing(task.PartOf ?? task.First) || (IsFlaky(task.First) && task.Attempt == 1)) return LedgerHarness.Error(task);
            if (task.Count == 1) return SplitModel.Answer(task, pieces);
            var answered = Math.Max(1, task.First % 2 == 0 ? task.Count : task.Count / 2);
            return LedgerHarness.Success(task) with { Answered = answered, Result = Encoding.ASCII.GetBytes($"pack of {answered} from {task.First}") };
        }

        /// <summary>What waits behind the slots never runs.</summary>
        public void Leave()
        {
            if (!IsLeaving && _held.Count > Slots) _held.RemoveRange(Slots, _held.Count - Slots);
            IsLeaving = true;
        }

        /// <summary>What it held and what was on its way is gone; answers already sent may still come.</summary>
        public void Die()
        {
            (IsAlive, IsLeaving) = (false, false);
            _held.Clear();
            OnTheWay.Clear();
        }
    }
}
