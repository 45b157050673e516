using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Remote.Transport;
using Akka.Remote.Transport.DotNetty;

namespace Akka.Remote;

/// <summary>The provider behind <c>akka.actor.provider = remote</c>: local actors, and references to those of other nodes.</summary>
internal class RemoteActorRefProvider : LocalActorRefProvider
{
    /// <summary>References that were made from text are kept, for messages name the same ones again and again.</summary>
    private const int KeptReferences = 4096;

    private readonly ConcurrentDictionary<string, IActorRef> _byText = new(StringComparer.Ordinal);
    private int _kept;

    public RemoteActorRefProvider(ActorSystemImpl system)
        : base(system) => system.InjectTopLevelFallback(ConfigurationFactory.ParseString(RemoteSettings.Defaults));

    public RemoteHub Hub { get; private set; }

    public override Address DefaultAddress => Hub?.Self.Address ?? LocalAddress;

    public sealed override void Init()
    {
        base.Init();
        Hub = new RemoteHub(System, this, new RemoteSettings(System.Config, SslSetup));
        try
        {
            BeforeListening();
            Hub.Start();
        }
        catch
        {
            Hub.Shutdown();
            throw;
        }
    }

    /// <summary>The address is known, nobody has been let in yet.</summary>
    protected virtual void BeforeListening()
    {
    }

    public override bool IsSelf(Address address) => base.IsSelf(address) || address.Equals(DefaultAddress);

    public override Address GetExternalAddressFor(Address address) =>
        base.GetExternalAddressFor(address) ?? (address.Protocol == RemoteHub.Protocol ? DefaultAddress : null);

    public override IActorRef RootGuardianAt(Address address) =>
        IsSelf(address) || !IsRemote(address) ? base.RootGuardianAt(address) : RemoteReference(new RootActorPath(address));

    public override IActorRef ResolveActorRef(ActorPath actorPath) =>
        IsSelf(actorPath.Address) || !IsRemote(actorPath.Address) ? base.ResolveActorRef(actorPath) : RemoteReference(actorPath);

    public override IActorRef ResolveActorRef(string path)
    {
        if (_byText.TryGetValue(path, out var known))
            return known;
        var resolved = base.ResolveActorRef(path);
        if (resolved is RemoteActorRef { IsTemporary: false })
        {
            if (Interlocked.Increment(ref _kept) > KeptReferences)
            {
                _byText.Clear();
                Volatile.Write(ref _kept, 0);
            }
            _byText[path] = resolved;
        }
        return resolved;
    }

    public override Task ShutdownTransport() => Task.Factory.StartNew(
        () => Hub?.Shutdown(), // null when its settings were refused
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private DotNettySslSetup SslSetup => System.Setup.Get<DotNettySslSetup>() is { HasValue: true } setup ? setup.Value : null;

    private static bool IsRemote(Address address) => address.Protocol == RemoteHub.Protocol && address.HasGlobalScope && address.Port is > 0;

    private RemoteActorRef RemoteReference(ActorPath path) => new(Hub, Hub.AssociationWith(path.Address), path);

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "It adds this provider to those known, and touches nothing else.")]
    internal static void AddRemote() => ProviderFactories.Add("remote", system => new RemoteActorRefProvider(system));
}
