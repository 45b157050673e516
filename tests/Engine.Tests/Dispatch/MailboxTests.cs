using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch;

namespace ActorCompute.Engine.Tests.Dispatch;

/// <summary>The mailbox's scheduling, step by step, with a dispatcher whose turns the test runs by hand.</summary>
public sealed class MailboxTests : IAsyncLifetime
{
    private readonly ActorSystemImpl _system = (ActorSystemImpl)ActorSystem.Create("mailbox");
    private readonly ManualDispatcher _dispatcher = new();
    private readonly List<object> _handled = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public void Start_Always_SchedulesOneTurnThatMakesTheActor()
    {
        var actor = Make();
        Assert.Empty(_dispatcher.Turns);

        actor.Start();

        Assert.Single(_dispatcher.Turns);
        _dispatcher.RunAll();
        Assert.NotNull(actor.Cell.Actor);
        Assert.False(actor.Cell.Mailbox.IsScheduled);
    }

    [Fact]
    public void Enqueue_WhileScheduled_SchedulesNoSecondTurn()
    {
        var actor = Started();

        actor.Tell(1, null);
        actor.Tell(2, null);
        actor.Tell(3, null);

        Assert.Single(_dispatcher.Turns);
        _dispatcher.RunAll();
        Assert.Equal([1, 2, 3], _handled);
    }

    [Fact]
    public void Turn_WithMoreMessagesThanItsThroughput_SchedulesTheNext()
    {
        var actor = Started();
        for (var i = 0; i < 12; i++)
            actor.Tell(i, null);

        _dispatcher.RunOne();

        Assert.Equal(5, _handled.Count);
        Assert.Single(_dispatcher.Turns);
        _dispatcher.RunAll();
        Assert.Equal(12, _handled.Count);
    }

    [Fact]
    public void Suspended_Mailbox_TakesSystemMessagesOnly()
    {
        var actor = Started();
        actor.Suspend();
        _dispatcher.RunAll();

        actor.Tell(1, null);
        Assert.Empty(_dispatcher.Turns);
        actor.Resume();

        _dispatcher.RunAll();
        Assert.Equal([1], _handled);
        Assert.Equal(0, actor.Cell.Mailbox.SuspendCount);
    }

    [Fact]
    public void SuspendedTwice_Mailbox_NeedsTwoResumes()
    {
        var actor = Started();
        actor.Suspend();
        actor.Suspend();
        actor.Tell(1, null);
        actor.Resume();
        _dispatcher.RunAll();
        Assert.Empty(_handled);

        actor.Resume();

        _dispatcher.RunAll();
        Assert.Equal([1], _handled);
    }

    [Fact]
    public void SystemMessage_BetweenUserMessages_ComesNext()
    {
        var actor = Started();
        for (var i = 0; i < 3; i++)
            actor.Tell(i, null);
        actor.Tell((Action)(() => actor.Stop()), null);
        actor.Tell(99, null);

        _dispatcher.RunAll();

        Assert.Equal([0, 1, 2], _handled);
        Assert.True(actor.Cell.Mailbox.IsClosed);
        Assert.Equal(0, actor.Cell.Mailbox.NumberOfMessages);
    }

    [Fact]
    public void Closed_Mailbox_SchedulesNothingMore()
    {
        var actor = Started();
        actor.Stop();
        _dispatcher.RunAll();

        actor.Tell(1, null);
        actor.Stop();
        actor.Suspend();

        Assert.Empty(_dispatcher.Turns);
        Assert.Empty(_handled);
    }

    [Fact]
    public void StopBeforeTheFirstTurn_Always_MakesNoActor()
    {
        var actor = Make();
        actor.Stop();

        actor.Start();
        _dispatcher.RunAll();

        Assert.True(actor.IsTerminated);
        Assert.Null(actor.Cell.Actor);
    }

    private LocalActorRef Started()
    {
        var actor = Make();
        actor.Start();
        _dispatcher.RunAll();
        return actor;
    }

    private LocalActorRef Make() => new(
        _system, Props.From(() => new Collecting(_handled)), _dispatcher, _system.LocalProvider.Guardian, _system.LocalProvider.Guardian.Path / "manual");

    private sealed class ManualDispatcher() : MessageDispatcher("manual", throughput: 5, TimeSpan.Zero)
    {
        public Queue<IThreadPoolWorkItem> Turns { get; } = new();

        public void RunOne() => Turns.Dequeue().Execute();

        public void RunAll()
        {
            while (Turns.Count > 0)
                RunOne();
        }

        internal override void Execute(IThreadPoolWorkItem turn) => Turns.Enqueue(turn);
    }

    private sealed class Collecting(List<object> handled) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is Action action)
                action();
            else
                handled.Add(message);
        }
    }
}
