using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ActorCompute.Client.Scatter;
using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace ActorCompute.Client.Jobs;

/// <summary>A job whose outcomes one reader takes one by one, at its own pace.</summary>
internal sealed class JobStream(JobHeader header, long? count, Func<TaskSource> openTasks, JobOptions options) : IJobRun
{
    // With a journal, outcomes go through it: its thread gives them on when they are safe.
    private readonly JobJournal? _journal = options.Journal;

    private readonly ProgressDesk? _told = options.Progress is { } progress ? new(progress) : null;

    private readonly EventDesk? _events = options.Events is { } events ? new(events) : null;

    private readonly Channel<SettledBatch> _settled = Channel.CreateUnbounded<SettledBatch>(new() { SingleReader = true, SingleWriter = true });
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IActorRef _actor = ActorRefs.Nobody;
    private JobProgressBox _progress = new(default);
    private long _taken;
    private long _takenBytes;
    private int _starved;
    private Once _reading;

    public JobHeader Header { get; } = header;

    public JobOptions Options { get; } = options;

    public long? Count { get; } = count;

    // Written by the reader, read by the job's actor.
    public long Taken => Volatile.Read(ref _taken);

    public long TakenBytes => Volatile.Read(ref _takenBytes);

    public JobProgress Progress => Volatile.Read(ref _progress).Value;

    public TaskSource OpenTasks() => openTasks();

    /// <summary>Its outcomes are read from now on; they are there once.</summary>
    /// <exception cref="InvalidOperationException">They were read before.</exception>
    public void BeginReading() => _reading.Take("the outcomes of a job");

    /// <summary>Every task with its outcome, once each. To be enumerated once. Cancelling the token cancels the job.</summary>
    public async IAsyncEnumerable<SettledBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var registration = cancellation.Register(() => Cancel("cancelled"));
        while (await _settled.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            while (_settled.Reader.TryRead(out var settled))
            {
                // A pack is taken when all of it is.
                if (!settled.Batch.IsPack) Took(settled);
                yield return settled;
                if (settled.Batch.IsPack) Took(settled);
            }
        }
    }

    private void Took(in SettledBatch settled)
    {
        Interlocked.Add(ref _takenBytes, settled.Bytes);
        Interlocked.Add(ref _taken, settled.Count);
        if (Interlocked.Exchange(ref _starved, 0) == 1) _actor.Tell(JobEvent.RoomMade.Instance);
    }

    public void Cancel(string reason) => _actor.Tell(new JobEvent.Cancelled(reason));

    /// <summary>Opens the journal to be written, if there is one; before the actor is started.</summary>
    /// <exception cref="JournalException">It cannot be written.</exception>
    public void OpenJournal() => _journal?.Start(
        release: settled => _settled.Writer.TryWrite(settled),
        ended: Complete,
        failed: error => Cancel(error.Message));

    /// <summary>Ends, without an error, when nothing more comes.</summary>
    public Task Completion => _completion.Task;

    private void Complete(Exception? error)
    {
        _settled.Writer.TryComplete(error);
        _completion.TrySetResult();
    }

    public void Started(IActorRef actor) => _actor = actor;

    // A full fence: the actor looks at Taken after this, the reader the other way round, and one of them must see the other.
    public void Starve() => Interlocked.Exchange(ref _starved, 1);

    // Ended as a whole or not at all: single tasks of a stream cannot be cancelled.
    public bool Wants(in TaskBatch batch) => true;

    public void Sent(in TaskBatch batch)
    {
    }

    public void Record(in SettledBatch settled) => _journal?.Record(settled);

    public void Report(in SettledBatch settled)
    {
        if (_journal is null) _settled.Writer.TryWrite(settled);
        else _journal.Release(settled);
    }

    public void Happened(SchedulingLog log) => _events?.Take(log);

    /// <summary>The limit that ended the job before its time, or null.</summary>
    public string? Limit { get; private set; }

    public void Limited(string reason) => Limit = reason;

    public void ReportProgress(JobProgress progress, ILogger log)
    {
        Volatile.Write(ref _progress, new(progress));
        _told?.Tell(progress, log);
    }

    public void Ended(Exception? error = null)
    {
        _events?.End();
        // The reader sees the end when the last of the progress was told.
        if (_told is null) Finish(error);
        else _told.End(() => Finish(error));
    }

    private void Finish(Exception? error)
    {
        if (_journal is null) Complete(error);
        else _journal.Finish(error);
    }

    private sealed record JobProgressBox(JobProgress Value);
}
