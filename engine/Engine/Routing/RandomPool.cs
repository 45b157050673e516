using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Routing;

/// <summary>Any routee.</summary>
public sealed class RandomPool : Pool
{
    public RandomPool(Config config)
        : this(InstancesFrom(config))
    {
    }

    public RandomPool(int nrOfInstances)
        : this(nrOfInstances, null, DefaultSupervisorStrategy, null)
    {
    }

    public RandomPool(
        int nrOfInstances, Resizer resizer, SupervisorStrategy supervisorStrategy, string routerDispatcher, bool usePoolDispatcher = false)
        : base(nrOfInstances, resizer, supervisorStrategy, routerDispatcher, usePoolDispatcher)
    {
    }

    public override Router CreateRouter(ActorSystem system) => new(new RandomRoutingLogic());

    public override int GetNrOfInstances(ActorSystem system) => NrOfInstances;

    public RandomPool WithSupervisorStrategy(SupervisorStrategy strategy) => new(NrOfInstances, null, strategy, RouterDispatcher);

    public RandomPool WithDispatcher(string dispatcher) => new(NrOfInstances, null, SupervisorStrategy, dispatcher);

    public override ISurrogate ToSurrogate(ActorSystem system) => new HeldSurrogate(this);
}
