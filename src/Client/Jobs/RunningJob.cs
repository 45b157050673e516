using System.Runtime.CompilerServices;
using ActorCompute.Client.Jobs;
using ActorCompute.Client.Scatter;

namespace ActorCompute.Client;

/// <summary>A job on its way: its outcomes as they come, its progress, and the way to end it.</summary>
public sealed class RunningJob
{
    internal RunningJob(Job job, JobPlan<ReadOnlyMemory<byte>> plan, JobOptions options)
    {
        Job = job;
        Stream = new(JobHeader.Of(job), plan.Count, () => new PlanReader(plan.Tasks), options);
    }

    /// <summary>What runs.</summary>
    public Job Job { get; }

    /// <summary>How far it is; cheap to ask at any time.</summary>
    public JobProgress Progress => Stream.Progress;

    /// <summary>The limit that ended the job before its time (its deadline, or a failure with <see cref="JobOptions.FailFast"/>), in words; or null.</summary>
    public string? Limit => Stream.Limit;

    internal JobStream Stream { get; }

    /// <summary>
    /// The outcome of every task, once each, as tasks complete (or in plan order, by <see cref="JobOptions.Ordered"/>).
    /// To be enumerated once. Cancelling the token cancels the job: tasks without an outcome end as cancelled.
    /// </summary>
    /// <exception cref="ClusterUnavailableException">No worker can run this job.</exception>
    public async IAsyncEnumerable<TaskOutcome> ReadOutcomesAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var settled in Stream.ReadAsync(cancellation).ConfigureAwait(false)) yield return settled.Outcome;
    }

    /// <summary>Ends the job; tasks without an outcome end as cancelled. Harmless when it has ended.</summary>
    public void Cancel(string reason) => Stream.Cancel(reason);
}
