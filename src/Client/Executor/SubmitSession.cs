using ActorCompute.Client.Jobs;
using ActorCompute.Client.Scatter;
using ActorCompute.Client.Shared;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorCompute.Client.Executor;

/// <summary>One function to which calls are submitted: a job that stays open, its tasks futures.</summary>
internal sealed class SubmitSession : IJobRun
{
    // Looks come twice a second.
    private const int IdleLooks = 20;

    // Each thread that submits encodes into a block of its own.
    [ThreadStatic]
    private static PayloadWriter? _writer;

    private readonly Lock _lock = new();
    private readonly SubmittedTasks _tasks = new();
    private IActorRef _actor = ActorRefs.Nobody;
    private ComputeFuture? _first;
    private readonly ResultDesk _desk;
    private int _outstanding;
    private long _taken;
    private long _takenBytes;
    private int _starved;
    private Exception? _end;
    private volatile bool _closes;
    private int _idleLooks;

    public SubmitSession(JobHeader header, JobOptions options) => (Header, Options, _desk) = (header, options, new(Took));

    public JobHeader Header { get; }

    public JobOptions Options { get; }

    /// <summary>Where it is told what callbacks of the futures threw.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;

    public long? Count => null;

    // Written by whoever settles futures, read by the job's actor: results that wait to be read hold back the drawing.
    public long Taken => Volatile.Read(ref _taken);

    public long TakenBytes => Volatile.Read(ref _takenBytes);

    /// <summary>It takes no more: it was closed, or no worker can run its function.</summary>
    public bool HasEnded => _closes || Volatile.Read(ref _end) is not null;

    public void Started(IActorRef actor) => _actor = actor;

    /// <returns>The future, or null if this session takes no more and another is to be opened.</returns>
    /// <exception cref="ArgumentException">The argument would not arrive as it is, or is too large.</exception>
    public ComputeFuture<TResult>? Submit<TInput, TResult>(ICodec<TInput> inputs, ICodec<TResult> results, TInput input, object? shown, string? name)
    {
        var payload = Encode(inputs, input);
        if (Begin(results, shown, name) is not { } future) return null;
        if (!future.IsDone) Add(future, payload);
        return future;
    }

    /// <summary>The same for a call whose arguments are on the cluster, or will be.</summary>
    /// <returns>The future, which is there before its arguments are; or null if this session takes no more.</returns>
    public ComputeFuture<TResult>? Submit<TInput, TResult>(ICodec<TInput> inputs, ICodec<TResult> results, RemoteInput<TInput> input, string? name)
    {
        if (Begin(results, null, name) is not { } future) return null;
        input.WhenThere(error =>
        {
            if (future.IsDone) return;
            if (error is not null)
            {
                future.Fail(error);
                return;
            }

            // Values are written by code of users, and whoever brought the last argument has more to do.
            ThreadPool.UnsafeQueueUserWorkItem(_ => Send(future), null);
        });
        return future;

        void Send(ComputeFuture<TResult> future)
        {
            try
            {
                var payload = Encode(inputs, input.Lend());
                // Before the call is sent: it may be done at once.
                future.Continue(_ => input.Return());
                Add(future, payload);
            }
            catch (Exception e)
            {
                input.Return();
                future.Fail(e);
            }
        }
    }

    /// <summary>A future that counts as outstanding from here on.</summary>
    private ComputeFuture<TResult>? Begin<TResult>(ICodec<TResult> results, object? shown, string? name)
    {
        var future = new ComputeFuture<TResult>(shown, name, results, this, _tasks.NextNumber());
        Exception? end;
        lock (_lock)
        {
            if (_closes) return null;
            end = _end;
            if (end is null) Link(future);
        }

        if (end is not null) future.Fail(end);
        return future;
    }

    private void Add<TResult>(ComputeFuture<TResult> future, ReadOnlyMemory<byte> payload)
    {
        if (!_tasks.TryAdd(new(future.Number, payload, future))) future.Fail(Closed());
    }

