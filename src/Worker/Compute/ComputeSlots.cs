using Akka.Actor;

namespace ActorCompute.Worker.Compute;

/// <summary>
/// The compute actors of a node: a router with one for each slot, and more of them while slots are lent by tasks that wait. The node
/// actor alone uses it.
/// </summary>
/// <param name="context">The node actor's.</param>
/// <param name="slots">How many slots there are.</param>
/// <param name="time">The clock.</param>
internal sealed class ComputeSlots(IUntypedActorContext context, int slots, TimeProvider time)
{
    // Each has a thread, which goes on for a second after its actor was stopped: a function that calls itself would start hundreds.
    private const int MostIdle = 32;

    // The node hands out no more chunks than there are slots, so the router always finds an idle compute actor.
    private readonly IActorRef _router = context.ActorOf(ComputeActor.PoolOf(slots, time), "compute");
    private readonly HashSet<IActorRef> _extra = [];
    private readonly Stack<IActorRef> _idleExtra = [];
    private int _inRouter;

    /// <summary>Has a chunk run by one that is idle.</summary>
    public void Run(ComputeChunk chunk)
    {
        if (_inRouter < slots)
        {
            _inRouter++;
            _router.Tell(chunk, context.Self);
            return;
        }

        if (!_idleExtra.TryPop(out var actor)) _extra.Add(actor = context.ActorOf(ComputeActor.Single(time)));
        actor.Tell(chunk, context.Self);
    }

    /// <summary>A compute actor is through with its chunk.</summary>
    public void Done(IActorRef actor)
    {
        if (!_extra.Contains(actor))
        {
            _inRouter--;
        }
        else if (_idleExtra.Count < MostIdle)
        {
            _idleExtra.Push(actor);
        }
        else
        {
            _extra.Remove(actor);
            context.Stop(actor);
        }
    }
}
