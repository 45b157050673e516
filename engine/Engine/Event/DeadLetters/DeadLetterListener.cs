using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.Event;

/// <summary>Logs the first dead letters, as many as <c>akka.log-dead-letters</c> says.</summary>
internal sealed class DeadLetterListener : ActorBase
{
    private readonly ActorSystemImpl _system;
    private readonly int _limit;
    private int _count;

    public DeadLetterListener(ActorSystemImpl system)
    {
        _system = system;
        _limit = system.Settings.LogDeadLetters;
    }

    public static void Start(ActorSystemImpl system)
    {
        if (system.Settings.LogDeadLetters > 0 || system.Settings.DebugUnhandledMessage)
            system.SystemActorOf(Props.From(() => new DeadLetterListener(system)), "deadLetterListener");
    }

    protected override void PreStart()
    {
        if (_limit > 0)
        {
            _system.EventStream.Subscribe(Self, typeof(DeadLetter));
            _system.EventStream.Subscribe(Self, typeof(Dropped));
        }
        if (_system.Settings.DebugUnhandledMessage)
            _system.EventStream.Subscribe(Self, typeof(UnhandledMessage));
    }

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case UnhandledMessage unhandled:
                _system.Log.Debug("Unhandled message of type {0} from {1} to {2}", Name(unhandled.Message), unhandled.Sender, unhandled.Recipient);
                return true;
            case AllDeadLetters when _system.IsTerminating && !_system.Settings.LogDeadLettersDuringShutdown:
                return true;
            case AllDeadLetters dead:
                Log(dead);
                return true;
            default:
                return false;
        }
    }

    private void Log(AllDeadLetters dead)
    {
        _count++;
        var last = _count >= _limit ? " No more dead letters will be logged (akka.log-dead-letters)." : "";
        var reason = dead is Dropped dropped ? $" ({dropped.Reason})" : "";
        _system.Log.Info("Message [{0}] from {1} to {2} was not delivered{3}. [{4}] dead letters encountered.{5}",
            Name(dead.Message), dead.Sender ?? _system.DeadLetters, dead.Recipient, reason, _count, last);
        if (last.Length > 0)
        {
            _system.EventStream.Unsubscribe(Self, typeof(DeadLetter));
            _system.EventStream.Unsubscribe(Self, typeof(Dropped));
        }
    }

    private static string Name(object message) => message?.GetType().Name ?? "null";
}
