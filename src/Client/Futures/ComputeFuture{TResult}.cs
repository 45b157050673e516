using System.Runtime.CompilerServices;
using ActorCompute.Client.Executor;
using ActorCompute.Client.Shared;
using ActorCompute.Messages;

namespace ActorCompute;

/// <inheritdoc cref="ComputeFuture"/>
/// <typeparam name="TResult">What the function gives.</typeparam>
public sealed class ComputeFuture<TResult> : ComputeFuture, IRemoteValue<TResult>, IRemoteArgument
{
    private readonly TaskCompletionSource<TResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ICodec<TResult> _codec;
    private readonly SubmitSession _session;
    private SharedValue<TResult>? _shared;
    private int _lent;
    private TResult? _value;
    private Exception? _error;

    internal ComputeFuture(object? input, string? name, ICodec<TResult> codec, SubmitSession session, long number)
        : base(input, name) => (_codec, _session, Number) = (codec, session, number);

    /// <summary>The number of its task.</summary>
    internal long Number { get; }

    /// <summary>The future as a task, for <see cref="Task.WhenAll{TResult}(IEnumerable{Task{TResult}})"/> and the like.</summary>
    public Task<TResult> AsTask() => _completion.Task;

    /// <summary>Lets it be awaited.</summary>
    public TaskAwaiter<TResult> GetAwaiter() => AsTask().GetAwaiter();

    /// <summary>Waits until it is done and gives the result.</summary>
    /// <param name="timeout">How long to wait; null for as long as it takes.</param>
    /// <param name="cancellation">Ends the waiting, not the task.</param>
    /// <exception cref="RemoteTaskException">The function threw, or its workers died.</exception>
    /// <exception cref="TimeoutException">It is not done in time; it goes on.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the waiting was.</exception>
    public Task<TResult> ResultAsync(TimeSpan? timeout = null, CancellationToken cancellation = default) =>
        timeout is null && !cancellation.CanBeCanceled ? AsTask() : AsTask().WaitAsync(Limits.OrForever(timeout), cancellation);

    /// <inheritdoc/>
    public override async Task<Exception?> ExceptionAsync(TimeSpan? timeout = null, CancellationToken cancellation = default)
    {
        try
        {
            await ResultAsync(timeout, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (AsTask().IsFaulted && ReferenceEquals(e, _error))
        {
            return e;
        }
    }

    /// <inheritdoc cref="ComputeFuture.OnCompleted"/>
    public void OnCompleted(Action<ComputeFuture<TResult>> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        base.OnCompleted(future => callback((ComputeFuture<TResult>)future));
    }

    ComputeFuture? IRemoteArgument.Awaited => this;

    object? IRemoteArgument.Value => _value;

    // Shared while calls that take it are under way, and as long only. Nobody else has the object that is locked: one of its own would be one
    // more for each call.
    object IRemoteArgument.Lend(SharedValues shared)
    {
        lock (_completion)
        {
            _shared ??= shared.ShareResult(FunctionContract.ResultId(_session.Header.Id!.Value.Value, Number), _value!);
            _lent++;
            return _shared;
        }
    }

    void IRemoteArgument.Return()
    {
        lock (_completion)
        {
            if (--_lent > 0) return;
            _shared?.Dispose();
            _shared = null;
        }
    }

    internal override Exception? EndedWith => IsCancelled ? new OperationCanceledException($"{_session.Header.Name}, whose result is an argument of this call, was cancelled.") : _error;

    internal override bool ReadsByUserCode => _codec is not ValueCodec<TResult> || !ValueCodec<TResult>.IsPlain;

    internal override void Settle(in SettledBatch outcome)
    {
        // Nobody waits: it was cancelled.
        if (IsDone) return;
        switch (outcome.Failure)
        {
            case null:
                try
                {
                    _value = _codec.Read(outcome.Result.Span);
                    TrySucceed(outcome.Run);
                }
                catch (Exception e)
                {
                    _error = FunctionValues.Unreadable(_session.Header.Name, e);
                    TryFault(outcome.Run);
                }

                break;
            case { Cause: FailureCause.Cancelled }:
                TryCancelled(outcome.Run);
                break;
            default:
                _error = new RemoteTaskException(outcome.Failure, outcome.Run);
                TryFault(outcome.Run);
                break;
        }
    }

    internal override void Fail(Exception error)
    {
        // It may have its outcome already; that error stays the one that is given.
        if (IsDone) return;
        _error = error;
        if (error is OperationCanceledException) TryCancelled(null);
        else TryFault(null);
    }

    private protected override void CallbackThrew(Exception error) => ClientLog.CallbackThrew(_session.Log, error, nameof(OnCompleted));

    private protected override void Withdraw() => _session.Cancel(Number);

    private protected override void Publish()
    {
        _session.Remove(this);
        if (IsCancelled) Cancelled(_error as OperationCanceledException);
        else if (IsFaulted) _completion.TrySetException(_error!);
        else _completion.TrySetResult(_value!);
    }

    /// <summary>A task that is cancelled and whose exception keeps its words; they are there when the cluster was closed.</summary>
    private void Cancelled(OperationCanceledException? reason)
    {
        if (reason is null) _completion.TrySetCanceled();
        else _completion.TrySetFromTask(ThrowAsync());

        async Task<TResult> ThrowAsync()
        {
            await Task.CompletedTask.ConfigureAwait(false);
            throw reason;
        }
    }
}
