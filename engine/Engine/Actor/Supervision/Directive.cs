namespace Akka.Actor;

/// <summary>What a parent decides about a failed child.</summary>
public enum Directive
{
    /// <summary>Go on with the same instance; the message that failed is gone.</summary>
    Resume,

    /// <summary>A new instance takes its place; the mailbox stays.</summary>
    Restart,

    /// <summary>The parent fails with the same exception.</summary>
    Escalate,

    Stop,
}

/// <summary>Maps failures to decisions.</summary>
public interface IDecider
{
    Directive Decide(Exception cause);
}

/// <summary>A decider made of a function.</summary>
public class LocalOnlyDecider : IDecider
{
    private readonly Func<Exception, Directive> _decider;

    public LocalOnlyDecider(Func<Exception, Directive> decider) => _decider = decider;

    public Directive Decide(Exception cause) => _decider(cause);
}

/// <summary>Makes deciders.</summary>
public static class Decider
{
    public static LocalOnlyDecider From(Func<Exception, Directive> localOnlyDecider) => new(localOnlyDecider);
}
