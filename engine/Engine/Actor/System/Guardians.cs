using Akka.Event;

namespace Akka.Actor;

internal static class GuardianMessages
{
    /// <summary>To the system guardian: end yourself once all of /user has.</summary>
    public sealed record WatchUser
    {
        public static readonly WatchUser Instance = new();
    }

    public sealed record TransportClosed(Exception Failure) : INoSerializationVerificationNeeded;
}

/// <summary>The root of all actors. The system guardian stops last, and the root with it.</summary>
internal sealed class RootGuardianActor(LocalActorRefProvider provider) : ActorBase
{
    protected override SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.StoppingStrategy;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Terminated:
                Context.Stop(Self);
                return true;
            case GuardianMessages.WatchUser:
                Context.Watch(provider.SystemGuardian);
                return true;
            default:
                return false;
        }
    }

    protected override void PreRestart(Exception reason, object message)
    {
    }
}

/// <summary>The parent of the application's actors.</summary>
internal sealed class UserGuardianActor(SupervisorStrategy strategy) : ActorBase
{
    protected override SupervisorStrategy SupervisorStrategy() => strategy;

    protected override bool Receive(object message) => false;

    protected override void PreRestart(Exception reason, object message)
    {
    }
}

/// <summary>
/// The parent of the engine's own actors. When /user has stopped it has the transport flush and close, for the last
/// messages of /user may still be on their way; then it stops its children and itself.
/// </summary>
internal sealed class SystemGuardianActor(LocalActorRefProvider provider) : ActorBase
{
    // A peer that takes nothing more must not keep this system from ending.
    private static readonly TimeSpan TransportTimeout = TimeSpan.FromSeconds(10);

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case GuardianMessages.WatchUser:
                Context.Watch(provider.Guardian);
                ((IInternalActorRef)provider.Root).Tell(message, Self);
                return true;
            case Terminated:
                provider.ShutdownTransport().WaitAsync(TransportTimeout).PipeTo(
                    Self, success: () => new GuardianMessages.TransportClosed(null), failure: failure => new GuardianMessages.TransportClosed(failure));
                return true;
            case GuardianMessages.TransportClosed closed:
                if (closed.Failure is { } failure)
                    provider.System.EventStream.Publish(new Warning(failure, Self.Path.ToString(), GetType(), $"The transport did not close cleanly: {failure.Message}"));
                provider.System.EventStream.StopLoggers();
                Context.Stop(Self);
                return true;
            default:
                return false;
        }
    }

    protected override void PreRestart(Exception reason, object message)
    {
    }
}
