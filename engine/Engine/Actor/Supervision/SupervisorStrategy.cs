using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>How an actor judges the failures of its children.</summary>
public abstract class SupervisorStrategy : ISurrogated
{
    /// <summary>Stops what could not be made or was killed, restarts everything else.</summary>
    public static readonly IDecider DefaultDecider = new LocalOnlyDecider(
        cause => cause is ActorInitializationException or ActorKilledException or DeathPactException ? Directive.Stop : Directive.Restart);

    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);

    /// <summary>Stops whatever fails.</summary>
    public static readonly OneForOneStrategy StoppingStrategy = new(new LocalOnlyDecider(_ => Directive.Stop));

    internal SupervisorStrategy(int maxRetries, int windowMilliseconds, IDecider decider, bool loggingEnabled)
    {
        MaxRetries = maxRetries;
        WindowMilliseconds = windowMilliseconds;
        ActiveDecider = decider;
        LoggingEnabled = loggingEnabled;
    }

    public abstract IDecider Decider { get; }

    internal bool LoggingEnabled { get; }

    internal int MaxRetries { get; }

    internal int WindowMilliseconds { get; }

    internal IDecider ActiveDecider { get; }

    public abstract ISurrogate ToSurrogate(ActorSystem system);

    /// <summary>Judges a failure and acts on it. False: escalate.</summary>
    internal bool HandleFailure(ActorCell parent, ChildStats child, Exception cause, List<ChildStats> all)
    {
        var directive = ActiveDecider.Decide(cause);
        if (LoggingEnabled)
            LogFailure(parent, child.Child, cause, directive);
        switch (directive)
        {
            case Directive.Resume:
                child.Child.Resume(cause);
                return true;
            case Directive.Restart:
                Act(parent, restart: true, child, cause, all);
                return true;
            case Directive.Stop:
                Act(parent, restart: false, child, cause, all);
                return true;
            default:
                return false;
        }
    }

    internal abstract void Act(ActorCell parent, bool restart, ChildStats failed, Exception cause, List<ChildStats> all);

    internal bool MayRestart(ChildStats child) =>
        child.RequestRestartPermission(MaxRetries, WindowMilliseconds, ActorCell.MonotonicMilliseconds);

    internal bool SameAs(SupervisorStrategy other) =>
        other is not null && other.GetType() == GetType() && MaxRetries == other.MaxRetries
        && WindowMilliseconds == other.WindowMilliseconds && Equals(ActiveDecider, other.ActiveDecider);

    internal static int Window(TimeSpan? range) =>
        range is { } value && value != Timeout.InfiniteTimeSpan ? (int)Math.Min(value.TotalMilliseconds, int.MaxValue) : -1;

    private static void LogFailure(ActorCell parent, IActorRef child, Exception cause, Directive directive)
    {
        // An initialization failure says itself nothing; what it wraps does.
        var message = cause is ActorInitializationException { InnerException: { } inner } ? inner.Message : cause.Message;
        var source = child.Path.ToString();
        var type = parent.Actor?.GetType() ?? typeof(SupervisorStrategy);
        LogEvent log = directive switch
        {
            Directive.Resume => new Warning(cause, source, type, message),
            Directive.Escalate => new Debug(cause, source, type, message),
            _ => new Error(cause, source, type, message),
        };
        if (log.LogLevel() >= parent.SystemImpl.EventStream.LogLevel)
            parent.SystemImpl.EventStream.Publish(log);
    }
}
