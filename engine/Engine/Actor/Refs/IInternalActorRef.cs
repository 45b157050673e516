using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>What the engine needs of a reference.</summary>
public interface IInternalActorRef : IActorRef
{
    IInternalActorRef Parent { get; }

    IActorRefProvider Provider { get; }

    /// <summary>Follows names downwards (<c>..</c> upwards, <c>name#uid</c> exactly); Nobody when there is none.</summary>
    IActorRef GetChild(IReadOnlyList<string> name);

    void Start();

    void Stop();

    void Suspend();

    void Resume(Exception causedByFailure = null);

    void Restart(Exception cause);

    void SendSystemMessage(ISystemMessage message);
}
