using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Routing;

/// <summary>The routee with the fewest messages.</summary>
public sealed class SmallestMailboxPool : Pool
{
    public SmallestMailboxPool(Config config)
        : this(InstancesFrom(config))
    {
    }

    public SmallestMailboxPool(int nrOfInstances)
        : this(nrOfInstances, null, DefaultSupervisorStrategy, null)
    {
    }

    public SmallestMailboxPool(
        int nrOfInstances, Resizer resizer, SupervisorStrategy supervisorStrategy, string routerDispatcher, bool usePoolDispatcher = false)
        : base(nrOfInstances, resizer, supervisorStrategy, routerDispatcher, usePoolDispatcher)
    {
    }

    public override Router CreateRouter(ActorSystem system) => new(new SmallestMailboxRoutingLogic());

    public override int GetNrOfInstances(ActorSystem system) => NrOfInstances;

    public SmallestMailboxPool WithSupervisorStrategy(SupervisorStrategy strategy) => new(NrOfInstances, null, strategy, RouterDispatcher);

    public SmallestMailboxPool WithDispatcher(string dispatcher) => new(NrOfInstances, null, SupervisorStrategy, dispatcher);

    public override ISurrogate ToSurrogate(ActorSystem system) => new HeldSurrogate(this);
}
