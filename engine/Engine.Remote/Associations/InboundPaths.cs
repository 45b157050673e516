using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Remote.Associations;

/// <summary>What the paths in frames of one peer mean on this node.</summary>
internal sealed class InboundPaths(RemoteHub hub, Association peer) : IPathResolver
{
    private readonly ActorPath _peerRoot = new RootActorPath(peer.Address);

    public IInternalActorRef Here(string path) =>
        ActorPath.TryParse(hub.Provider.RootPath, path, out var parsed) ? hub.ResolveLocal(parsed) : hub.DeadLetters;

    public IInternalActorRef There(string path)
    {
        if (path.StartsWith('/'))
            return ActorPath.TryParse(_peerRoot, path, out var parsed) ? new RemoteActorRef(hub, peer, parsed) : hub.DeadLetters;
        return ActorPath.TryParse(path, out var whole) ? hub.Resolve(whole) : hub.DeadLetters;
    }
}

/// <summary>
/// A recipient that a peer names again and again. The actor found is kept while it lives; a path without uid may mean
/// another actor after that.
/// </summary>
internal sealed class InboundRecipient(string path, InboundPaths paths)
{
    private InternalActorRefBase _found;

    public IInternalActorRef Resolve()
    {
        if (_found is { IsTerminated: false })
            return _found;
        var found = paths.Here(path);
        _found = found as LocalActorRef;
        return found;
    }

    public override string ToString() => path;
}

internal sealed class InboundSender(string path, InboundPaths paths)
{
    private IActorRef _found;

    public IActorRef Resolve() => _found ??= paths.There(path);

    public override string ToString() => path;
}
