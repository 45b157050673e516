using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Routing;

/// <summary>The cell of a router. Messages are routed on the sender's thread; the mailbox takes management messages only.</summary>
internal sealed class RoutedActorCell : ActorCell
{
    private readonly Props _routeeProps;
    private readonly RouterConfig _config;

    // Replaced by the router's turn (and by Start, before the first turn), read by every sender.
    private volatile Router _router;

    public RoutedActorCell(ActorSystemImpl system, LocalActorRef self, Props props, MessageDispatcher dispatcher, IInternalActorRef parent)
        : base(system, self, RouterProps(props), dispatcher, parent)
    {
        _config = props.RouterConfig;
        _routeeProps = props.WithRouter(null);
    }

    public Router Router => _router;

    public RouterConfig Config => _config;

    public override void SendMessage(object message, IActorRef sender)
    {
        if (_config.IsManagementMessage(message))
            SendToSelf(message, sender);
        else if (_router is { Count: > 0 } router && !IsStopped)
            router.Route(message, sender);
        else
            ToDeadLetters(message is Broadcast broadcast ? broadcast.Message : message, sender);
    }

    /// <summary>Makes the routees before anybody can send. No turn of the router runs before this is done.</summary>
    public override void Start()
    {
        Mailbox.EnqueueSystem(Create.Instance);
        try
        {
            _router = _config.CreateRouter(SystemImpl);
            AddRoutees(_config.MakeRoutees(this));
        }
        catch
        {
            Mailbox.Release();
            Self.Stop();
            throw;
        }
        Mailbox.Release();
    }

    public Routee MakeRoutee() => new ActorRefRoutee(MakeChild(_routeeProps, null, systemService: false));

    public void AddRoutees(IEnumerable<Routee> routees)
    {
        var added = routees.ToArray();
        foreach (var routee in added.OfType<ActorRefRoutee>())
            Watch(routee.Actor);
        _router = _router.WithRoutees([.. _router.Routees, .. added]);
    }

    public void RemoveRoutees(IReadOnlyCollection<Routee> routees, bool stopChildren)
    {
        _router = _router.WithRoutees([.. _router.Routees.Where(one => !routees.Contains(one))]);
        foreach (var routee in routees.OfType<ActorRefRoutee>())
        {
            Unwatch(routee.Actor);
            if (stopChildren && Children.Find(routee.Actor) is not null)
                StopSoon(routee.Actor);
        }
    }

    private bool IsStopped => Mailbox.IsClosed;

    /// <summary>A little later: senders that still hold the router of before get their message in first.</summary>
    private void StopSoon(IActorRef routee) =>
        SystemImpl.TimerThread.Schedule(TimeSpan.FromMilliseconds(100), () => routee.Tell(PoisonPill.Instance, Self));

    private static Props RouterProps(Props props) => Props.From(() => new RouterActor()).WithRouter(props.RouterConfig);
}
