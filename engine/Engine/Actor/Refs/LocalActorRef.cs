using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Routing;

namespace Akka.Actor;

/// <summary>A reference to an actor of this system.</summary>
internal sealed class LocalActorRef : InternalActorRefBase
{
    public LocalActorRef(ActorSystemImpl system, Props props, MessageDispatcher dispatcher, IInternalActorRef parent, ActorPath path)
    {
        Path = path;
        Cell = props.RouterConfig is null
            ? new ActorCell(system, this, props, dispatcher, parent)
            : new RoutedActorCell(system, this, props, dispatcher, parent);
    }

    public ActorCell Cell { get; }

    public override ActorPath Path { get; }

    public override IInternalActorRef Parent => Cell.ParentRef;

    public override IActorRefProvider Provider => Cell.SystemImpl.Provider;

    public override bool IsLocal => true;

    public override bool IsTerminated => Cell.Mailbox.IsClosed;

    /// <summary>Set by the event stream before it counts the actor among its subscribers; never cleared.</summary>
    public bool HasSubscriptions
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        IInternalActorRef current = this;
        foreach (var element in name)
        {
            if (element.Length == 0)
                continue;
            var next = element == ".." ? current.Parent : current is LocalActorRef local ? local.Cell.FindChild(element) : null;
            if (next is null or Nobody)
                return ActorRefs.Nobody;
            current = next;
        }
        return current;
    }

    public override void Start() => Cell.Start();

    public override void Stop() => Cell.SendSystemMessage(Terminate.Instance);

    public override void Suspend() => Cell.SendSystemMessage(Dispatch.SysMsg.Suspend.Instance);

    public override void Resume(Exception causedByFailure = null) => Cell.SendSystemMessage(new Resume(causedByFailure));

    public override void Restart(Exception cause) => Cell.SendSystemMessage(new Recreate(cause));

    public override void SendSystemMessage(ISystemMessage message) => Cell.SendSystemMessage(message);

    protected override void TellInternal(object message, IActorRef sender) => Cell.SendMessage(message, sender);
}
