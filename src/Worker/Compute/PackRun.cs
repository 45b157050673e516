using ActorCompute.Messages;
using ActorCompute.Messages.Packing;
using Google.Protobuf;

namespace ActorCompute.Worker.Compute;

/// <summary>Runs a pack: tasks so tiny that they travel, begin and are answered as one. One slot's own.</summary>
/// <param name="longest">
/// Milliseconds. A pack that takes longer was not tiny: it answers what it has, and the client sends the rest as tasks of
/// their own.
/// </param>
internal sealed class PackRun(int longest = 20)
{
    private readonly PackWriter _results = new();

    /// <returns>The answer to as many tasks as ran, in order, at least one.</returns>
    /// <exception cref="FormatException">The pack is broken.</exception>
    /// <exception cref="OperationCanceledException">Nobody wants any of it.</exception>
    public TaskReply Run(IOpenedCpuWork work, TaskItem pack, CancellationToken cancellation)
    {
        var tasks = pack.Payload.Span;
        var until = Environment.TickCount64 + longest;
        var (offset, done, failed) = (0, 0, 0);
        _results.Clear();
        while (done < pack.Count && !cancellation.IsCancellationRequested && _results.Written.Length < ReplyBatch.LargestResult / 2)
        {
            var task = PackFormat.Read(tasks, ref offset, out _);
            _results.Begin();
            try
            {
                work.Execute(task, _results, new(pack.Number + done, pack.Attempt, cancellation));
                _results.End();
            }
            catch (Exception e)
            {
                // Told to stop, an error is no outcome.
                if (cancellation.IsCancellationRequested) break;
                _results.Begin();
                ReplyBatch.Describe(e).WriteTo(_results);
                _results.End(failed: true);
                failed++;
            }

            done++;
            if (Environment.TickCount64 > until) break;
        }

        if (done == 0) cancellation.ThrowIfCancellationRequested();
        var reply = ReplyBatch.Result(pack, _results.Written);
        (reply.Count, reply.Failed) = (done, failed);
        return reply;
    }
}
