using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Routing;

/// <summary>Every routee.</summary>
public sealed class BroadcastGroup : Group
{
    public BroadcastGroup(Config config)
        : this(config.GetStringList("routees.paths"))
    {
    }

    public BroadcastGroup(params string[] paths)
        : this(paths, null)
    {
    }

    public BroadcastGroup(IEnumerable<string> paths)
        : this(paths, null)
    {
    }

    public BroadcastGroup(IEnumerable<string> paths, string routerDispatcher)
        : base(paths, routerDispatcher)
    {
    }

    public override Router CreateRouter(ActorSystem system) => new(new BroadcastRoutingLogic());

    public override IEnumerable<string> GetPaths(ActorSystem system) => Paths;

    public Group WithDispatcher(string dispatcher) => new BroadcastGroup(Paths, dispatcher);

    public override ISurrogate ToSurrogate(ActorSystem system) => new HeldSurrogate(this);
}
