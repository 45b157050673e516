namespace Akka.Actor;

internal partial class ActorCell
{
    /// <summary>Messages that the cell itself answers or translates.</summary>
    private void AutoReceive(object message)
    {
        switch (message)
        {
            case Terminated terminated:
                ReceiveTerminated(terminated);
                break;
            case TimerMessage timer:
                if (_timers?.Intercept(timer, out var sender) is { } due)
                {
                    _message = due;
                    _sender = sender;
                    Redeliver(due);
                }
                break;
            case ReceiveTimeoutTick tick:
                ReceiveTimeoutTick(tick);
                break;
            case ActorSelectionMessage selection:
                SelectionDelivery.Deliver(Self, selection, _sender);
                break;
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, Self), Self);
                break;
            case PoisonPill:
                Self.Stop();
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            default:
                Deliver(message);
                break;
        }
    }

    /// <summary>A timer may carry any message, also one that the cell answers.</summary>
    private void Redeliver(object message)
    {
        if (message is IAutoReceivedMessage and not TimerMessage)
            AutoReceive(message);
        else
            Deliver(message);
        if (_receiveTimeout is not null && message is not INotInfluenceReceiveTimeout)
            TouchReceiveTimeout();
    }
}
