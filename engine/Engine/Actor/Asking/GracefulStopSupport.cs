using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Stops an actor and waits until it has stopped.</summary>
public static class GracefulStopSupport
{
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => target.GracefulStop(timeout, PoisonPill.Instance);

    /// <summary>True once stopped, false when it has not within the time-out.</summary>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var actor = (IInternalActorRef)target;
        var provider = (LocalActorRefProvider)actor.Provider;
        var watcher = new TerminationPromise(provider, provider.TempPath());
        watcher.Start(timeout);
        actor.SendSystemMessage(new Watch(actor, watcher));
        target.Tell(stopMessage, ActorRefs.NoSender);
        try
        {
            return await watcher.Stopped.ConfigureAwait(false);
        }
        finally
        {
            actor.SendSystemMessage(new Unwatch(actor, watcher));
        }
    }

    /// <summary>A reference that waits for one DeathWatchNotification.</summary>
    private sealed class TerminationPromise(LocalActorRefProvider provider, ActorPath path) : PromiseActorRef(provider, path)
    {
        private readonly TaskCompletionSource<bool> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<bool> Stopped => _stopped.Task;

        public void Start(TimeSpan timeout) => Begin(timeout, CancellationToken.None);

        public override void SendSystemMessage(ISystemMessage message)
        {
            if (message is DeathWatchNotification)
            {
                Finish();
                _stopped.TrySetResult(true);
            }
            else
            {
                base.SendSystemMessage(message);
            }
        }

        protected override void OnTimeout(TimeSpan timeout)
        {
            Finish();
            _stopped.TrySetResult(false);
        }

        protected override void OnCancelled(CancellationToken token)
        {
            Finish();
            _stopped.TrySetCanceled(token);
        }
    }
}
