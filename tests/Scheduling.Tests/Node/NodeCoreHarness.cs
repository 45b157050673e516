namespace ActorCompute.Scheduling.Tests.Node;

/// <summary>A node's core and its clock, with clients that are their names; checks the invariants after every event.</summary>
internal sealed class NodeCoreHarness(NodeLimits? limits = null)
{
    public const string Client = "client";
    public static readonly JobId Job = new("job-1");
    public static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public NodeCore<string> Core { get; } = new(limits ?? new(Slots: 1, IoSlots: 3, DrainTimeout: 30 * Second), TimeSpan.Zero);

    public TimeSpan Now { get; private set; }

    public IReadOnlyList<NodeInstruction> Handle(NodeEvent what)
    {
        var instructions = new List<NodeInstruction>();
        Core.Handle(what, Now, instructions);
        Core.CheckInvariants();
        return instructions;
    }

    public void Pass(TimeSpan time) => Now += time;

    /// <summary>Time passes as the node sees it: a report every second.</summary>
    public IReadOnlyList<NodeInstruction> PassReporting(int seconds)
    {
        var all = new List<NodeInstruction>();
        for (var i = 0; i < seconds; i++)
        {
            Now += Second;
            all.AddRange(Handle(new NodeEvent.ReportDue()));
        }

        return all;
    }

    public IReadOnlyList<NodeInstruction> Ask(JobId? job = null, string client = Client, TimeSpan? timeout = null, TimeSpan? grace = null, int depth = 0, Resources? needs = null) =>
        Handle(new NodeEvent.OpenAsked<string>(job ?? Job, client, new(timeout, grace ?? Second, depth) { Client = client, Needs = needs ?? Resources.None }));

    /// <summary>A job whose opening has begun.</summary>
    public JobOpening Begin(JobId? job = null, string client = Client, TimeSpan? timeout = null, TimeSpan? grace = null, int depth = 0, Resources? needs = null) =>
        Ask(job, client, timeout, grace, depth, needs).OfType<NodeInstruction.BeginOpening<string>>().Single().Opening;

    /// <summary>A job that is open.</summary>
    public JobOpening Open(JobId? job = null, string client = Client, TimeSpan? timeout = null, TimeSpan? grace = null, int depth = 0, bool isIo = false, Resources? needs = null)
    {
        var opening = Begin(job, client, timeout, grace, depth, needs);
        Handle(new NodeEvent.WorkOpened(opening, isIo));
        return opening;
    }

    public IReadOnlyList<NodeInstruction> Chunk(long sequence, JobId? job = null, string client = Client) => Handle(new NodeEvent.ChunkCame<string>(job ?? Job, client, sequence));

    public IReadOnlyList<NodeInstruction> Done(JobOpening opening, long sequence, bool isBudgetSpent = false) =>
        Handle(new NodeEvent.ChunkDone(opening, sequence, Second, Tasks: 1, isBudgetSpent));

    public IReadOnlyList<NodeInstruction> Recall(long sequence, string client = Client) => Handle(new NodeEvent.ChunkRecalled<string>(Job, client, sequence));

    public IReadOnlyList<NodeInstruction> Cancel(string client = Client) => Handle(new NodeEvent.TasksCancelled<string>(Job, client, [7]));

    public IReadOnlyList<NodeInstruction> Close(string client = Client) => Handle(new NodeEvent.CloseAsked<string>(Job, client));

    public IReadOnlyList<NodeInstruction> Leave() => Handle(new NodeEvent.LeaveAsked("told to"));

    public IReadOnlyList<NodeInstruction> Watch(MemoryExcess? memory = null, params IReadOnlyList<StuckRun> stuck) => Handle(new NodeEvent.WatchDue(stuck, memory));
}
