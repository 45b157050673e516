using Akka.Actor.Internal;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The seam between the engine's core and remoting. This class alone serves <c>akka.actor.provider = local</c>; the
/// remote and the cluster provider derive from it. They are made by reflection with one argument, the
/// <see cref="ActorSystemImpl"/>, from <c>Akka.Remote.RemoteActorRefProvider</c> in ActorCompute.Engine.Remote and
/// <c>Akka.Cluster.ClusterActorRefProvider</c> in ActorCompute.Engine.Cluster.
/// </summary>
/// <remarks>
/// Order of events, and what a remote provider overrides:
/// <list type="number">
/// <item>Constructor: the event stream, dispatchers and serialization do not exist yet. Add the reference configuration
/// here, with <see cref="ActorSystemImpl.InjectTopLevelFallback"/>.</item>
/// <item><see cref="Init"/>: call the base first, it makes the guardians; then open the transport and make system
/// actors with <see cref="ActorSystemImpl.SystemActorOf(Props, string)"/>. Loggers start after it. An exception from it
/// fails ActorSystem.Create.</item>
/// <item><see cref="DefaultAddress"/>: the address with host and port once the transport listens. References to local
/// actors keep paths without a host (<c>akka://system/user/a</c>) all the same; serialization puts the address in.</item>
/// <item><see cref="GetExternalAddressFor"/>: the address under which that one reaches us, or null.</item>
/// <item><see cref="RootGuardianAt"/> and <see cref="ResolveActorRef(ActorPath)"/>: paths of this system (see
/// <see cref="IsSelf"/>, to be overridden to include the own addresses) stay with the base; others give a remote
/// reference, a class derived from <see cref="InternalActorRefBase"/> (not from <see cref="MinimalActorRef"/>: those
/// count as local) whose TellInternal and SendSystemMessage go to the wire.</item>
/// <item><see cref="ActorOf"/> stays as it is: all actors are made here.</item>
/// <item><see cref="ShutdownTransport"/>: called when all of /user has stopped, before /system stops; the task it returns
/// ends when what is on its way (last answers, DeathWatchNotifications) has been flushed and the transport is closed. It
/// is waited for at most ten seconds. System actors still live while it runs.</item>
/// </list>
/// Messages that come in: <c>ResolveActorRef(path)</c> gives the recipient; a system message goes to its
/// SendSystemMessage, any other to Tell. Answers to Ask find <c>/temp/$a</c> this way, as TempPath registers there.
///
/// Death watch: a local actor that watches a remote reference sends it <c>Watch(watchee, watcher)</c> by
/// SendSystemMessage, later <c>Unwatch</c>. The remote provider sends the watcher
/// <c>DeathWatchNotification(watchee, existenceConfirmed, addressTerminated)</c> when the other node says so or is given
/// up; a second one does no harm. In the other direction a Watch from the wire goes to the local actor with a remote
/// reference as watcher; when that node is given up, the provider sends the local actor <c>Unwatch</c> for it, or it
/// would remember the dead watcher for as long as it lives.
/// </remarks>
internal class LocalActorRefProvider : IActorRefProvider
{
    private readonly ActorPath _tempPath;
    private readonly RootSupervisorRef _aboveRoot;
    private DeadLetterActorRef _deadLetters;
    private TempContainerRef _tempContainer;
    private long _nextTemp;

    public LocalActorRefProvider(ActorSystemImpl system)
    {
        System = system;
        LocalAddress = new Address("akka", system.Name);
        RootPath = new RootActorPath(LocalAddress);
        _tempPath = RootPath / "temp";
        IgnoreRef = new IgnoreActorRef(this, RootPath);
        _aboveRoot = new RootSupervisorRef(this, RootPath);
    }

    public ActorSystemImpl System { get; }

    public ActorPath RootPath { get; }

    /// <summary>The address of this system from the inside, without a host.</summary>
    public Address LocalAddress { get; }

    public virtual Address DefaultAddress => LocalAddress;

    public IActorRef DeadLetters => _deadLetters;

    public IActorRef IgnoreRef { get; }

    public LocalActorRef Root { get; private set; }

    public LocalActorRef Guardian { get; private set; }

    public LocalActorRef SystemGuardian { get; private set; }

    public IInternalActorRef RootGuardian => Root;

    public IInternalActorRef TempContainer => _tempContainer;

    public Task TerminationTask => _aboveRoot.Terminated;

    /// <summary>How many references wait for an answer.</summary>
    public int TempCount => _tempContainer.Count;

