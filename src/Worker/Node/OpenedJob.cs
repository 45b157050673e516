using ActorCompute.Messages;
using ActorCompute.Worker.Compute;
using ActorCompute.Worker.Large;
using ActorCompute.Worker.Nested;
using ActorCompute.Worker.Shared;
using Akka.Actor;

namespace ActorCompute.Worker.Node;

/// <summary>
/// What a job that <see cref="NodeCore{TClient}"/> keeps has in this process: its work, its chunks, its tokens. The node actor alone
/// changes it, as the core says; slots read <see cref="Work"/> and <see cref="Cancellation"/>.
/// </summary>
/// <param name="opening">Which opening of the job this is.</param>
/// <param name="client">Whose it is.</param>
/// <param name="terms">What its client asked for.</param>
/// <param name="run">Runs the job's own code that is no task, one thing after the other: on its <see cref="JobThread"/>.</param>
/// <param name="budget">Tasks that this process may still begin.</param>
/// <param name="time">The clock.</param>
internal sealed class OpenedJob(JobOpening opening, IActorRef client, JobTerms terms, Action<Action> run, TaskBudget budget, TimeProvider time)
{
    private readonly Dictionary<long, ChunkRun> _waiting = [];
    private readonly Dictionary<long, ChunkRun> _running = [];
    private readonly CancellationTokenSource _cancellation = new();
    private IOpenedWork? _work;
    private volatile bool _closed;

    public JobOpening Opening { get; } = opening;

    public IActorRef Client { get; } = client;

    /// <summary>The work, once it is open.</summary>
    public IOpenedWork Work => _work ?? throw new InvalidOperationException($"{Opening} is not open yet.");

    /// <summary>Nobody wants more of it.</summary>
    public bool IsClosed => _closed;

    /// <summary>Its tasks mostly wait: they run in the I/O slots.</summary>
    public bool IsIo => _work is IOpenedIoWork;

    /// <summary>A running task of it can give back what is left.</summary>
    public bool Splits => _work is IOpenedSplittableWork;

    /// <summary>What one task may take; null for as long as it takes.</summary>
    public TimeSpan? Timeout => terms.Timeout;

    /// <summary>What a task that was told to stop may still take.</summary>
    public TimeSpan Grace => terms.Grace;

    /// <summary>How many tasks wait for it, each for the next: 0 for a job of a program.</summary>
    public int Depth => terms.Depth;

    /// <summary>The terms of what its tasks start.</summary>
    /// <exception cref="InvalidOperationException">It needs resources, while one that waits for it holds some.</exception>
    public NestedTerms TermsOfNested(Resources needs) => NestedTerms.Of(terms, needs);

    /// <summary>The call that its tasks are; null for those of a kind. Set while it is being opened.</summary>
    public FunctionCall? Call { get; set; }

    /// <summary>The cluster for what its tasks start; null where there is none.</summary>
    public NestedCluster? Nested { get; init; }

    /// <summary>Bytes of the largest result that the client takes.</summary>
    public long LargestResult { get; init; } = ReplyBatch.LargestMessage;

    /// <summary>Where results are kept that other calls may take as arguments; null for a job of which none will.</summary>
    public SharedValueStore? Kept { get; init; }

    /// <summary>Sends results that no message takes.</summary>
    public ResultTransfers Transfers { get; init; } = new(time);

    public CancellationToken Cancellation => _cancellation.Token;

    /// <summary>Chunks in slots.</summary>
    public IReadOnlyDictionary<long, ChunkRun> Running => _running;

    /// <summary>Runs the job's own code.</summary>
    public void Do(Action action) => run(action);

    /// <summary>Keeps a result for calls that take it, if that is worth while.</summary>
    /// <param name="batch">Whose result it is.</param>
    /// <param name="result">Its bytes, which nobody changes.</param>
    public void Keep(Batch batch, ReadOnlyMemory<byte> result)
    {
        if (result.Length >= FunctionContract.LeastKeptResult) Kept?.Keep(FunctionContract.ResultId(Opening.Job.Value, batch.First), result);
    }

    /// <summary>Sends a result that no message takes, and keeps it as any other.</summary>
    /// <inheritdoc cref="ResultTransfers.SendAsync"/>
    public async Task<BatchReply> SendLargeAsync(ChunkRun run, Batch batch, ReadOnlyMemory<byte> result, IActorRef node, CancellationToken cancellation)
    {
        var reply = await Transfers.SendAsync(run, batch, result, node, cancellation).ConfigureAwait(false);
        if (Kept is not null) Keep(batch, result.ToArray());
        return reply;
    }

    /// <summary>The opening has ended.</summary>
    public void Opened(IOpenedWork work) => _work = work;

    public void Received(Chunk chunk) => _waiting[chunk.Sequence] = new(this, chunk, budget, time);

    /// <summary>A chunk that waits goes back to its client.</summary>
    public void Forget(long sequence) => _waiting.Remove(sequence);

    /// <summary>A slot takes a chunk.</summary>
    public ChunkRun Start(long sequence)
    {
        if (!_waiting.Remove(sequence, out var run)) throw new InvalidOperationException($"chunk {sequence} of {Opening} does not wait.");
        _running.Add(sequence, run);
        return run;
    }

    /// <summary>A slot is through with a chunk.</summary>
    /// <returns>The chunk, if it was here.</returns>
    public ChunkRun? Finished(long sequence)
    {
        if (_running.Remove(sequence, out var run)) run.Dispose();
        return run;
    }

    /// <summary>Nobody waits for these tasks any more, wherever they are.</summary>
    public void Cancel(IReadOnlyCollection<long> numbers)
    {
        foreach (var run in _waiting.Values.Concat(_running.Values))
        {
            foreach (var batch in run.Chunk.Batches)
            {
                if (numbers.Contains(batch.First)) run.Cancel(batch.First);
            }
        }
    }

    /// <summary>What is left of a task is wanted in so many pieces, if that try of it runs.</summary>
    public void Split(long number, int attempt, int pieces)
    {
        foreach (var run in _running.Values) run.Split(number, attempt, pieces);
    }

    /// <summary>Nobody wants more. What runs sees its token.</summary>
    public void Close()
    {
        _closed = true;
        _waiting.Clear();
        Do(_cancellation.Cancel);
    }

    /// <summary>Nothing of it runs any more: the work is disposed, if there is one.</summary>
    public void Release()
    {
        if (_work is { } work) Do(work.Dispose);
    }
}
