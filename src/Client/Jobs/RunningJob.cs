using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Akka.Actor;

namespace ActorCompute.Client;

/// <summary>A job on its way: its outcomes as they come, its progress, and the way to end it.</summary>
public sealed class RunningJob
{
    private readonly Channel<TaskOutcome> _outcomes = Channel.CreateUnbounded<TaskOutcome>(new() { SingleReader = true, SingleWriter = true });
    private IActorRef _actor = ActorRefs.Nobody;
    private JobProgressBox _progress = new(default);
    private long _taken;
    private int _starved;

    internal RunningJob(Job job, JobPlan<ReadOnlyMemory<byte>> plan, JobOptions options)
    {
        (Job, Plan, Options) = (job, plan, options);
    }

    /// <summary>What runs.</summary>
    public Job Job { get; }

    /// <summary>How far it is; cheap to ask at any time.</summary>
    public JobProgress Progress => Volatile.Read(ref _progress).Value;

    internal JobPlan<ReadOnlyMemory<byte>> Plan { get; }

    internal JobOptions Options { get; }

    /// <summary>Outcomes that the caller has taken. Written by the reader, read by the job's actor.</summary>
    internal long Taken => Volatile.Read(ref _taken);

    /// <summary>
    /// The outcome of every task, once each, as tasks complete (or in plan order, by <see cref="JobOptions.Ordered"/>).
    /// To be enumerated once. Cancelling the token cancels the job: tasks without an outcome end as cancelled.
    /// </summary>
    /// <exception cref="ClusterUnavailableException">No worker can run this job.</exception>
    public async IAsyncEnumerable<TaskOutcome> ReadOutcomesAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var registration = cancellation.Register(() => Cancel("cancelled"));
        while (await _outcomes.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            while (_outcomes.Reader.TryRead(out var outcome))
            {
                Interlocked.Increment(ref _taken);
                if (Interlocked.Exchange(ref _starved, 0) == 1) _actor.Tell(Jobs.JobActor.RoomMade.Instance);
                yield return outcome;
            }
        }
    }

    /// <summary>Ends the job; tasks without an outcome end as cancelled. Harmless when it has ended.</summary>
    public void Cancel(string reason) => _actor.Tell(new Jobs.JobActor.Cancel(reason));

    internal void Started(IActorRef actor) => _actor = actor;

    internal void Report(TaskOutcome outcome) => _outcomes.Writer.TryWrite(outcome);

    internal void ReportProgress(JobProgress progress) => Volatile.Write(ref _progress, new(progress));

    internal void Ended(Exception? error = null) => _outcomes.Writer.TryComplete(error);

    /// <summary>
    /// The job's actor stopped drawing for want of room: the next outcome taken wakes it. A full fence: the actor looks at
    /// <see cref="Taken"/> after this, the reader the other way round, and one of them must see the other.
    /// </summary>
    internal void Starve() => Interlocked.Exchange(ref _starved, 1);

    private sealed record JobProgressBox(JobProgress Value);
}