    /// <summary>Nobody waits for this one any more.</summary>
    public void Cancel(long number) => _actor.Tell(new LedgerEvent.TaskCancelled(number, "cancelled"));

    /// <summary>The futures that are not done.</summary>
    public List<ComputeFuture> Outstanding()
    {
        lock (_lock)
        {
            var futures = new List<ComputeFuture>(_outstanding);
            for (var future = _first; future is not null; future = future.Next) futures.Add(future);
            return futures;
        }
    }

    /// <summary>A future is done.</summary>
    public void Remove(ComputeFuture future)
    {
        lock (_lock) Unlink(future);
    }

    /// <summary>Closes the job, on its workers too, when nothing was submitted for a while and all is done: the next call opens another.</summary>
    void IJobRun.Look()
    {
        lock (_lock)
        {
            _idleLooks = _outstanding == 0 ? _idleLooks + 1 : 0;
            if (_closes || _idleLooks < IdleLooks) return;
            _closes = true;
        }

        _tasks.Complete();
    }

    TaskSource IJobRun.OpenTasks() => _tasks;

    // A full fence, as in JobStream.
    void IJobReader.Starve() => Interlocked.Exchange(ref _starved, 1);

    bool IJobReader.Wants(in TaskBatch batch) => !((ComputeFuture)batch.State!).IsDone;

    void IJobRun.Sent(in TaskBatch batch) => ((ComputeFuture)batch.State!).MarkSent();

    void IJobRun.Report(in SettledBatch settled)
    {
        var future = (ComputeFuture)settled.State!;
        if (settled.Failure is null && !future.IsDone && future.ReadsByUserCode)
        {
            _desk.Add(settled);
            return;
        }

        future.Settle(settled);
        Took(settled);
    }

    private void Took(SettledBatch settled)
    {
        Interlocked.Add(ref _takenBytes, settled.Bytes);
        Interlocked.Increment(ref _taken);
        if (Interlocked.Exchange(ref _starved, 0) == 1) _actor.Tell(JobEvent.RoomMade.Instance);
    }

    void IJobRun.Limited(string reason)
    {
    }

    // Of single calls nobody asks: each has its future.
    void IJobRun.ReportProgress(JobProgress progress, ILogger log)
    {
    }

    void IJobRun.Ended(Exception? error)
    {
        lock (_lock)
        {
            if (_end is not null) return;
            _end = error ?? Closed();
        }

        foreach (var future in Outstanding()) future.Fail(_end);
    }

    private static ReadOnlyMemory<byte> Encode<TInput>(ICodec<TInput> codec, TInput input)
    {
        try
        {
            var payload = (_writer ??= new()).Write(codec, input);
            if (payload.Length <= ChunkSizer.LargestPayload) return payload;
            throw new ArgumentException($"the argument takes {payload.Length} bytes; at most {ChunkSizer.LargestPayload} travel with a call. Share it (cluster.Share), or put it where workers can read it and pass where that is.", nameof(input));
        }
        catch (InputException e)
        {
            throw new ArgumentException(e.Message, nameof(input), e);
        }
    }

    private static OperationCanceledException Closed() => new("the cluster was closed before this was done; await it, or ShutdownAsync, first.");

    private void Link(ComputeFuture future)
    {
        future.Next = _first;
        if (_first is not null) _first.Previous = future;
        _first = future;
        _outstanding++;
    }

    private void Unlink(ComputeFuture future)
    {
        // One that was never linked in, or is out already, has no neighbours and is not the first.
        if (future.Previous is null && future != _first) return;
        if (future.Previous is null) _first = future.Next;
        else future.Previous.Next = future.Next;
        if (future.Next is not null) future.Next.Previous = future.Previous;
        (future.Next, future.Previous) = (null, null);
        _outstanding--;
    }
}
