using Akka.Util;

namespace Akka.Actor;

/// <summary>The decision about one child is carried out on all of them.</summary>
public class AllForOneStrategy : SupervisorStrategy, IEquatable<AllForOneStrategy>
{
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries ?? -1, Window(withinTimeRange), new LocalOnlyDecider(localOnlyDecider))
    {
    }

    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : this(maxNrOfRetries ?? -1, Window(withinTimeRange), decider)
    {
    }

    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, new LocalOnlyDecider(localOnlyDecider), loggingEnabled)
    {
    }

    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
        : base(maxNrOfRetries, withinTimeMilliseconds, decider, loggingEnabled)
    {
    }

    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(-1, -1, localOnlyDecider)
    {
    }

    public AllForOneStrategy(IDecider decider)
        : this(-1, -1, decider)
    {
    }

    protected AllForOneStrategy()
        : this(DefaultDecider)
    {
    }

    public int MaxNumberOfRetries => MaxRetries;

    public int WithinTimeRangeMilliseconds => WindowMilliseconds;

    public override IDecider Decider => ActiveDecider;

    public override ISurrogate ToSurrogate(ActorSystem system) => new HeldSurrogate(this);

    public bool Equals(AllForOneStrategy other) => SameAs(other);

    public override bool Equals(object obj) => Equals(obj as AllForOneStrategy);

    public override int GetHashCode() => HashCode.Combine(MaxRetries, WindowMilliseconds);

    internal override void Act(ActorCell parent, bool restart, ChildStats failed, Exception cause, List<ChildStats> all)
    {
        if (restart && all.TrueForAll(MayRestart))
        {
            foreach (var stats in all)
            {
                // The failed one has suspended itself; a restart takes one suspension away.
                if (!ReferenceEquals(stats, failed))
                    stats.Child.Suspend();
                stats.Child.Restart(cause);
            }
        }
        else
        {
            foreach (var stats in all)
                parent.Stop(stats.Child);
        }
    }
}
