using ActorCompute.Messages;
using Akka.Actor;

namespace ActorCompute.Worker.Node;

/// <summary>A job that is open on this node. The node actor alone changes it; compute actors read <see cref="Work"/> and <see cref="Cancellation"/>.</summary>
internal sealed class OpenedJob(JobId id, IActorRef client, IOpenedWork work)
{
    private readonly Dictionary<long, Chunk> _waiting = [];
    private readonly HashSet<long> _running = [];
    private readonly CancellationTokenSource _cancellation = new();
    private bool _closed;

    public JobId Id { get; } = id;

    public IActorRef Client { get; } = client;

    public IOpenedWork Work { get; } = work;

    public CancellationToken Cancellation => _cancellation.Token;

    public long LastSequence { get; private set; }

    /// <summary>Chunks that wait or run.</summary>
    public IEnumerable<long> Held => _waiting.Keys.Concat(_running);

    public void Received(Chunk chunk)
    {
        LastSequence = Math.Max(LastSequence, chunk.Sequence);
        _waiting[chunk.Sequence] = chunk;
    }

    /// <summary>A slot takes a chunk.</summary>
    public Chunk Start(long sequence)
    {
        _waiting.Remove(sequence, out var chunk);
        _running.Add(sequence);
        return chunk ?? throw new InvalidOperationException($"chunk {sequence} of {Id} does not wait.");
    }

    public void Finished(long sequence)
    {
        _running.Remove(sequence);
        DisposeWhenIdle();
    }

    /// <summary>Nobody wants more. What runs sees its token; the work is disposed when none of it runs any more.</summary>
    public void Close()
    {
        if (_closed) return;
        _closed = true;
        _waiting.Clear();
        _cancellation.Cancel();
        DisposeWhenIdle();
    }

    private void DisposeWhenIdle()
    {
        if (!_closed || _running.Count > 0) return;
        Work.Dispose();
        _cancellation.Dispose();
    }
}
