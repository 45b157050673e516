using Akka.Actor;

namespace Akka.Event;

/// <summary>Writes log events to the console, on the thread that publishes them.</summary>
internal sealed class StandardOutLogger : MinimalActorRef
{
    public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems, "/StandardOutLogger");

    public override IActorRefProvider Provider => throw new NotSupportedException("The console logger belongs to no actor system.");

    public static void Print(LogEvent logEvent) => Console.Out.WriteLine(logEvent.ToString());

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is LogEvent logEvent)
            Print(logEvent);
    }
}
