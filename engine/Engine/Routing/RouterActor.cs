using Akka.Actor;

namespace Akka.Routing;

/// <summary>The actor of a router: answers management messages, supervises routees, drops those that stopped.</summary>
internal sealed class RouterActor : ActorBase
{
    private RoutedActorCell Routed => (RoutedActorCell)Cell;

    protected override SupervisorStrategy SupervisorStrategy() => Routed.Config.Strategy;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case GetRoutees:
                Sender.Tell(new Routees(Routed.Router.Routees), Self);
                return true;
            case AddRoutee add:
                Routed.AddRoutees([add.Routee]);
                return true;
            case RemoveRoutee remove:
                Routed.RemoveRoutees([remove.Routee], stopChildren: true);
                StopIfEmpty();
                return true;
            case AdjustPoolSize adjust:
                Adjust(adjust.Change);
                return true;
            case Terminated terminated:
                Routed.RemoveRoutees([new ActorRefRoutee(terminated.ActorRef)], stopChildren: false);
                StopIfEmpty();
                return true;
            default:
                return false;
        }
    }

    protected override void PreRestart(Exception reason, object message)
    {
        // The routees have done nothing wrong.
    }

    private void Adjust(int change)
    {
        if (change > 0)
        {
            Routed.AddRoutees(Enumerable.Range(0, change).Select(_ => Routed.MakeRoutee()));
        }
        else if (change < 0)
        {
            var surplus = Routed.Router.Routees.Reverse().Take((int)Math.Min(-(long)change, Routed.Router.Count)).ToList();
            Routed.RemoveRoutees(surplus, stopChildren: true);
            StopIfEmpty();
        }
    }

    private void StopIfEmpty()
    {
        if (Routed.Router.Count == 0 && Routed.Config.StopRouterWhenAllRouteesRemoved)
            Context.Stop(Self);
    }
}
