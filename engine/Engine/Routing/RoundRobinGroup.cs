using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Routing;

/// <summary>One routee after the other.</summary>
public sealed class RoundRobinGroup : Group
{
    public RoundRobinGroup(Config config)
        : this(config.GetStringList("routees.paths"))
    {
    }

    public RoundRobinGroup(params string[] paths)
        : this(paths, null)
    {
    }

    public RoundRobinGroup(IEnumerable<string> paths)
        : this(paths, null)
    {
    }

    public RoundRobinGroup(IEnumerable<string> paths, string routerDispatcher)
        : base(paths, routerDispatcher)
    {
    }

    public override Router CreateRouter(ActorSystem system) => new(new RoundRobinRoutingLogic());

    public override IEnumerable<string> GetPaths(ActorSystem system) => Paths;

    public Group WithDispatcher(string dispatcherId) => new RoundRobinGroup(Paths, dispatcherId);

    public override ISurrogate ToSurrogate(ActorSystem system) => new HeldSurrogate(this);
}
