namespace ActorCompute.Scale.World;

/// <summary>A worker: its real node core, and slots in which time passes.</summary>
internal sealed class SimulatedWorker
{
    // As ReplyBatch in src/Worker.
    private static readonly TimeSpan FlushAfter = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    private readonly SimulatedWorld _world;
    private readonly NodeCore<SimulatedClient> _core;
    private readonly Dictionary<(JobOpening, long), LedgerInstruction.Send> _kept = [];
    private readonly List<NodeInstruction> _instructions = [];

    public SimulatedWorker(SimulatedWorld world, int number, int slots)
    {
        _world = world;
        Seen = new(new(new($"worker-{number:D4}"), 1), $"worker-{number}", $"host-{number}", number);
        _core = new(new(slots, slots, TimeSpan.FromSeconds(30)), world.Now);
        // Not all in the same moment.
        world.After(TimeSpan.FromTicks(ReportInterval.Ticks * (number % 997) / 997), new(HappeningKind.ReportDue, null!, this));
    }

    public SeenWorker Seen { get; }

    public WorkerLife Life => Seen.Life;

    /// <summary>What is measured of its core.</summary>
    public CoreCost Cost { get; } = new();

    public void Take(in Happening what)
    {
        switch (what.Kind)
        {
            case HappeningKind.OpenCame: Handle(new NodeEvent.OpenAsked<SimulatedClient>(what.Client.Job, what.Client, new(null, TimeSpan.FromSeconds(2)))); break;
            case HappeningKind.ChunkCame: OnChunk(what.Client, (LedgerInstruction.Send)what.What!); break;
            case HappeningKind.AnswersDue: Answer(what.Client, (RunningChunk)what.What!, (int)what.Number); break;
            case HappeningKind.RenewalCame: Handle(new NodeEvent.LeaseRenewed<SimulatedClient>(what.Client.Job, what.Client)); break;
            case HappeningKind.RecallCame: Handle(new NodeEvent.ChunkRecalled<SimulatedClient>(what.Client.Job, what.Client, what.Number)); break;
            case HappeningKind.ReportDue:
                Handle(new NodeEvent.ReportDue());
                _world.After(ReportInterval, new(HappeningKind.ReportDue, null!, this));
                break;
            default: throw new InvalidOperationException($"not a worker's: {what.Kind}");
        }
    }

    private void OnChunk(SimulatedClient client, LedgerInstruction.Send send)
    {
        Cost.Begin();
        var verdict = _core.Take(client.Job, client, send.Sequence, _world.Now, out var opening, send.IsAlone);
        Cost.End();
        if (verdict != ChunkVerdict.Keep) throw new InvalidOperationException($"a chunk of no fault was not kept: {verdict}");
        _kept.Add((opening!, send.Sequence), send);
        StartWhatMay();
    }

    private void StartWhatMay()
    {
        while (true)
        {
            Cost.Begin();
            var starts = _core.TryStart(_instructions, out var start);
            Cost.End();
            if (!starts) break;
            Run(start.Opening, start.Sequence);
        }

        Carry();
    }

    private void Run(JobOpening opening, long sequence)
    {
        _kept.Remove((opening, sequence), out var send);
        AwaitAnswers(((NodeJob<SimulatedClient>)opening).Client, new(opening, send!, _world.Now), 0);
    }

    /// <summary>Answers travel together for as long as none waits longer than allowed.</summary>
    private void AwaitAnswers(SimulatedClient client, RunningChunk chunk, int from)
    {
        var (time, next) = (TimeSpan.Zero, from);
        while (next < chunk.Send.Batches.Count && time < FlushAfter) time += client.Plan.TimeOf(chunk.Send.Batches[next++]);
        chunk.AnsweredTo = next;
        _world.After(time, new(HappeningKind.AnswersDue, client, this, chunk, from));
    }

    private void Answer(SimulatedClient client, RunningChunk chunk, int from)
    {
        var replies = new AttemptReply[chunk.AnsweredTo - from];
        for (var i = 0; i < replies.Length; i++) replies[i] = client.Plan.AnswerTo(chunk.Send.Batches[from + i]);
        var isComplete = chunk.AnsweredTo == chunk.Send.Batches.Count;
        _world.Send(new(HappeningKind.ClientHears, client, this, new LedgerEvent.RepliesArrived(Life, chunk.Send.Sequence, isComplete, replies, default)));
        if (!isComplete)
        {
            AwaitAnswers(client, chunk, chunk.AnsweredTo);
            return;
        }

        Cost.Begin();
        _core.Done(chunk.Opening, chunk.Send.Sequence, _world.Now - chunk.StartedAt, chunk.Send.Batches.Count, false, _instructions);
        Cost.End();
        StartWhatMay();
    }

    private void Handle(NodeEvent what)
    {
        Cost.Begin();
        _core.Handle(what, _world.Now, _instructions);
        Cost.End();
        Carry();
    }

    private void Carry()
    {
        for (var i = 0; i < _instructions.Count; i++)
        {
            switch (_instructions[i])
            {
                case NodeInstruction.BeginOpening<SimulatedClient> begin: _core.Handle(new NodeEvent.WorkOpened(begin.Opening, IsIo: false), _world.Now, _instructions); break;
                case NodeInstruction.TellOpened<SimulatedClient> opened: Tell(opened.Client, new JobEvent.Opened(Life, opened.Slots, opened.Usable, opened.Window, Packs: true, opened.Waits)); break;
                case NodeInstruction.RunChunk run: Run(run.Opening, run.Sequence); break;
                case NodeInstruction.TellReport<SimulatedClient> report: Tell(report.Client, new LedgerEvent.ReportArrived(Life, report.LastSequence, [.. report.Held], default)); break;
                case NodeInstruction.GiveBack<SimulatedClient> back:
                    _kept.Remove((back.Opening!, back.Sequence));
                    Tell(back.Client, new LedgerEvent.RepliesArrived(Life, back.Sequence, true, [], default) { IsUnbegun = true });
                    break;
                default: break;
            }
        }

        _instructions.Clear();
    }

    private void Tell(SimulatedClient client, JobEvent what) => _world.Send(new(HappeningKind.ClientHears, client, this, what));

    private sealed class RunningChunk(JobOpening opening, LedgerInstruction.Send send, TimeSpan startedAt)
    {
        public JobOpening Opening => opening;

        public LedgerInstruction.Send Send => send;

        public TimeSpan StartedAt => startedAt;

        public int AnsweredTo { get; set; }
    }
}
