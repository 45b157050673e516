using System.Linq.Expressions;
using System.Reflection;
using Akka.Routing;
using Akka.Util;

namespace Akka.Actor;

/// <summary>The recipe for an actor: its class, its constructor's arguments, and where and how it runs. Immutable.</summary>
public class Props : IEquatable<Props>, ISurrogated
{
    private readonly Func<ActorBase> _factory;

    private Props(Type type, object[] arguments, Func<ActorBase> factory = null)
    {
        Type = type;
        Arguments = arguments;
        _factory = factory;
    }

    private Props(Props other)
        : this(other.Type, other.Arguments, other._factory)
    {
        Dispatcher = other.Dispatcher;
        Mailbox = other.Mailbox;
        RouterConfig = other.RouterConfig;
        Strategy = other.Strategy;
    }

    public Type Type { get; }

    public string TypeName => TypeNames.Short(Type);

    public object[] Arguments { get; }

    /// <summary>Null: the default one.</summary>
    public string Dispatcher { get; private init; }

    /// <summary>Null: the default one.</summary>
    public string Mailbox { get; private init; }

    public RouterConfig RouterConfig { get; private init; }

    internal SupervisorStrategy Strategy { get; private init; }

    /// <summary>The class and its arguments are taken from the expression, which has to be <c>() =&gt; new Actor(...)</c>.</summary>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy supervisorStrategy = null)
        where TActor : ActorBase
    {
        if (factory.Body is not NewExpression creation)
            throw new ArgumentException("The create function must be a 'new T (args)' expression");
        return new Props(creation.Type, [.. creation.Arguments.Select(Evaluate)]) { Strategy = supervisorStrategy };
    }

    public static Props Create<TActor>(params object[] args)
        where TActor : ActorBase => new(typeof(TActor), args ?? []);

    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy)
        where TActor : ActorBase, new() => new(typeof(TActor), []) { Strategy = supervisorStrategy };

    public static Props Create(Type type, params object[] args)
    {
        ArgumentNullException.ThrowIfNull(type);
        return typeof(ActorBase).IsAssignableFrom(type) ? new Props(type, args ?? [])
            : throw new ArgumentException($"[{type}] is no actor: it does not derive from ActorBase.", nameof(type));
    }

    public Props WithDispatcher(string dispatcher) => new(this) { Dispatcher = dispatcher };

    public Props WithMailbox(string mailbox) => new(this) { Mailbox = mailbox };

    public Props WithRouter(RouterConfig routerConfig) => new(this) { RouterConfig = routerConfig };

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) => new(this) { Strategy = supervisorStrategy };

    public ISurrogate ToSurrogate(ActorSystem system) => new HeldSurrogate(this);

    public bool Equals(Props other) =>
        ReferenceEquals(this, other)
        || (other is not null && Type == other.Type && _factory == other._factory && Dispatcher == other.Dispatcher && Mailbox == other.Mailbox
            && Equals(RouterConfig, other.RouterConfig) && Equals(Strategy, other.Strategy) && Arguments.SequenceEqual(other.Arguments));

    public override bool Equals(object obj) => Equals(obj as Props);

    public override int GetHashCode() => HashCode.Combine(Type, Dispatcher, Mailbox, Arguments.Length);

    /// <summary>For the engine's own actors, whose arguments need no reflection.</summary>
    internal static Props From<TActor>(Func<TActor> factory)
        where TActor : ActorBase => new(typeof(TActor), [], factory);

    internal ActorBase NewActor()
    {
        if (_factory is not null)
            return _factory();
        try
        {
            return (ActorBase)Activator.CreateInstance(Type, Arguments);
        }
        catch (Exception failure)
        {
            var cause = failure is TargetInvocationException { InnerException: { } inner } ? inner : failure;
            throw new TypeLoadException($"Error while creating actor instance of type {Type} with {Arguments.Length} args: "
                + $"({string.Join(", ", Arguments.Select(argument => argument ?? "null"))})", cause);
        }
    }

    /// <summary>
    /// What an argument is. Nearly all are values that the lambda has captured, which are fields of an object, or static
    /// properties: those are read as such, because bringing up the interpreter of expressions shows in a program's start.
    /// </summary>
    private static object Evaluate(Expression argument) => argument switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field, Expression: ConstantExpression { Value: { } captured } } => field.GetValue(captured),
        MemberExpression { Member: PropertyInfo property, Expression: null } => property.GetValue(null, BindingFlags.DoNotWrapExceptions, null, null, null),
        _ => Expression.Lambda<Func<object>>(Expression.Convert(argument, typeof(object))).Compile(preferInterpretation: true)(),
    };
}
