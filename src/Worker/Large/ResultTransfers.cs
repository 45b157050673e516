using System.Collections.Concurrent;
using ActorCompute.Messages;
using ActorCompute.Worker.Compute;
using Akka.Actor;

namespace ActorCompute.Worker.Large;

/// <summary>The large results that are on their way from this process. Slots begin them, the node actor passes on what clients say of them.</summary>
internal sealed class ResultTransfers(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Job, long Number, int Attempt), ResultTransfer> _transfers = new();

    /// <summary>Sends a result ahead of the reply that tells of it.</summary>
    /// <param name="run">The chunk it belongs to.</param>
    /// <param name="batch">The batch it answers.</param>
    /// <param name="result">Its bytes; nobody changes them until this ends.</param>
    /// <param name="node">The node actor: the client knows no other.</param>
    /// <param name="cancellation">Of the task.</param>
    /// <returns>The reply.</returns>
    /// <exception cref="InvalidOperationException">The result is larger than the client wants any, or cannot be stored there.</exception>
    public async Task<BatchReply> SendAsync(ChunkRun run, Batch batch, ReadOnlyMemory<byte> result, IActorRef node, CancellationToken cancellation)
    {
        var most = run.Job.LargestResult;
        if (result.Length > most) throw new InvalidOperationException(ReplyBatch.TooLarge(result.Length, most));
        var (job, client) = (run.Chunk.Job, run.Job.Client);
        var transfer = new ResultTransfer(result, () => new() { Job = job, Number = batch.First, Attempt = batch.Attempt }, piece => client.Tell(piece, node), time);
        _transfers[(job, batch.First, batch.Attempt)] = transfer;
        try
        {
            await transfer.RunAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _transfers.TryRemove((job, batch.First, batch.Attempt), out _);
        }

        var reply = ReplyBatch.ReplyTo(batch);
        (reply.Large, reply.Answered) = (new() { Length = result.Length, Crc32C = Crc32C.Of(result.Span) }, batch.Count);
        return reply;
    }

    /// <summary>A client has a piece, or refuses it.</summary>
    public void Taken(ResultPieceTaken taken)
    {
        if (_transfers.TryGetValue((taken.Job, taken.Number, taken.Attempt), out var transfer)) transfer.Taken(taken.Offset, taken.Refused);
    }
}
