using Akka.Actor;
using Akka.Dispatch;
using Akka.Routing;
using Akka.Util;

namespace ActorCompute.Worker.Compute;

/// <summary>A router of compute actors that hands each message to one that has nothing to do.</summary>
/// <remarks>
/// Not <see cref="SmallestMailboxPool"/>: that counts the messages that wait, not the one being handled, so a busy actor with an
/// empty mailbox gets the next task and slots run one after the other.
/// </remarks>
/// <param name="idle">Knows who is idle; the routees share it.</param>
/// <param name="slots">How many there are.</param>
internal sealed class IdlePool(IdleRoutees idle, int slots)
    : Pool(slots, null, DefaultSupervisorStrategy, Dispatchers.DefaultDispatcherId, usePoolDispatcher: false)
{
    public override Router CreateRouter(ActorSystem system) => new(idle);

    public override int GetNrOfInstances(ActorSystem system) => NrOfInstances;

    public override RouterConfig WithFallback(RouterConfig routerConfig) => this;

    public override ISurrogate ToSurrogate(ActorSystem system) => throw new NotSupportedException("a pool of compute actors does not travel");
}
