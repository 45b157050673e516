using System.Collections.Concurrent;
using System.Security.Cryptography;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Event;
using Akka.Remote.Associations;
using Akka.Remote.DeathWatch;
using Akka.Remote.Transport;
using Akka.Remote.Wire;

namespace Akka.Remote;

/// <summary>One node's remoting: its identity, the associations with all others, and what they share.</summary>
internal sealed class RemoteHub
{
    private readonly ConcurrentDictionary<Address, Association> _associations = new();
    private readonly ConcurrentDictionary<Address, bool> _quarantinedBy = new();
    private readonly RemoteListener _listener;
    private int _stopping;

    public RemoteHub(ActorSystemImpl system, RemoteActorRefProvider provider, RemoteSettings settings)
    {
        System = system;
        Provider = provider;
        Settings = settings;
        Log = Logging.GetLogger(system, "remoting");
        Serializer = new MessageSerializer(this);
        _listener = RemoteListener.Bind(this);
        Self = new NodeIdentity(_listener.Advertised, RandomNumberGenerator.GetInt32(1, int.MaxValue));
        Timer = new RemoteTimer($"akka.remote-timer {Self.Address}", e => Log.Error(e, "Remote timer"));
        Monitor = new PeerMonitor(Timer, TimeProvider.System, address => AssociationWith(address).RequestHeartbeat());
        Watches = new RemoteDeathWatch(this);
    }

    public const string Protocol = "akka.tcp";

    public ActorSystemImpl System { get; }

    public RemoteActorRefProvider Provider { get; }

    public RemoteSettings Settings { get; }

    public ILoggingAdapter Log { get; }

    public MessageSerializer Serializer { get; }

    public NodeIdentity Self { get; }

    public RemoteTimer Timer { get; }

    public PeerMonitor Monitor { get; }

    public RemoteDeathWatch Watches { get; }

    public IInternalActorRef DeadLetters => (IInternalActorRef)Provider.DeadLetters;

    /// <summary>Set by the cluster: whether it, and not the remote death watch, decides if the node at an address lives.</summary>
    public Func<Address, bool> IsMember { get; set; } = static _ => false;

    /// <summary>A peer will not talk to this incarnation any more.</summary>
    public event Action<Address> QuarantinedBy;

    public void Start()
    {
        _listener.Start();
        if (Settings.LogLifecycleEvents)
            Log.Info("Remoting listens on [{0}] (uid {1})", Self.Address, Self.Uid);
        Publish(new RemotingListenEvent([Self.Address]));
    }

    public Association AssociationWith(Address address) =>
        _associations.GetOrAdd(address, static (key, hub) => new Association(hub, key), this);

    public void SendSystemMessage(RemoteActorRef recipient, Dispatch.SysMsg.ISystemMessage message) => Watches.Send(recipient, message);

    public IInternalActorRef Resolve(ActorPath path) => (IInternalActorRef)Provider.ResolveActorRef(path);

    public IInternalActorRef ResolveLocal(ActorPath path) => (IInternalActorRef)Provider.ResolveLocal(path);

    /// <summary>Path with address and uid: what any node can find the actor by.</summary>
    public string WholePath(IActorRef reference) => reference.Path.ToSerializationFormatWithAddress(Self.Address);

    public void DeadLetter(object message, IActorRef sender, IActorRef recipient) =>
        Provider.DeadLettersFor(recipient, message, sender);

    public void OnIncarnationDead(Address address, int? incarnation) => Watches.OnIncarnationDead(address, incarnation);

    public void OnQuarantinedBy(Address address)
    {
        if (!_quarantinedBy.TryAdd(address, true))
            return;
        Log.Warning("[{0}] has given this incarnation of [{1}] up; this node must be restarted to be heard there again.", address, Self.Address);
        Publish(new ThisActorSystemQuarantinedEvent(Self.Address, address));
        QuarantinedBy?.Invoke(address);
    }

    public void Publish(RemotingLifecycleEvent lifecycleEvent) => System.EventStream.Publish(lifecycleEvent);

    public void LogLifecycle(string format, params object[] args)
    {
        if (Settings.LogLifecycleEvents)
            Log.Debug(format, args);
    }

    /// <summary>Ends everything at once, without a word to anybody: what a crash of the process would look like to the others.</summary>
    public void Abort() => Close(isAbort: true);

    /// <summary>Sends what is queued, at most for the configured time, and closes everything.</summary>
    public void Shutdown() => Close(isAbort: false);

    private void Close(bool isAbort)
    {
        if (Interlocked.Exchange(ref _stopping, 1) != 0)
            return;
        if (!isAbort)
            new FlushWait(_associations.Values, Settings.FlushWait).Run();
        _listener.Dispose();
        foreach (var association in _associations.Values)
            association.Close(isAbort);
        Timer.Dispose();
        Publish(new RemotingShutdownEvent());
    }
}
