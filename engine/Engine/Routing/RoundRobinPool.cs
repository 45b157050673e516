using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Routing;

/// <summary>One routee after the other.</summary>
public sealed class RoundRobinPool : Pool
{
    public RoundRobinPool(Config config)
        : this(InstancesFrom(config))
    {
    }

    public RoundRobinPool(int nrOfInstances)
        : this(nrOfInstances, null, DefaultSupervisorStrategy, null)
    {
    }

    public RoundRobinPool(int nrOfInstances, Resizer resizer)
        : this(nrOfInstances, resizer, DefaultSupervisorStrategy, null)
    {
    }

    public RoundRobinPool(
        int nrOfInstances, Resizer resizer, SupervisorStrategy supervisorStrategy, string routerDispatcher, bool usePoolDispatcher = false)
        : base(nrOfInstances, resizer, supervisorStrategy, routerDispatcher, usePoolDispatcher)
    {
    }

    public override Router CreateRouter(ActorSystem system) => new(new RoundRobinRoutingLogic());

    public override int GetNrOfInstances(ActorSystem sys) => NrOfInstances;

    public RoundRobinPool WithSupervisorStrategy(SupervisorStrategy strategy) => new(NrOfInstances, null, strategy, RouterDispatcher);

    public RoundRobinPool WithDispatcher(string dispatcher) => new(NrOfInstances, null, SupervisorStrategy, dispatcher);

    public override ISurrogate ToSurrogate(ActorSystem system) => new HeldSurrogate(this);
}
