using ActorCompute.Messages;
using Akka.Actor;

namespace ActorCompute.Worker.Shared;

/// <summary>Gets a shared value from the client that has it, some pieces under way at a time.</summary>
internal static class SharedValueFetch
{
    private const int PieceBytes = 1 << 20;
    private const int UnderWay = 4;

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <exception cref="InputException">It was taken back, or is not what it should be.</exception>
    /// <exception cref="TimeoutException">Its holder does not answer.</exception>
    public static Task<ReadOnlyMemory<byte>> FromHolderAsync(ActorSystem system, SharedReference reference)
    {
        if (!ActorPath.TryParse(reference.Holder, out _)) throw new InputException($"'{reference.Holder}' is no place where a shared value could be.");
        var holder = ((ExtendedActorSystem)system).Provider.ResolveActorRef(reference.Holder);
        return FetchAsync(reference, (offset, count) => holder.Ask<SharedValuePiece>(new SharedValueRequest { Id = reference.Id, Offset = offset, Count = count }, AnswerTime), TimeProvider.System);
    }

    /// <param name="reference">The value.</param>
    /// <param name="ask">Asks its holder for so many bytes from an offset on; throws <see cref="AskTimeoutException"/> when no answer comes.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InputException">It was taken back, or is not what it should be.</exception>
    /// <exception cref="TimeoutException">Its holder does not answer.</exception>
    internal static async Task<ReadOnlyMemory<byte>> FetchAsync(SharedReference reference, Func<long, int, Task<SharedValuePiece>> ask, TimeProvider time)
    {
        if (reference.Length < 0 || reference.Length > Array.MaxLength) throw new InputException($"a shared value of {reference.Length} bytes cannot be.");
        var bytes = new byte[reference.Length];
        var heardAt = time.GetTimestamp();
        using var room = new SemaphoreSlim(UnderWay);
        using var failed = new CancellationTokenSource();
        var pieces = new List<Task>();
        for (long offset = 0; offset < bytes.Length && !failed.IsCancellationRequested; offset += PieceBytes)
        {
            await room.WaitAsync().ConfigureAwait(false);
            pieces.Add(PieceAsync(offset));
        }

        await Task.WhenAll(pieces).ConfigureAwait(false);
        if (Crc32C.Of(bytes) != reference.Crc32C) throw new InputException("a shared value arrived with another checksum than it was sent with.");
        return bytes;

        async Task PieceAsync(long offset)
        {
            try
            {
                var count = (int)Math.Min(PieceBytes, bytes.Length - offset);
                while (true)
                {
                    try
                    {
                        var piece = await ask(offset, count).ConfigureAwait(false);
                        Volatile.Write(ref heardAt, time.GetTimestamp());
                        if (piece.Gone.Length > 0) throw new InputException(piece.Gone);
                        if (piece.Offset != offset || piece.Data.Length != count) throw new InputException($"a shared value has {piece.Data.Length} bytes at {piece.Offset} where {count} at {offset} were asked for.");
                        piece.Data.CopyTo(bytes, (int)offset);
                        return;
                    }
                    catch (AskTimeoutException) when (time.GetElapsedTime(Volatile.Read(ref heardAt)) < Patience && !failed.IsCancellationRequested)
                    {
                        // A connection that was cut loses what was under way.
                    }
                    catch (AskTimeoutException e)
                    {
                        throw new TimeoutException($"the shared value was not to be had: its holder, {reference.Holder}, has not answered for {Patience.TotalSeconds:0} s.", e);
                    }
                }
            }
            catch
            {
                await failed.CancelAsync().ConfigureAwait(false);
                throw;
            }
            finally
            {
                room.Release();
            }
        }
    }
}
