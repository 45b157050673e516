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
    private readonly PackStop _stop = new(longest);

    /// <param name="work">The work.</param>
    /// <param name="pack">The pack.</param>
    /// <param name="first">What its first task may know.</param>
    /// <param name="done">Where it is counted which tasks have their answer; 0.</param>
    /// <returns>The results of as many tasks as ran, in order, at least one; they are there until the next pack runs.</returns>
    /// <exception cref="BrokenPackException">The pack is broken.</exception>
    /// <exception cref="OperationCanceledException">Nobody wants any of it.</exception>
    public PackResults Run(IOpenedCpuWork work, Batch pack, in TaskContext first, ref int done)
    {
        if (pack.Count < 1) throw new InvalidOperationException($"a batch of {pack.Count} tasks; client and worker may be of different versions.");
        var pass = new PackPass(pack, _stop, first, ref done);
        var failed = 0;
        _results.Clear();
        _stop.Begin();
        try
        {
            while (pass.HasNext(_results.Length)) RunOn(work, ref pass, ref failed);
        }
        finally
        {
            _stop.End();
        }

        if (pass.Done == 0) first.Cancellation.ThrowIfCancellationRequested();
        return new(_results.WrittenMemory, pass.Done, failed);
    }

    /// <summary>Runs until the pass is through, has to stop, or a task throws.</summary>
    private void RunOn(IOpenedCpuWork work, ref PackPass pass, ref int failed)
    {
        try
        {
            if (work is IPackWork many) many.Execute(ref pass, _results);
            else ExecuteEach(work, ref pass);
        }
        catch (Exception e) when (e is not BrokenPackException && !pass.Cancellation.IsCancellationRequested)
        {
            _results.Begin();
            ExceptionReport.Describe(e).WriteTo(_results);
            _results.End(failed: true);
            pass.Answered();
            failed++;
        }
        catch (Exception e) when (e is not BrokenPackException)
        {
            // Told to stop, an error is no outcome.
        }
    }

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

/// <summary>What a pack gave.</summary>
/// <param name="Bytes">The results, in <see cref="PackFormat"/>.</param>
/// <param name="Answered">Of how many tasks.</param>
/// <param name="Failed">How many of these failed.</param>
internal readonly record struct PackResults(ReadOnlyMemory<byte> Bytes, int Answered, int Failed);
