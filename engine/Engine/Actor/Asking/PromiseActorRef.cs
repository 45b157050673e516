using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>
/// A reference that lives for one answer. Registered below <c>/temp</c>, so that the answer finds it from other nodes
/// too; unregistered by whatever completes it: answer, time-out, cancellation.
/// </summary>
internal abstract class PromiseActorRef(LocalActorRefProvider provider, ActorPath path) : MinimalActorRef
{
    private readonly Lock _lock = new();
    private HashSet<IInternalActorRef> _watchers;
    private ScheduledItem _timeout;
    private CancellationTokenRegistration _cancellation;
    private bool _finished;

    public override ActorPath Path { get; } = path;

    public override IInternalActorRef Parent => provider.TempContainer;

    public override IActorRefProvider Provider => provider;

    public override bool IsTerminated
    {
        get
        {
            lock (_lock)
                return _finished;
        }
    }

    public override void Stop() => Finish();

    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case Terminate:
                Stop();
                break;
            case Watch watch when !watch.Watcher.Equals(this):
                bool late;
                lock (_lock)
                {
                    late = _finished;
                    if (!late)
                        (_watchers ??= []).Add(watch.Watcher);
                }
                if (late)
                    watch.Watcher.SendSystemMessage(new DeathWatchNotification(this, ExistenceConfirmed: true, AddressTerminated: false));
                break;
            case Unwatch unwatch:
                lock (_lock)
                    _watchers?.Remove(unwatch.Watcher);
                break;
        }
    }

    /// <summary>Makes it findable and starts its clock.</summary>
    protected void Begin(TimeSpan timeout, CancellationToken cancellationToken)
    {
        provider.RegisterTempActor(this, Path);
        ScheduledItem item = null;
        if (timeout != Timeout.InfiniteTimeSpan)
            item = provider.System.TimerThread.Schedule(timeout, () => OnTimeout(timeout));
        var registration = cancellationToken.CanBeCanceled
            ? cancellationToken.UnsafeRegister(static (state, token) => ((PromiseActorRef)state).OnCancelled(token), this) : default;
        lock (_lock)
        {
            if (!_finished)
            {
                _timeout = item;
                _cancellation = registration;
                return;
            }
        }
        // It finished while it began.
        item?.Cancel();
        registration.Unregister();
    }

    protected abstract void OnTimeout(TimeSpan timeout);

    protected abstract void OnCancelled(CancellationToken token);

    /// <summary>Leaves nothing behind. The first call counts.</summary>
    protected void Finish()
    {
        HashSet<IInternalActorRef> watchers;
        lock (_lock)
        {
            if (_finished)
                return;
            _finished = true;
            watchers = _watchers;
            _watchers = null;
        }
        provider.UnregisterTempActor(Path);
        _timeout?.Cancel();
        // Not Dispose: it would wait for a callback that may be the very caller.
        _cancellation.Unregister();
        if (watchers is null)
            return;
        foreach (var watcher in watchers)
            watcher.SendSystemMessage(new DeathWatchNotification(this, ExistenceConfirmed: true, AddressTerminated: false));
    }
}

/// <summary>The answer as a task of the type asked for.</summary>
internal sealed class PromiseActorRef<T>(LocalActorRefProvider provider, ActorPath path, object description) : PromiseActorRef(provider, path)
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => _answer.Task;

    public void Start(TimeSpan timeout, CancellationToken cancellationToken) => Begin(timeout, cancellationToken);

    public override void Stop() =>
        Fail(new AskTimeoutException($"The reference that waited for the answer to {description} was stopped."));

    public void Fail(Exception failure)
    {
        Finish();
        _answer.TrySetException(failure);
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        // Finish comes before the result in all of these: who has the result must find nothing left behind.
        Finish();
        var taken = message switch
        {
            // First: who asks for object, or for Status, gets a failure as it is.
            T answer => _answer.TrySetResult(answer),
            Status.Failure failure => _answer.TrySetException(
                failure.Cause ?? new TaskCanceledException("The actor answered with a failure without a cause.")),
            _ => _answer.TrySetException(new ArgumentException($"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]")),
        };
        if (!taken)
            ((LocalActorRefProvider)Provider).DeadLettersFor(this, message, sender);
    }

    protected override void OnTimeout(TimeSpan timeout) =>
        Fail(new AskTimeoutException($"Timeout after {timeout} waiting for the answer to {description}."));

    protected override void OnCancelled(CancellationToken token)
    {
        Finish();
        _answer.TrySetCanceled(token);
    }
}
