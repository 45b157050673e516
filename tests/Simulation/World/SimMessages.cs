namespace ActorCompute.Simulation.World;

/// <summary>What travels between the simulated processes: the content of the messages of <c>src/Messages</c>.</summary>
internal abstract record SimMessage;

internal sealed record OpenJobMessage(JobId Job, JobTerms Terms) : SimMessage;

internal sealed record JobOpenedMessage(JobId Job, int Slots, int Usable, int Window, bool Waits, bool Splits) : SimMessage;

internal sealed record JobRefusedMessage(JobId Job, string Reason) : SimMessage;

internal sealed record ReadyMessage(JobId Job, long Sequence) : SimMessage;

internal sealed record BeginMessage(JobId Job, long Sequence) : SimMessage;

internal sealed record ChunkMessage(JobId Job, long Sequence, IReadOnlyList<TaskBatch> Batches, bool IsAlone) : SimMessage
{
    public override string ToString() => $"{(IsAlone ? "lone " : "")}chunk {Sequence} of {Job} with {string.Join(',', Batches.Select(task => $"{task.First}.{task.Attempt}"))}";
}

internal sealed record RepliesMessage(JobId Job, long Sequence, bool Complete, bool Unbegun, IReadOnlyList<AttemptReply> Replies) : SimMessage
{
    public override string ToString() => $"replies of chunk {Sequence} of {Job}: {string.Join(',', Replies.Select(reply => $"{reply.First}.{reply.Attempt}{(reply.Error is null ? "" : "!")}"))}{(Complete ? " complete" : "")}{(Unbegun ? " unbegun" : "")}";
}

internal sealed record ReportMessage(JobId Job, long LastSequence, IReadOnlyList<long> Held) : SimMessage
{
    public override string ToString() => $"report of {Job}: last {LastSequence}, holds {string.Join(',', Held)}";
}

internal sealed record RenewLeaseMessage(JobId Job) : SimMessage;

internal sealed record RecallMessage(JobId Job, long Sequence) : SimMessage;

internal sealed record SplitTaskMessage(JobId Job, long Number, int Attempt, int Pieces) : SimMessage;

internal sealed record CancelTasksMessage(JobId Job, IReadOnlyList<long> Numbers) : SimMessage;

internal sealed record CloseJobMessage(JobId Job) : SimMessage;

internal sealed record LeavingMessage(JobId Job, IReadOnlyList<long> Running) : SimMessage;

internal sealed record RegisterMessage(WorkerLife Life, NodeFacts Facts) : SimMessage;

internal sealed record UnregisterMessage(WorkerLife Life) : SimMessage;

internal sealed record RegisteredMessage : SimMessage;

internal sealed record AttachMessage : SimMessage;

internal sealed record ViewMessage(string Registry, IReadOnlyList<SeenNode> Workers) : SimMessage
{
    public override string ToString() => $"view {string.Join(',', Workers.Select(worker => worker.Life))}";
}

/// <summary>A worker as a registry tells of it, with whom to talk to.</summary>
internal sealed record SeenNode(WorkerLife Life, SimProcess Node, NodeFacts Facts);

/// <summary>What a worker says of itself.</summary>
/// <param name="PreviousEnd">How its last incarnation ended; empty for the first.</param>
/// <param name="Has">What it has beside slots.</param>
internal sealed record NodeFacts(string PreviousEnd, Resources Has);
