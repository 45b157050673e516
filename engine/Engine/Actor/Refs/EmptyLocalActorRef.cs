using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>A path of this system where no actor is: what it is told becomes dead letters, who watches it learns at once.</summary>
internal sealed class EmptyLocalActorRef(LocalActorRefProvider provider, ActorPath path) : MinimalActorRef
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
        if (message is DeadLetter dead)
            provider.DeadLetters.Tell(dead, sender);
        else
            provider.DeadLettersFor(this, message, sender);
    }
}
