using ActorCompute.Messages;
using ActorCompute.Messages.Packing;
using Google.Protobuf;

namespace ActorCompute.Worker.Compute;

/// <summary>Runs a pack: tasks so tiny that they travel, begin and are answered as one. One slot's own.</summary>
/// <param name="longest">
/// Milliseconds. A pack that takes longer was not tiny: it answers what it has, and the client sends the rest as tasks of
/// their own.
/// </param>
internal sealed class PackRun(int longest = 20) : IDisposable
{
    private readonly PackWriter _results = new();
    private readonly PackStop _stop = new(longest);

    /// <returns>The answer to as many tasks as ran, in order, at least one.</returns>
    /// <exception cref="BrokenPackException">The pack is broken.</exception>
    /// <exception cref="OperationCanceledException">Nobody wants any of it.</exception>
    public TaskReply Run(IOpenedCpuWork work, TaskItem pack, CancellationToken cancellation)
    {
        var pass = new PackPass(pack, _stop, cancellation);
        var failed = 0;
        _results.Clear();
        _stop.Begin();
        while (pass.HasNext(_results.Length))
        {
            try
            {
                if (work is IPackWork many) many.Execute(ref pass, _results);
                else ExecuteEach(work, ref pass);
            }
            catch (Exception e) when (e is not BrokenPackException)
            {
                // Told to stop, an error is no outcome.
                if (cancellation.IsCancellationRequested) break;
                _results.Begin();
                ReplyBatch.Describe(e).WriteTo(_results);
                _results.End(failed: true);
                pass.Answered();
                failed++;
            }
        }

        if (pass.Done == 0) cancellation.ThrowIfCancellationRequested();
        var reply = ReplyBatch.Result(pack, _results.Written);
        (reply.Count, reply.Failed) = (pass.Done, failed);
        return reply;
    }

    public void Dispose() => _stop.Dispose();

    private void ExecuteEach(IOpenedCpuWork work, ref PackPass pass)
    {
        for (; pass.HasNext(_results.Length); pass.Answered())
        {
            var task = pass.Next();
            _results.Begin();
            work.Execute(task, _results, pass.Context);
            _results.End();
        }
    }
}
