using System.Collections.Concurrent;
using ActorCompute.Assumptions.Support;
using Akka.Actor;

namespace ActorCompute.Assumptions.Dispatch;

/// <summary>A program that fills the thread pool must not make its node look dead. Alone: other tests need the pool.</summary>
[Collection(FullPool.Name)]
public sealed class DispatcherTests : IAsyncLifetime
{
    // The pool grows by one or two threads a second, so not to so many within the limit.
    private const int BlockedItems = 500;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly Peers _peers = new();

    [Theory]
    [InlineData("akka.actor.default-dispatcher")]
    [InlineData("akka.actor.internal-dispatcher")]
    [InlineData("compute-dispatcher")]
    public void Actor_ThreadPoolIsFull_AnswersAndItsTimersRun(string dispatcher)
    {
        using var answers = new BlockingCollection<string>();
        using var gate = new ManualResetEventSlim();
        var actor = _peers.Start().ActorOf(Props.Create(() => new Ticking(answers)).WithDispatcher(dispatcher));
        using var ended = new CountdownEvent(BlockedItems + 1);
        var poolIsFree = false;
        for (var i = 0; i < BlockedItems; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ =>
            {
                gate.Wait();
                ended.Signal();
            }, null);
        }

        ThreadPool.UnsafeQueueUserWorkItem(_ =>
        {
            Volatile.Write(ref poolIsFree, true);
            ended.Signal();
        }, null);
        try
        {
            actor.Tell("start");

            Assert.True(answers.TryTake(out var first, Limit), $"{dispatcher}: no answer");
            Assert.Equal("started", first);
            Assert.True(answers.TryTake(out var second, Limit), $"{dispatcher}: no tick");
            Assert.Equal("tick", second);
            Assert.False(Volatile.Read(ref poolIsFree), "the pool was to be full all the time.");
        }
        finally
        {
            gate.Set();
            ended.Wait(Limit);
        }
    }

    [Fact]
    public async Task ComputeDispatcher_MoreBlockedActorsThanCores_TheNextStillRuns()
    {
        using var gate = new ManualResetEventSlim();
        var system = _peers.Start();
        var mail = new Mail(system);
        try
        {
            for (var i = 0; i < Environment.ProcessorCount * 4; i++)
            {
                system.ActorOf(Props.Create(() => new Blocking(gate)).WithDispatcher("compute-dispatcher")).Tell("block", mail.Ref);
                Assert.False(await mail.ExpectAsync<bool>($"actor {i}"), "it runs on a thread of the pool.");
            }
        }
        finally
        {
            gate.Set();
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _peers.DisposeAsync().AsTask();

    private sealed class Ticking : ReceiveActor, IWithTimers
    {
        public Ticking(BlockingCollection<string> answers)
        {
            Receive<string>(text => text == "start", _ =>
            {
                answers.Add("started");
                Timers.StartSingleTimer("tick", "tick", TimeSpan.FromMilliseconds(1));
            });
            Receive<string>(answers.Add);
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }

    /// <summary>Says whether it runs on a thread of the pool, and holds that thread.</summary>
    private sealed class Blocking(ManualResetEventSlim gate) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            Sender.Tell(Thread.CurrentThread.IsThreadPoolThread);
            gate.Wait();
        }
    }
}

/// <summary>Tests that fill the pool of the whole process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FullPool
{
    public const string Name = "full-pool";
}
