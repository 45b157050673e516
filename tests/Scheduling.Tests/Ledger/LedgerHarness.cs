using System.Globalization;
using System.Text;

namespace ActorCompute.Scheduling.Tests.Ledger;

/// <summary>A ledger and its clock; checks the invariants after every step and keeps what was reported.</summary>
internal sealed class LedgerHarness(LedgerOptions? options = null)
{
    private long _next;
    private long _settled;

    public GatherLedger Ledger { get; } = new(options ?? new(), new());

    public TimeSpan Now { get; private set; }

    /// <summary>Workers come to what they are sent to run alone, and ask at once whether it may begin.</summary>
    public bool AsksToBegin { get; init; } = true;

    /// <summary>Results of pieces are put together as soon as they are all there: one after the other.</summary>
    public bool Merges { get; set; } = true;

    public List<SettledBatch> Outcomes { get; } = [];

    public List<LedgerInstruction.Forget> Forgotten { get; } = [];

    public static WorkerLife Life(string worker = "a", long incarnation = 1) => new(new(worker), incarnation);

    public static ReadOnlyMemory<byte> Payload(long number) => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    public static ReadOnlyMemory<byte> ResultOf(long number) => Encoding.ASCII.GetBytes($"r{number}");

    public static AttemptReply Success(TaskBatch task) => new(task.First, task.Attempt, TimeSpan.FromMilliseconds(1), ResultOf(task.First), null, task.Count, task.Count);

    public static AttemptReply Error(TaskBatch task, FailureCause cause = FailureCause.Exception) =>
        new(task.First, task.Attempt, TimeSpan.Zero, default, new(cause, "System.InvalidOperationException", $"failed {task.First}"), task.Count);

    public LedgerHarness Add(int count)
    {
        for (var i = 0; i < count; i++) Ledger.Add(new(_next, Payload(_next++)));
        Ledger.CheckInvariants();
        return this;
    }

    /// <summary>Adds one pack of so many tasks.</summary>
    public LedgerHarness AddPack(int count)
    {
        Ledger.Add(new(_next, Payload(_next), new NumberedPack(_next, count), count));
        _next += count;
        Ledger.CheckInvariants();
        return this;
    }

    public WorkerLife Open(string worker = "a", int slots = 1, int window = 2, long incarnation = 1, bool splits = false)
    {
        var life = Life(worker, incarnation);
        Handle(new LedgerEvent.WorkerOpened(new(life, slots, window, $"name-{worker}", $"host-{worker}", 1000 + (int)incarnation) { Splits = splits }, Now));
        return life;
    }

    public LedgerInstruction.Send? TryDispatch(WorkerLife life, int size = 1, int maximumBytes = int.MaxValue)
    {
        var send = Ledger.Dispatch(life, size, maximumBytes, Now);
        Ledger.CheckInvariants();
        if (send is { IsAlone: true } && AsksToBegin) Handle(new LedgerEvent.ChunkReady(life, send.Sequence, Now));
        return send;
    }

    public LedgerInstruction.Send Dispatch(WorkerLife life, int size = 1) =>
        TryDispatch(life, size) ?? throw new InvalidOperationException($"nothing was dispatched to {life}");

    public void Reply(WorkerLife life, long sequence, bool complete, params IEnumerable<AttemptReply> replies) =>
        Handle(new LedgerEvent.RepliesArrived(life, sequence, complete, [.. replies], Now));

    /// <summary>All of a chunk answered with success.</summary>
    public void Succeed(LedgerInstruction.Send send) => Reply(send.Life, send.Sequence, complete: true, send.Batches.Select(Success));

    /// <param name="life">Who.</param>
    /// <param name="reason">How it ended, as its next life tells at once; or seen from outside alone.</param>
    /// <param name="explained">Whether there is a next life.</param>
    public void Lose(WorkerLife life, string reason = "gone", bool explained = true)
    {
        Handle(new LedgerEvent.WorkerLost(life, explained ? "unreachable" : reason, Now));
        if (explained) Handle(new LedgerEvent.WorkerExplained(life, reason));
    }

    public void Report(WorkerLife life, long lastSequence, params IReadOnlyCollection<long> held) =>
        Handle(new LedgerEvent.ReportArrived(life, lastSequence, held, Now));

    public void Pass(TimeSpan time)
    {
        Now += time;
        Handle(new LedgerEvent.TimePassed(Now));
    }

    public void Cancel(string reason = "cancelled") => Handle(new LedgerEvent.JobCancelled(reason));

    public IReadOnlyList<JobInstruction> Handle(LedgerEvent what)
    {
        var instructions = new List<JobInstruction>();
        Ledger.Handle(what, instructions);
        foreach (var instruction in instructions.ToList())
        {
            if (instruction is LedgerInstruction.Merge merge && Merges) Ledger.Handle(new LedgerEvent.Merged(merge.Number, merge.Results.SelectMany(result => result.ToArray()).ToArray(), null), instructions);
        }

        foreach (var instruction in instructions)
        {
            if (instruction is LedgerInstruction.Report report)
            {
                Outcomes.Add(report.Settled);
                _settled += report.Settled.Count;
            }

            if (instruction is LedgerInstruction.Forget forget) Forgotten.Add(forget);
        }

        Ledger.CheckInvariants();
        Assert.Equal(_settled, Ledger.Reported);
        return instructions;
    }

    public static IEnumerable<long> Numbers(LedgerInstruction.Send? send) => send?.Batches.Select(batch => batch.First) ?? [];
}

/// <summary>Tasks that are their numbers.</summary>
internal sealed class NumberedPack(long first, int count) : PackedTasks
{
    public override IEnumerable<TaskBatch> Unpack(int from)
    {
        for (var number = first + from; number < first + count; number++) yield return new(number, LedgerHarness.Payload(number));
    }
}
