using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Puts what it receives into the inbox of its test kit.</summary>
internal sealed class TestActor(MessageInbox inbox) : ActorBase
{
    private Func<object, bool> _ignore;
    private AutoPilot _autoPilot;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case SetIgnore set:
                _ignore = set.Ignore;
                return true;
            case SetAutoPilot set:
                _autoPilot = set.AutoPilot;
                return true;
            case WatchThis watch:
                Context.Watch(watch.Actor);
                return true;
            case UnwatchThis unwatch:
                Context.Unwatch(unwatch.Actor);
                return true;
        }
        if (_autoPilot is not null && _autoPilot.Run(Sender, message) is var next and not KeepRunning)
            _autoPilot = next;
        if (_ignore is null || !_ignore(message))
            inbox.Add(new ReceivedMessage(message, Sender));
        return true;
    }

    public sealed record SetIgnore(Func<object, bool> Ignore) : INoSerializationVerificationNeeded;

    public sealed record SetAutoPilot(AutoPilot AutoPilot) : INoSerializationVerificationNeeded;

    public sealed record WatchThis(IActorRef Actor) : INoSerializationVerificationNeeded;

    public sealed record UnwatchThis(IActorRef Actor) : INoSerializationVerificationNeeded;
}
