using Akka.Actor;

namespace Akka.Routing;

/// <summary>Chooses a routee for a message. Called from many threads at a time.</summary>
public abstract class RoutingLogic : INoSerializationVerificationNeeded
{
    protected RoutingLogic()
    {
    }

    public abstract Routee Select(object message, Routee[] routees);
}

/// <summary>One after the other.</summary>
public sealed class RoundRobinRoutingLogic : RoutingLogic
{
    private int _next;

    public RoundRobinRoutingLogic()
        : this(-1)
    {
    }

    public RoundRobinRoutingLogic(int next) => _next = next;

    public override Routee Select(object message, Routee[] routees) =>
        routees.Length == 0 ? Routee.NoRoutee
            : routees[(int)((uint)Interlocked.Increment(ref _next) % (uint)routees.Length)];
}

/// <summary>The one with the fewest messages, of several the next in turn. Only routees of this process can be looked into.</summary>
public sealed class SmallestMailboxRoutingLogic : RoutingLogic
{
    private int _next;

    public SmallestMailboxRoutingLogic()
        : this(-1)
    {
    }

    public SmallestMailboxRoutingLogic(int next) => _next = next;

    public override Routee Select(object message, Routee[] routees)
    {
        if (routees.Length == 0)
            return Routee.NoRoutee;
        var start = (uint)Interlocked.Increment(ref _next);
        Routee best = null;
        var least = int.MaxValue;
        for (uint i = 0; i < routees.Length; i++)
        {
            var routee = routees[(start + i) % (uint)routees.Length];
            var load = Load(routee);
            if (load == 0)
                return routee;
            if (best is null || load < least)
            {
                best = routee;
                least = load;
            }
        }
        return best;
    }

    /// <summary>Waiting messages, and one for a message that is being handled; remote and stopped routees come last.</summary>
    private static int Load(Routee routee)
    {
        if (routee is not ActorRefRoutee { Actor: LocalActorRef local } || local.IsTerminated)
            return int.MaxValue;
        var mailbox = local.Cell.Mailbox;
        // A suspended routee handles nothing until its parent has decided.
        var suspended = mailbox.SuspendCount > 0 ? 1_000_000 : 0;
        return Math.Min(mailbox.NumberOfMessages + (mailbox.IsScheduled ? 1 : 0) + suspended, int.MaxValue - 1);
    }
}

/// <summary>Any.</summary>
internal sealed class RandomRoutingLogic : RoutingLogic
{
    public override Routee Select(object message, Routee[] routees) =>
        routees.Length == 0 ? Routee.NoRoutee : routees[Random.Shared.Next(routees.Length)];
}

/// <summary>All.</summary>
internal sealed class BroadcastRoutingLogic : RoutingLogic
{
    public override Routee Select(object message, Routee[] routees) =>
        routees.Length == 0 ? Routee.NoRoutee : new SeveralRoutees(routees);
}

internal sealed class SeveralRoutees(Routee[] routees) : Routee
{
    public override void Send(object message, IActorRef sender)
    {
        foreach (var routee in routees)
            routee.Send(message, sender);
    }
}
