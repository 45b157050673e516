using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Routing;

/// <summary>Every routee.</summary>
public sealed class BroadcastPool : Pool
{
    public BroadcastPool(Config config)
        : this(InstancesFrom(config))
    {
    }

    public BroadcastPool(int nrOfInstances)
        : this(nrOfInstances, null, DefaultSupervisorStrategy, null)
    {
    }

    public BroadcastPool(
        int nrOfInstances, Resizer resizer, SupervisorStrategy supervisorStrategy, string routerDispatcher, bool usePoolDispatcher = false)
        : base(nrOfInstances, resizer, supervisorStrategy, routerDispatcher, usePoolDispatcher)
    {
    }

    public override Router CreateRouter(ActorSystem system) => new(new BroadcastRoutingLogic());

    public override int GetNrOfInstances(ActorSystem system) => NrOfInstances;

    public BroadcastPool WithSupervisorStrategy(SupervisorStrategy strategy) => new(NrOfInstances, null, strategy, RouterDispatcher);

    public BroadcastPool WithDispatcher(string dispatcher) => new(NrOfInstances, null, SupervisorStrategy, dispatcher);

    public override ISurrogate ToSurrogate(ActorSystem system) => new HeldSurrogate(this);
}
