using ActorCompute.Messages.Packing;

namespace ActorCompute.Client.Jobs;

/// <summary>The outcome of a pack as those of its tasks.</summary>
internal static class PackedOutcomes
{
    /// <exception cref="FormatException">The worker's answer is broken.</exception>
    public static IEnumerable<TaskOutcome> Of(SettledBatch pack)
    {
        var (tasks, results, failure) = (pack.Batch.Payload, pack.Result, pack.Failure);
        // What one took is not known: each took its part.
        var run = pack.Run with { Elapsed = pack.Run.Elapsed / pack.Count };
        var (task, result) = (0, 0);
        for (var i = 0; i < pack.Count; i++)
        {
            var payload = Next(tasks, ref task, out _);
            if (failure is not null)
            {
                yield return new(pack.First + i, payload, default, failure, run);
                continue;
            }

            var value = Next(results, ref result, out var failed);
            yield return failed
                ? new(pack.First + i, payload, default, WireReplies.ReadError(value.Span), run)
                : new(pack.First + i, payload, value, null, run);
        }
    }

    private static ReadOnlyMemory<byte> Next(ReadOnlyMemory<byte> pack, ref int offset, out bool failed)
    {
        var length = PackFormat.Read(pack.Span, ref offset, out failed).Length;
        return pack.Slice(offset - length, length);
    }
}
