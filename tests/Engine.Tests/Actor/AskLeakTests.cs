using Akka.Actor;
using Akka.Actor.Internal;

namespace ActorCompute.Engine.Tests.Actor;

/// <summary>Ask leaves nothing behind: no reference below /temp, no timer.</summary>
public sealed class AskLeakTests : IAsyncLifetime
{
    private readonly ActorSystemImpl _system = (ActorSystemImpl)ActorSystem.Create("leaks");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public async Task Asks_AnsweredInTime_LeaveNoReferenceAndNoTimer()
    {
        var echo = _system.ActorOf<Echo>();
        var timers = _system.TimerThread.Count;

        for (var i = 0; i < 1_000; i++)
            await echo.Ask<int>(i, TimeSpan.FromMinutes(10));

        Assert.Equal(0, _system.LocalProvider.TempCount);
        Assert.Equal(timers, _system.TimerThread.Count);
    }

    [Fact]
    public async Task Asks_ThatTimedOutOrWereCancelled_LeaveNoReference()
    {
        var silent = _system.ActorOf<Silent>();
        using var source = new CancellationTokenSource();
        var asks = Enumerable.Range(0, 100)
            .Select(i => i % 2 == 0 ? silent.Ask("x", TimeSpan.FromMilliseconds(20)) : silent.Ask("x", TimeSpan.FromMinutes(10), source.Token)).ToList();
        Assert.True(_system.LocalProvider.TempCount >= 50);

        source.Cancel();
        foreach (var ask in asks)
            await Assert.ThrowsAnyAsync<Exception>(() => ask);

        Assert.Equal(0, _system.LocalProvider.TempCount);
    }

    [Fact]
    public async Task GracefulStops_Always_LeaveNoReference()
    {
        Assert.True(await _system.ActorOf<Echo>().GracefulStop(TimeSpan.FromSeconds(10)));

        Assert.Equal(0, _system.LocalProvider.TempCount);
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }

    private sealed class Silent : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }
}
