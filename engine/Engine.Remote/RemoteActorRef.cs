using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Associations;
using Akka.Remote.Wire;

namespace Akka.Remote;

/// <summary>An actor on another node.</summary>
internal sealed class RemoteActorRef : InternalActorRefBase
{
    private readonly RemoteHub _hub;
    private string _wireName;

    public RemoteActorRef(RemoteHub hub, Association association, ActorPath path)
    {
        _hub = hub;
        Association = association;
        Path = path;
        IsTemporary = PathNames.IsTemporary(path);
    }

    public Association Association { get; }

    public override ActorPath Path { get; }

    /// <summary>How its own node knows it.</summary>
    public string WireName => _wireName ??= PathNames.WithoutAddress(Path);

    /// <summary>The reference of an ask: used for one answer.</summary>
    public bool IsTemporary { get; }

    public override IActorRefProvider Provider => _hub.Provider;

    public override bool IsLocal => false;

    public override bool IsTerminated => false;

    public override IInternalActorRef Parent => new RemoteActorRef(_hub, Association, Path.Parent);

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        var path = Path;
        foreach (var element in name)
        {
            if (element == "..")
                path = path.Parent;
            else if (element.Length > 0)
                path /= element;
        }
        return ReferenceEquals(path, Path) ? this : new RemoteActorRef(_hub, Association, path);
    }

    protected override void TellInternal(object message, IActorRef sender) => Association.Send(message, sender, this);

    public override void SendSystemMessage(ISystemMessage message) => _hub.SendSystemMessage(this, message);

    public override void Stop() => SendSystemMessage(Terminate.Instance);

    // Supervision does not cross nodes: an actor is always the child of one on its own node.
    public override void Start()
    {
    }

    public override void Suspend()
    {
    }

    public override void Resume(Exception causedByFailure = null)
    {
    }

    public override void Restart(Exception cause)
    {
    }
}
