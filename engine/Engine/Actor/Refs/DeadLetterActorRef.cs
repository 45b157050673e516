using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Takes what could not be delivered and publishes it.</summary>
internal sealed class DeadLetterActorRef(LocalActorRefProvider provider, ActorPath path, EventStream eventStream) : MinimalActorRef
{
    public override ActorPath Path { get; } = path;

    public override IActorRefProvider Provider => provider;

    public override bool IsTerminated => true;

    public override void SendSystemMessage(ISystemMessage message)
    {
        if (message is Watch watch && !watch.Watcher.Equals(this))
            watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, ExistenceConfirmed: false, AddressTerminated: false));
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is AllDeadLetters dead)
            eventStream.Publish(dead);
        else
            provider.DeadLettersFor(this, message, sender);
    }
}
