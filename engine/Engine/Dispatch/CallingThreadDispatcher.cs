using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>Turns on the thread that sends, before Tell returns. For the test kit's own actors.</summary>
internal sealed class CallingThreadDispatcher(string id) : MessageDispatcher(id, int.MaxValue, TimeSpan.Zero)
{
    public const string ConfiguredType = "Akka.TestKit.CallingThreadDispatcherConfigurator, Akka.TestKit";

    internal override void Execute(IThreadPoolWorkItem turn)
    {
        // The sender is itself in the middle of something, be it an actor's turn or a test.
        var sender = ActorCell.Current;
        turn.Execute();
        ActorCell.Current = sender;
    }
}
