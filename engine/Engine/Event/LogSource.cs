using Akka.Actor;

namespace Akka.Event;

/// <summary>Where a log event comes from: an actor's path, a text, a type.</summary>
public readonly struct LogSource
{
    private LogSource(string source, Type type)
    {
        Source = source;
        Type = type;
    }

    public string Source { get; }

    public Type Type { get; }

    public static LogSource Create(object o) => Create(o, null);

    public static LogSource Create(object o, ActorSystem system) => o switch
    {
        IActorContext context => new LogSource(FromActor(context, system), SourceType(context)),
        IActorRef actor => new LogSource(FromActorRef(actor, system), SourceType(actor)),
        string text => new LogSource(FromString(text, system), typeof(string)),
        Type type => new LogSource(FromType(type, system), type),
        null => throw new ArgumentNullException(nameof(o)),
        _ => new LogSource(FromType(o.GetType(), system), o.GetType()),
    };

    public static LogSource Create(string source, Type t) => new(source, t);

    public static string FromType(Type t, ActorSystem system) => system is null ? Logging.SimpleName(t) : $"{Logging.SimpleName(t)} ({system})";

    public static string FromString(string source, ActorSystem system) => system is null ? source : $"{source} ({system})";

    public static string FromActor(IActorContext actor, ActorSystem system) => FromActorRef(actor.Self, system);

    public static string FromActorRef(IActorRef a, ActorSystem system) =>
        system is ExtendedActorSystem extended ? a.Path.ToStringWithAddress(extended.Provider.DefaultAddress) : a.Path.ToString();

    public static Type SourceType(object o) => o switch
    {
        Type type => type,
        IActorContext context => context.Props.Type,
        IActorRef actor => actor.GetType(),
        string => typeof(string),
        _ => o.GetType(),
    };
}
