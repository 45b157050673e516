namespace Akka.Actor;

/// <summary>Asking: a message with the answer as a task.</summary>
public static class Futures
{
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, null, cancellationToken);

    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, null, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<T>(_ => message, timeout, cancellationToken);

    /// <summary>
    /// Sends what the factory makes of the reference that waits for the answer. The task fails with
    /// <see cref="AskTimeoutException"/> when none comes in time (no time-out given: <c>akka.actor.ask-timeout</c>),
    /// with the cause of a <see cref="Status.Failure"/> (unless object or Status was asked for), or with <see cref="ArgumentException"/> for another type.
    /// </summary>
    public static Task<T> Ask<T>(
        this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        // Not an async method: its continuation would take a detour by the turn of the actor that asks.
        if (ProviderOf(self) is not { } provider)
            return Task.FromException<T>(new ArgumentException("Unable to resolve the target Provider", nameof(self)));
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        var promise = new PromiseActorRef<T>(provider, provider.TempPath(), self);
        promise.Start(timeout ?? provider.System.Settings.AskTimeout, cancellationToken);
        try
        {
            self.Tell(messageFactory(promise), promise);
        }
        catch (Exception failure)
        {
            promise.Fail(failure);
        }
        return promise.Answer;
    }

    private static LocalActorRefProvider ProviderOf(ICanTell self) => self switch
    {
        ActorSelection selection => ProviderOf(selection.Anchor),
        Nobody => ActorCell.Current?.SystemImpl.LocalProvider,
        IInternalActorRef actor => (LocalActorRefProvider)actor.Provider,
        _ => ActorCell.Current?.SystemImpl.LocalProvider,
    };
}
