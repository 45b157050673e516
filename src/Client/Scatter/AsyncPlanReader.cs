using ActorCompute.Client.Gather;

namespace ActorCompute.Client.Scatter;

/// <summary>As <see cref="PlanReader"/>, for a plan that is itself awaited.</summary>
internal sealed class AsyncPlanReader : TaskSource
{
    /// <param name="tasks">The tasks, numbered from 0.</param>
    public AsyncPlanReader(IAsyncEnumerable<PlannedTask> tasks)
        : base(Bounded()) => _ = Task.Run(() => DrawAsync(tasks));

    private async Task DrawAsync(IAsyncEnumerable<PlannedTask> tasks)
    {
        try
        {
            await foreach (var task in tasks.WithCancellation(Stopped).ConfigureAwait(false)) await Writer.WriteAsync(task, Stopped).ConfigureAwait(false);
            Writer.TryComplete();
        }
        catch (Exception e)
        {
            Writer.TryComplete(e);
        }
    }
}
