using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Routing;

namespace ActorCompute.Worker.Compute;

/// <summary>
/// Who is idle among the routees of an <see cref="IdlePool"/>. Every routee is idle until its first message; from then on it says
/// when it is done. Who sends no more messages at a time than there are routees always finds one.
/// </summary>
/// <remarks>A stack: who was busy last has its code and data in the caches.</remarks>
internal sealed class IdleRoutees : RoutingLogic
{
    private readonly ConcurrentStack<Routee> _idle = new();
    private int _begun;

    /// <summary>A routee is done with its message.</summary>
    public void Add(IActorRef routee) => _idle.Push(new ActorRefRoutee(routee));

    public override Routee Select(object message, Routee[] routees)
    {
        if (_idle.TryPop(out var routee)) return routee;
        return Interlocked.Increment(ref _begun) is var next && next <= routees.Length
            ? routees[next - 1]
            : throw new InvalidOperationException($"all {routees.Length} compute actors are busy; whoever sends must wait for one.");
    }
}