    /// <summary>Dead letters work from here on: the system's dispatchers need them.</summary>
    public void OpenDeadLetters(EventStream eventStream) =>
        _deadLetters = new DeadLetterActorRef(this, RootPath / "deadLetters", eventStream);

    public virtual void Init()
    {
        var dispatcher = System.Dispatchers.Lookup(Dispatch.Dispatchers.InternalDispatcherId);
        Root = new LocalActorRef(System, Props.From(() => new RootGuardianActor(this)), dispatcher, _aboveRoot, RootPath);
        _tempContainer = new TempContainerRef(this, Root, _tempPath);
        Root.Start();
        var system = System.GuardianProps(this);
        SystemGuardian = (LocalActorRef)Root.Cell.MakeChild(system.System, "system", systemService: true);
        Guardian = (LocalActorRef)Root.Cell.MakeChild(system.User, "user", systemService: true);
        SystemGuardian.Tell(GuardianMessages.WatchUser.Instance, ActorRefs.NoSender);
    }

    public virtual IInternalActorRef ActorOf(ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path, bool systemService)
    {
        // A router's own dispatcher is that of its configuration; its props' one is for the routees.
        var id = (props.RouterConfig is { } router ? router.RouterDispatcher : props.Dispatcher) ?? (systemService ? Dispatch.Dispatchers.InternalDispatcherId : null);
        var dispatcher = id is null ? system.Dispatchers.DefaultGlobalDispatcher : system.Dispatchers.Lookup(id);
        props.RouterConfig?.Verify(path);
        return new LocalActorRef(system, props, dispatcher, supervisor, path);
    }

    public virtual Address GetExternalAddressFor(Address address) => address == LocalAddress ? LocalAddress : null;

    /// <summary>Whether an address means this system.</summary>
    public virtual bool IsSelf(Address address) => address == LocalAddress;

    public virtual IActorRef RootGuardianAt(Address address) => IsSelf(address) ? Root : DeadLetters;

    public virtual IActorRef ResolveActorRef(string path) =>
        ActorPath.TryParse(path, out var parsed) ? ResolveActorRef(parsed) : DeadLetters;

    public virtual IActorRef ResolveActorRef(ActorPath actorPath) =>
        IsSelf(actorPath.Address) ? ResolveLocal(actorPath) : DeadLetters;

    /// <summary>Finds the actor by the names and uid of a path, whatever its address says.</summary>
    public IActorRef ResolveLocal(ActorPath path)
    {
        IInternalActorRef current = Root;
        var elements = path.Elements;
        if (elements.Count > 0 && VirtualChildOfRoot(elements[0]) is { } child)
            current = (elements.Count == 1 ? child : child.GetChild([.. elements.Skip(1)])) as IInternalActorRef;
        else
            current = Root.GetChild(elements) as IInternalActorRef;
        var found = current is not (null or Nobody) && (path.Uid == ActorPath.UndefinedUid || path.Uid == current.Path.Uid);
        return found ? current : new EmptyLocalActorRef(this, LocalPath(path));
    }

    /// <summary>Children of the root that are no actors.</summary>
    public virtual IInternalActorRef VirtualChildOfRoot(string name) => name switch
    {
        "temp" => _tempContainer,
        "deadLetters" => _deadLetters,
        _ => null,
    };

    public ActorPath TempPath() => new ChildActorPath(_tempPath, Children.AutoName(Interlocked.Increment(ref _nextTemp)), ActorPath.UndefinedUid);

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path) => _tempContainer.Add(path.Name, actorRef);

    public void UnregisterTempActor(ActorPath path) => _tempContainer.Remove(path.Name);

    public virtual Task ShutdownTransport() => Task.CompletedTask;

    /// <summary>Publishes what did not reach <paramref name="recipient"/>; answers Identify, for nobody else will.</summary>
    public void DeadLettersFor(IActorRef recipient, object message, IActorRef sender)
    {
        switch (message)
        {
            case Identify identify:
                sender?.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
                break;
            case ActorSelectionMessage { Message: Identify identify } selection:
                if (!selection.WildcardFanOut)
                    sender?.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
                break;
            case ActorSelectionMessage selection:
                DeadLettersFor(recipient, selection.Message, sender);
                break;
            case IDeadLetterSuppression suppressed:
                System.EventStream.Publish(new SuppressedDeadLetter(suppressed, sender ?? DeadLetters, recipient));
                break;
            default:
                System.EventStream.Publish(new DeadLetter(message, sender ?? DeadLetters, recipient));
                break;
        }
    }

    private ActorPath LocalPath(ActorPath path) =>
        path.Address == LocalAddress ? path : (RootPath / path.Elements).WithUid(path.Uid);
}
