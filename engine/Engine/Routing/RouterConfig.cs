using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Util;

namespace Akka.Routing;

/// <summary>How a router is made.</summary>
#pragma warning disable CS0659 // In Akka.NET too the hash code is overridden only by the classes below.
public abstract class RouterConfig : IEquatable<RouterConfig>, ISurrogated
#pragma warning restore CS0659
{
    private readonly string _routerDispatcher;

    internal RouterConfig(string routerDispatcher) => _routerDispatcher = routerDispatcher ?? Dispatchers.DefaultDispatcherId;

    /// <summary>The dispatcher of the router itself; routees have that of their props.</summary>
    public virtual string RouterDispatcher => _routerDispatcher;

    public virtual bool StopRouterWhenAllRouteesRemoved => this is Pool;

    public abstract Router CreateRouter(ActorSystem system);

    public abstract ISurrogate ToSurrogate(ActorSystem system);

    /// <summary>Whether the router handles such a message itself instead of routing it.</summary>
    public virtual bool IsManagementMessage(object message) =>
        message is IAutoReceivedMessage or RouterManagementMessage;

    public bool Equals(RouterConfig other) =>
        ReferenceEquals(this, other) || (other is not null && other.GetType() == GetType() && other.RouterDispatcher == RouterDispatcher && EqualsCore(other));

    public override bool Equals(object obj) => Equals(obj as RouterConfig);

    internal virtual bool EqualsCore(RouterConfig other) => true;

    internal virtual void Verify(ActorPath path)
    {
    }

    /// <summary>The routees to begin with.</summary>
    internal abstract IEnumerable<Routee> MakeRoutees(RoutedActorCell cell);

    internal abstract SupervisorStrategy Strategy { get; }
}

/// <summary>A router that makes its routees, as children.</summary>
public abstract class Pool : RouterConfig, IEquatable<Pool>
{
    protected Pool(int nrOfInstances, Resizer resizer, SupervisorStrategy supervisorStrategy, string routerDispatcher, bool usePoolDispatcher)
        : base(routerDispatcher)
    {
        NrOfInstances = nrOfInstances;
        SupervisorStrategy = supervisorStrategy ?? DefaultSupervisorStrategy;
        if (resizer is not null)
            throw new NotSupportedException("The embedded engine has no resizers; adjust pools with AdjustPoolSize.");
        if (usePoolDispatcher)
            throw new NotSupportedException("The embedded engine has no pool dispatchers; name one with WithDispatcher.");
    }

    public static SupervisorStrategy DefaultSupervisorStrategy => SupervisorStrategy.DefaultStrategy;

    public int NrOfInstances { get; }

    public virtual SupervisorStrategy SupervisorStrategy { get; }

    public virtual Resizer Resizer => null;

    public abstract int GetNrOfInstances(ActorSystem system);

    /// <summary>The props of a router whose routees have the given ones.</summary>
    public Props Props(Props routeeProps) => routeeProps.WithRouter(this);

    public bool Equals(Pool other) => base.Equals(other);

    public override bool Equals(object obj) => Equals(obj as Pool);

    public override int GetHashCode() => HashCode.Combine(GetType(), RouterDispatcher, NrOfInstances);

    internal override SupervisorStrategy Strategy => SupervisorStrategy;

    internal override bool EqualsCore(RouterConfig other) => other is Pool pool && pool.NrOfInstances == NrOfInstances;

    internal override void Verify(ActorPath path)
    {
        if (NrOfInstances < 0)
            throw new ConfigurationException($"The router [{path}] cannot have {NrOfInstances} routees.");
    }

    internal override IEnumerable<Routee> MakeRoutees(RoutedActorCell cell)
    {
        for (var i = GetNrOfInstances(cell.SystemImpl); i > 0; i--)
            yield return cell.MakeRoutee();
    }

    internal static int InstancesFrom(Config config) => config.GetInt("nr-of-instances");
}

/// <summary>A router over actors that others have made, by their paths.</summary>
public abstract class Group : RouterConfig, IEquatable<Group>
{
    private readonly string[] _paths;

    protected Group(IEnumerable<string> paths, string routerDispatcher)
        : base(routerDispatcher) => _paths = [.. paths];

    public abstract IEnumerable<string> GetPaths(ActorSystem system);

    /// <summary>The props of the router.</summary>
    public Props Props() => Actor.Props.From<ActorBase>(() => new RouterActor()).WithRouter(this);

    public bool Equals(Group other) => base.Equals(other);

    public override bool Equals(object obj) => Equals(obj as Group);

    public override int GetHashCode() => HashCode.Combine(GetType(), RouterDispatcher, _paths.Length);

    internal string[] Paths => _paths;

    internal override SupervisorStrategy Strategy => SupervisorStrategy.DefaultStrategy;

    internal override bool EqualsCore(RouterConfig other) => other is Group group && group._paths.SequenceEqual(_paths);

    internal override IEnumerable<Routee> MakeRoutees(RoutedActorCell cell) =>
        GetPaths(cell.SystemImpl).Select(path => new ActorSelectionRoutee(cell.SystemImpl.ActorSelection(path)));
}

/// <summary>Changes the size of a pool by its load. The embedded engine has none: null is the only value there is.</summary>
public abstract class Resizer
{
    internal Resizer()
    {
    }
}
