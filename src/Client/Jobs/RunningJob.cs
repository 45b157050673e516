using System.Runtime.CompilerServices;
using ActorCompute.Client.Jobs;
using ActorCompute.Client.Journal;
using ActorCompute.Client.Scatter;
using ActorCompute.Client.Scatter.Inputs;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorCompute;

/// <summary>A job on its way: its outcomes as they come, its progress, and the way to end it. It ends with its reader, or when it is disposed.</summary>
internal sealed class RunningJob : IAsyncDisposable
{
    private readonly JobPlan<ReadOnlyMemory<byte>> _plan;
    private JobJournal? _replayed;

    internal RunningJob(Job job, JobPlan<ReadOnlyMemory<byte>> plan, JobOptions options)
    {
        Job = job;
        _plan = plan;
        Stream = new(JobHeader.Of(job), plan.Count, () => options.Journal is { } journal
            ? new PlanReader(journal.Tasks(plan))
            : InputSource<ReadOnlyMemory<byte>>.Of(plan.Tasks, EncodedCodec.Instance, keepsInputs: false), options);
    }

    /// <summary>A complete journal's job again, from its records alone: nothing runs, in plan order.</summary>
    /// <param name="job">The job that the journal was opened for.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="journal">The journal; it is closed by whoever opened it.</param>
    /// <exception cref="InvalidOperationException">The journal is not complete.</exception>
    public static RunningJob Replay(Job job, JobPlan<ReadOnlyMemory<byte>> plan, JobJournal journal)
    {
        if (!journal.IsComplete) throw new InvalidOperationException("the journal is not complete; start the job with it.");
        return new(job, plan, new()) { _replayed = journal };
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
    /// To be enumerated once; leaving the enumeration early cancels the job. Cancelling the token cancels the job: tasks without an outcome end as cancelled.
    /// </summary>
    /// <exception cref="ClusterUnavailableException">No worker can run this job.</exception>
    public async IAsyncEnumerable<TaskOutcome> ReadOutcomesAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        Stream.BeginReading();
        if (_replayed is not null)
        {
            // The caller goes on before the first file is read.
            await Task.Yield();
            foreach (var outcome in ReadReplay(_replayed, cancellation)) yield return outcome;
            yield break;
        }

        try
        {
            await foreach (var settled in Stream.ReadAsync(cancellation).ConfigureAwait(false))
            {
                if (!settled.Batch.IsPack)
                {
                    yield return settled.ToOutcome();
                    continue;
                }

                foreach (var outcome in PackedOutcomes.Of(settled)) yield return outcome;
            }
        }
        finally
        {
            // Who stops reading wants no more.
            if (!Stream.Completion.IsCompleted) Cancel("nobody takes the outcomes any more");
        }
    }

    private IEnumerable<TaskOutcome> ReadReplay(JobJournal journal, CancellationToken cancellation)
    {
        var done = 0L;
        foreach (var task in journal.Tasks(_plan))
        {
            if (cancellation.IsCancellationRequested) yield break;
            var known = task.State as JournalledOutcome ?? throw new JournalException(JournalFault.OtherJob, $"the plan has a task {task.First}, and the journal {journal.Done} results; begin the job anew.");
            Stream.ReportProgress(new(++done, 0, 0, journal.Done, 0), NullLogger.Instance);
            yield return known.Of(task).ToOutcome();
        }
    }

    /// <summary>Ends the job; tasks without an outcome end as cancelled. Harmless when it has ended.</summary>
    public void Cancel(string reason) => Stream.Cancel(reason);

    /// <summary>Ends the job, if it has not ended, and waits until it has.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_replayed is not null || Stream.Completion.IsCompleted) return;
        Cancel("the job was disposed");
        await Stream.Completion.ConfigureAwait(false);
    }
}
