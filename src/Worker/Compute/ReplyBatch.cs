using ActorCompute.Messages;
using Akka.Actor;
using Google.Protobuf;

namespace ActorCompute.Worker.Compute;

/// <summary>The answers of one chunk on their way to its client: those of tiny tasks travel together, nobody waits long for one.</summary>
/// <remarks>The slot adds; the <see cref="SlotClock"/> sends what would otherwise wait for the slot's next task to end.</remarks>
internal sealed class ReplyBatch : ITicked
{
    /// <summary>
    /// Bytes of the largest result that a message takes: half a frame. A message beyond the frame is dropped where it is sent, and the
    /// task would be sent again for ever.
    /// </summary>
    public const int LargestMessage = 1 << 23;

    // With the clock's interval: nothing waits longer than 20 ms.
    private static readonly TimeSpan FlushAfter = TimeSpan.FromMilliseconds(15);

    // With one more pack's, still below the size from which arrays live in the large object heap.
    private const int FlushBytes = 60_000;

    private readonly Lock _lock = new();
    private readonly ChunkRun _run;
    private readonly IActorRef _node;
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private long _flushedAt;
    private int _bytes;
    private int _answered;
    private ChunkReplies _replies;
    private bool _isTicked;
    private bool _isComplete;

    public ReplyBatch(ChunkRun run, IActorRef node, TimeProvider time)
    {
        (_run, _node, _time, _startedAt) = (run, node, time, time.GetTimestamp());
        _flushedAt = _startedAt;
        _replies = NewMessage();
    }

    public static BatchReply Result(Batch batch, ReadOnlySpan<byte> result)
    {
        if (result.Length > LargestMessage) throw new InvalidOperationException(TooLarge(result.Length, LargestMessage));
        var reply = ReplyTo(batch);
        (reply.Result, reply.Answered) = (ByteString.CopyFrom(result), batch.Count);
        return reply;
    }

    /// <summary>The answer to a task that was split, or not.</summary>
    /// <param name="task">The task.</param>
    /// <param name="result">Of what was done.</param>
    /// <param name="rest">What is left of it; none when all was done.</param>
    public static BatchReply Result(Batch task, ReadOnlySpan<byte> result, IReadOnlyList<ReadOnlyMemory<byte>> rest)
    {
        if (rest.Count == 0) return Result(task, result);
        CheckRest(result.Length, rest);
        var reply = Result(task, result);
        AddRest(reply, rest);
        return reply;
    }

    /// <exception cref="InvalidOperationException">What is left does not travel in a message with so many bytes.</exception>
    public static void CheckRest(int withBytes, IReadOnlyList<ReadOnlyMemory<byte>> rest)
    {
        var bytes = rest.Sum(piece => (long)piece.Length);
        if (bytes + withBytes > LargestMessage)
        {
            throw new InvalidOperationException($"the task was split, and what is left of it has {bytes} bytes; at most {LargestMessage} travel with the result. Give back fewer or smaller tasks, or go on to the end.");
        }
    }

    public static void AddRest(BatchReply reply, IReadOnlyList<ReadOnlyMemory<byte>> rest) => reply.Rest.AddRange(rest.Select(UnsafeByteOperations.UnsafeWrap));

    /// <summary>Why a result does not travel.</summary>
    public static string TooLarge(long length, long most) =>
        $"the result has {length} bytes; at most {most} travel (LargestResult). Write it where others can read it, and return where that is, or allow more.";

    public static BatchReply Error(Batch batch, Exception e) => Error(batch, ExceptionReport.Describe(e), TimeSpan.Zero);

    /// <summary>The answer to a task that was told to stop for its time, and did.</summary>
    public static BatchReply TimedOut(Batch batch, TimeSpan? limit, TimeSpan elapsed, bool wasReplaced = false) => Error(
        batch,
        new()
        {
            Kind = TaskErrorKind.TimedOut,
            Message = string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"it ran for {elapsed.TotalSeconds:F1} s, the limit is {limit?.TotalSeconds ?? 0:0.###} s{(wasReplaced ? "; it did not stop when told to, so its worker process was replaced" : "")}"),
        },
        elapsed);

    /// <summary>The answer to a task that ran while its process outgrew its limit.</summary>
    public static BatchReply OutOfMemory(Batch batch, string reason, TimeSpan elapsed) => Error(batch, new() { Kind = TaskErrorKind.OutOfMemory, Message = reason }, elapsed);

    private static BatchReply Error(Batch batch, TaskError error, TimeSpan elapsed)
    {
        var reply = ReplyTo(batch);
        (reply.Error, reply.ElapsedTicks) = (error, elapsed.Ticks);
        return reply;
    }

    /// <summary>Takes the answer to a task that began at <paramref name="startedAt"/>; sends what has gathered when that is due.</summary>
    public void Add(BatchReply reply, long startedAt)
    {
        var now = _time.GetTimestamp();
        reply.ElapsedTicks = _time.GetElapsedTime(startedAt, now).Ticks;
        // The last answers go with the word that the chunk is complete.
        var isLast = reply.First == _run.Chunk.Batches[^1].First;
        lock (_lock)
        {
            _replies.Replies.Add(reply);
            _answered += Math.Max(1, reply.Answered);
            _bytes += reply.OutcomeCase == BatchReply.OutcomeOneofCase.Result ? reply.Result.Length : reply.Error?.Report.Length ?? 0;
            if (reply.Rest.Count > 0) _bytes += reply.Rest.Sum(piece => piece.Length);
            if (isLast) return;
            if (IsDue(now))
            {
                Flush(now);
                return;
            }
        }

        if (_isTicked) return;
        _isTicked = true;
        SlotClock.Shared.Add(this);
    }

    /// <summary>Sends what has waited long enough.</summary>
    public void Tick()
    {
        var now = _time.GetTimestamp();
        lock (_lock)
        {
            if (!_isComplete && _replies.Replies.Count > 0 && IsDue(now)) Flush(now);
        }
    }

    /// <summary>The slot is through with the chunk.</summary>
    public void Complete(IActorRef slot)
    {
        if (_isTicked) SlotClock.Shared.Remove(this);
        lock (_lock)
        {
            _isComplete = true;
            _replies.Complete = true;
            Send();
        }

        _node.Tell(new ChunkDone(_run.Job, _run.Chunk.Sequence, _answered, _time.GetElapsedTime(_startedAt)), slot);
    }

    public static BatchReply ReplyTo(Batch batch) => new() { First = batch.First, Count = batch.Count, Attempt = batch.Attempt };

    private bool IsDue(long now) => _bytes >= FlushBytes || _time.GetElapsedTime(_flushedAt, now) >= FlushAfter;

    private void Flush(long now)
    {
        Send();
        _replies = NewMessage();
        (_flushedAt, _bytes) = (now, 0);
    }

    // The sender is the node: it is the one that the client knows.
    private void Send() => _run.Job.Client.Tell(_replies, _node);

    private ChunkReplies NewMessage() => new() { Job = _run.Chunk.Job, Sequence = _run.Chunk.Sequence };
}
