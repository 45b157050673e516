using ActorCompute.Hosting;
using ActorCompute.Messages;
using ActorCompute.Worker.Compute;
using ActorCompute.Worker.Nested;
using Akka.Actor;

namespace ActorCompute.Worker.Node;

/// <summary>
/// A job that is open, or being opened, on this node. The node actor alone changes it; slots read <see cref="Work"/> and
/// <see cref="Cancellation"/>.
/// </summary>
/// <param name="id">The job.</param>
/// <param name="client">Whose it is.</param>
/// <param name="run">Runs the job's own code that is no task, one thing after the other: on its <see cref="JobThread"/>.</param>
/// <param name="budget">Tasks that this process may still begin.</param>
/// <param name="time">The clock.</param>
internal sealed class OpenedJob(JobId id, IActorRef client, Action<Action> run, TaskBudget budget, TimeProvider time)
{
    /// <summary>Six of a client's answers to reports that did not come.</summary>
    public static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(6);

    private readonly Dictionary<long, ChunkRun> _waiting = [];
    private readonly Dictionary<long, ChunkRun> _running = [];
    private readonly CancellationTokenSource _cancellation = new();
    private readonly long _askedAt = time.GetTimestamp();
    private IOpenedWork? _work;
    private volatile bool _closed;
    private long _closedAt;
    private bool _disposed;

    public JobId Id { get; } = id;

    public IActorRef Client { get; } = client;

    /// <summary>The work, once it is open.</summary>
    public IOpenedWork Work => _work ?? throw new InvalidOperationException($"{Id} is not open yet.");

    /// <summary>It takes chunks.</summary>
    public bool IsOpen => _work is not null && !_closed;

    /// <summary>Nobody wants more of it.</summary>
    public bool IsClosed => _closed;

    /// <summary>How long the client still counts as there. When it ends, the job is closed.</summary>
    public Lease Lease { get; } = new(LeaseLength, time.GetElapsedTime(0));

    /// <summary>Its tasks mostly wait: they run in the I/O slots.</summary>
    public bool IsIo => _work is IOpenedIoWork;

    /// <summary>What one task, or the opening, may take; null for as long as it takes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What a task, or the opening, that was told to stop may still take.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many tasks wait for it, each for the next: 0 for a job of a program.</summary>
    public int Depth { get; init; }

    /// <summary>The call that its tasks are; null for those of a kind. Set while it is being opened.</summary>
    public FunctionCall? Call { get; set; }

    /// <summary>The cluster for what its tasks start; null where there is none.</summary>
    public NestedCluster? Nested { get; init; }

    public CancellationToken Cancellation => _cancellation.Token;

    public long LastSequence { get; private set; }

    /// <summary>Chunks that wait or run.</summary>
    public IEnumerable<long> Held => _waiting.Keys.Concat(_running.Keys);

    /// <summary>Chunks that run.</summary>
    public IReadOnlyCollection<ChunkRun> Running => _running.Values;

    /// <summary>It is being opened, and that takes longer than a task may.</summary>
    public bool OpensTooLong => _work is null && !_closed && time.GetElapsedTime(_askedAt) > Timeout;

    /// <summary>Nobody wants it any more, and its opening has not ended in the time that is left to it.</summary>
    public bool IsStuck => _work is null && _closed && time.GetElapsedTime(_closedAt) > Grace;

    /// <summary>Runs the job's own code.</summary>
    public void Do(Action action) => run(action);

    /// <summary>The opening has ended.</summary>
    public void Opened(IOpenedWork work)
    {
        _work = work;
        DisposeWhenIdle();
    }

    /// <summary>What waits will not run here.</summary>
    public void DropWaiting() => _waiting.Clear();

    /// <summary>A chunk goes back to its client, unless a slot has it.</summary>
    public bool GiveBack(long sequence) => _waiting.Remove(sequence);

    public void Received(Chunk chunk)
    {
        LastSequence = Math.Max(LastSequence, chunk.Sequence);
        _waiting[chunk.Sequence] = new(this, chunk, budget, time);
    }

    /// <summary>A slot takes a chunk.</summary>
    public ChunkRun Start(long sequence)
    {
        if (!_waiting.Remove(sequence, out var run)) throw new InvalidOperationException($"chunk {sequence} of {Id} does not wait.");
        _running.Add(sequence, run);
        return run;
    }

    /// <summary>A slot is through with a chunk.</summary>
    /// <returns>The chunk, if it was here.</returns>
    public ChunkRun? Finished(long sequence)
    {
        if (_running.Remove(sequence, out var run)) run.Dispose();
        DisposeWhenIdle();
        return run;
    }

    /// <summary>Nobody waits for these tasks any more, wherever they are.</summary>
    public void Cancel(IReadOnlyCollection<long> numbers)
    {
        foreach (var run in _waiting.Values.Concat(_running.Values))
        {
            foreach (var task in run.Chunk.Tasks)
            {
                if (numbers.Contains(task.Number)) run.Cancel(task.Number);
            }
        }
    }

    /// <summary>Nobody wants more. What runs sees its token; the work is disposed when none of it runs any more.</summary>
    public void Close()
    {
        if (_closed) return;
        _closedAt = time.GetTimestamp();
        _closed = true;
        _waiting.Clear();
        Do(_cancellation.Cancel);
        DisposeWhenIdle();
    }

    private void DisposeWhenIdle()
    {
        if (!_closed || _running.Count > 0 || _work is not { } work || _disposed) return;
        _disposed = true;
        Do(work.Dispose);
    }
}
