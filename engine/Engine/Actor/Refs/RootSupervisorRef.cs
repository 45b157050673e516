using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Above the root guardian there is no actor any more; this stops the root if it fails and learns of its end.</summary>
internal sealed class RootSupervisorRef(IActorRefProvider provider, ActorPath root) : MinimalActorRef
{
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override ActorPath Path { get; } = root / "_the-one-above-the-root";

    public override IActorRefProvider Provider => provider;

    public Task Terminated => _terminated.Task;

    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case Failed failed:
                ((IInternalActorRef)failed.Child).Stop();
                break;
            case DeathWatchNotification:
                _terminated.TrySetResult();
                break;
        }
    }
}
