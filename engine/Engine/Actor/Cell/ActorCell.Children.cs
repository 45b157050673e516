using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

internal partial class ActorCell
{
    public IActorRef ActorOf(Props props, string name = null) => MakeChild(props, name, systemService: false);

    public IActorRef Child(string name) => _children.Find(name)?.Child ?? (IActorRef)ActorRefs.Nobody;

    public IEnumerable<IActorRef> GetChildren() => _children.Refs();

    public void Stop(IActorRef child)
    {
        _children.MarkStopping(child);
        ((IInternalActorRef)child).Stop();
    }

    /// <summary>From any thread for the guardians, from the actor's turn otherwise.</summary>
    public IInternalActorRef MakeChild(Props props, string name, bool systemService)
    {
        ArgumentNullException.ThrowIfNull(props);
        // Names with $ are the engine's own.
        if (name is not null && !ActorPath.IsValidPathElement(name) && !(systemService && ActorPath.IsValidPathElement(name.TrimStart('$'))))
        {
            throw new InvalidActorNameException($"Illegal actor name [{name}]. Actor names must not be empty, must not start with '$' "
                + $"and consist of letters, digits and {ActorPath.ValidSymbols}.");
        }
        name = _children.Reserve(name, Self.Path);
        IInternalActorRef child;
        try
        {
            var path = new ChildActorPath(Self.Path, name, Random.Shared.NextInt64(1, 1L << 48));
            child = SystemImpl.LocalProvider.ActorOf(SystemImpl, props, Self, path, systemService);
            _children.Add(child, Self.Path);
        }
        catch
        {
            _children.Unreserve(name);
            throw;
        }
        child.Start();
        // A child of a suspended parent is suspended as often, for the parent will resume it as often.
        for (var i = FaultSuspendCount; i > 0; i--)
            child.Suspend();
        return child;
    }

    /// <summary>From any thread. The child of that name, with that uid if the name ends in <c>#uid</c>; null if there is none.</summary>
    public IInternalActorRef FindChild(string nameAndUid)
    {
        var (name, uid) = ActorPath.SplitUid(nameAndUid);
        var stats = _children.Find(name.Length == nameAndUid.Length ? nameAndUid : name.ToString());
        return stats is not null && (uid == ActorPath.UndefinedUid || uid == stats.Uid) ? stats.Child : null;
    }

    private void HandleChildTerminated(IActorRef child)
    {
        if (!_children.Remove(child, out var finished, out var cause))
            return;
        if (_actor is not null)
        {
            try
            {
                ChildTerminated(child);
            }
            catch (Exception failure)
            {
                HandleInvokeFailure(failure);
            }
        }
        switch (finished)
        {
            case WaitingFor.Recreation:
                FinishRecreate(cause);
                break;
            case WaitingFor.Creation:
                FinishCreate();
                break;
            case WaitingFor.Termination:
                FinishTerminate();
                break;
        }
    }

    /// <summary>A child is gone from <see cref="Children"/>; a routed cell updates its routees.</summary>
    protected virtual void ChildTerminated(IActorRef child)
    {
    }

    private void SuspendChildren(IActorRef except = null)
    {
        foreach (var stats in _children.All())
        {
            if (except is null || !stats.Child.Equals(except))
                stats.Child.SendSystemMessage(Suspend.Instance);
        }
    }

    private void ResumeChildren(Exception cause, IActorRef perpetrator)
    {
        foreach (var stats in _children.All())
            stats.Child.Resume(perpetrator is not null && stats.Child.Equals(perpetrator) ? cause : null);
    }
}
