using System.Runtime.CompilerServices;
using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// One actor from the engine's side: mailbox, instance, behaviour, children, watchers. Everything here belongs to the
/// actor's turn unless it says otherwise; the mailbox sees to it that there is one turn at a time.
/// </summary>
internal partial class ActorCell : IUntypedActorContext
{
    [ThreadStatic]
    private static ActorCell _threadCell;

    private readonly Children _children = new();
    private ActorBase _actor;
    private Receive _behavior;
    private Stack<Receive> _behaviorsBelow;
    private object _message;
    private IActorRef _sender;

    public ActorCell(ActorSystemImpl system, LocalActorRef self, Props props, MessageDispatcher dispatcher, IInternalActorRef parent)
    {
        SystemImpl = system;
        Self = self;
        Props = props;
        Dispatcher = dispatcher;
        ParentRef = parent;
        Mailbox = new Mailbox(this, dispatcher, system.Mailboxes.CapacityFor(props));
    }

    /// <summary>The cell whose turn runs on this thread; a test kit may set its own on the test's thread.</summary>
    public static ActorCell Current
    {
        get => _threadCell;
        set => _threadCell = value;
    }

    public static IActorRef CurrentSelf => _threadCell?.Self;

    public static IActorRef CurrentSender => _threadCell is { } cell ? cell.Sender : ActorRefs.NoSender;

    public ActorSystemImpl SystemImpl { get; }

    public LocalActorRef Self { get; }

    public Props Props { get; }

    public MessageDispatcher Dispatcher { get; }

    public IInternalActorRef ParentRef { get; }

    public Mailbox Mailbox { get; }

    public Children Children => _children;

    /// <summary>The instance; null before it is made, after it failed in the making, and once stopped.</summary>
    public ActorBase Actor => _actor;

    public object CurrentMessage => _message;

    /// <summary>Tells one delivery of a message from the next, also of the same object.</summary>
    public long MessageNumber { get; private set; }

    public IActorRef Sender => _sender ?? SystemImpl.DeadLetters;

    IActorRef IActorContext.Self => Self;

    ActorSystem IActorContext.System => SystemImpl;

    IActorRef IActorContext.Parent => ParentRef;

    /// <summary>From any thread.</summary>
    public virtual void SendMessage(object message, IActorRef sender) => Mailbox.Enqueue(message, sender);

    /// <summary>From any thread.</summary>
    public void SendSystemMessage(ISystemMessage message) => Mailbox.EnqueueSystem(message);

    /// <summary>From any thread: what the engine has for this very actor, not for a router's routees.</summary>
    public void SendToSelf(object message, IActorRef sender) => Mailbox.EnqueueOwn(message, sender);

    /// <summary>Makes the instance, on the mailbox's first turn. Once, by whoever made the cell.</summary>
    public virtual void Start()
    {
        Mailbox.EnqueueSystem(Create.Instance);
        Mailbox.Release();
    }

    /// <summary>Takes one message, on the mailbox's turn. Never throws.</summary>
    public void Invoke(object message, IActorRef sender)
    {
        _message = message;
        _sender = sender;
        MessageNumber++;
        try
        {
            if (message is IAutoReceivedMessage)
                AutoReceive(message);
            else
                Deliver(message);
            if (_receiveTimeout is not null && message is not INotInfluenceReceiveTimeout)
                TouchReceiveTimeout();
            // Not after a failure: the restart wants to know the message.
            _message = null;
            _sender = null;
        }
        catch (Exception failure)
        {
            HandleInvokeFailure(failure);
        }
    }

    public void Become(Receive receive) => _behavior = receive;

    public void BecomeStacked(Receive receive)
    {
        (_behaviorsBelow ??= new Stack<Receive>()).Push(_behavior);
        _behavior = receive;
    }

    public void UnbecomeStacked()
    {
        if (_behaviorsBelow is { Count: > 0 })
            _behavior = _behaviorsBelow.Pop();
        else if (_actor is not null)
            _behavior = _actor.InitialBehavior;
    }

    void IUntypedActorContext.Become(UntypedReceive receive) => Become(Wrap(receive));

    void IUntypedActorContext.BecomeStacked(UntypedReceive receive) => BecomeStacked(Wrap(receive));

    public void Unhandled(object message)
    {
        if (message is Terminated terminated)
            throw new DeathPactException(terminated.ActorRef);
        SystemImpl.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    public ActorSelection ActorSelection(ActorPath actorPath) => SystemImpl.ActorSelection(actorPath);

    public ActorSelection ActorSelection(string actorPath) => Akka.Actor.ActorSelection.For(actorPath, SystemImpl.LocalProvider, Self);

    /// <summary>What could not be delivered; from any thread.</summary>
    internal void ToDeadLetters(object message, IActorRef sender)
    {
        // A dead letter that a stopped subscriber did not take would come back to the subscribers without end.
        if (message is not AllDeadLetters)
            SystemImpl.LocalProvider.DeadLettersFor(Self, message, sender);
    }

    /// <summary>A system message that came too late; from any thread. A late watcher learns that there is nothing to watch.</summary>
    internal void ToDeadLetters(ISystemMessage message)
    {
        if (message is Watch watch && !watch.Watcher.Equals(Self))
            watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, ExistenceConfirmed: false, AddressTerminated: false));
    }

    internal static Receive Wrap(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Deliver(object message) => _actor.InvokeAroundReceive(_behavior, message);
}
