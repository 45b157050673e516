using System.Collections.Concurrent;
using Akka;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.Xunit2;

namespace ActorCompute.Engine.Conformance.Local;

public sealed class CoordinatedShutdownSpec : TestKit
{
    private readonly ConcurrentQueue<string> _order = new();

    [Fact]
    public async Task Run_Always_GoesThroughThePhasesInOrder()
    {
        var shutdown = CoordinatedShutdown.Get(Sys);
        string[] phases =
        [
            CoordinatedShutdown.PhaseBeforeServiceUnbind, CoordinatedShutdown.PhaseServiceUnbind, CoordinatedShutdown.PhaseServiceRequestsDone,
            CoordinatedShutdown.PhaseServiceStop, CoordinatedShutdown.PhaseBeforeClusterShutdown, CoordinatedShutdown.PhaseClusterShardingShutdownRegion,
            CoordinatedShutdown.PhaseClusterLeave, CoordinatedShutdown.PhaseClusterExiting, CoordinatedShutdown.PhaseClusterExitingDone,
            CoordinatedShutdown.PhaseClusterShutdown, CoordinatedShutdown.PhaseBeforeActorSystemTerminate, CoordinatedShutdown.PhaseActorSystemTerminate,
        ];
        foreach (var phase in phases.Reverse())
            Add(shutdown, phase, phase);

        await shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance);

        Assert.Equal(phases, _order);
        Assert.Same(CoordinatedShutdown.ClrExitReason.Instance, shutdown.ShutdownReason);
        await Sys.WhenTerminated.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Run_Twice_RunsOnce()
    {
        var shutdown = CoordinatedShutdown.Get(Sys);
        Add(shutdown, CoordinatedShutdown.PhaseServiceStop, "once");

        await Task.WhenAll(
            shutdown.Run(CoordinatedShutdown.UnknownReason.Instance), shutdown.Run(CoordinatedShutdown.ClusterLeavingReason.Instance));

        Assert.Single(_order);
    }

    [Fact]
    public async Task Run_FromAPhase_LeavesOutThoseBefore()
    {
        var shutdown = CoordinatedShutdown.Get(Sys);
        Add(shutdown, CoordinatedShutdown.PhaseServiceUnbind, "early");
        Add(shutdown, CoordinatedShutdown.PhaseClusterShutdown, "late");

        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance, CoordinatedShutdown.PhaseClusterLeave);

        Assert.Equal(["late"], _order);
    }

    [Fact]
    public async Task Task_ThatFails_DoesNotKeepTheNextPhaseFromRunning()
    {
        var shutdown = CoordinatedShutdown.Get(Sys);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "fails", () => throw new InvalidOperationException("of the spec"));
        Add(shutdown, CoordinatedShutdown.PhaseClusterLeave, "after");

        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance);

        Assert.Equal(["after"], _order);
    }

    [Fact]
    public async Task Task_ThatTakesTooLong_IsNotWaitedFor()
    {
        var system = ActorSystem.Create("slow", "akka.coordinated-shutdown.phases.service-stop.timeout = 50ms");
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "never", () => new TaskCompletionSource<Done>().Task);
        Add(shutdown, CoordinatedShutdown.PhaseClusterLeave, "after");

        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(["after"], _order);
        Assert.Equal(TimeSpan.FromMilliseconds(50), shutdown.Timeout(CoordinatedShutdown.PhaseServiceStop));
    }

    [Fact]
    public async Task Tasks_OfOnePhase_RunSideBySide()
    {
        var shutdown = CoordinatedShutdown.Get(Sys);
        var first = new TaskCompletionSource();
        var second = new TaskCompletionSource();
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "first", async () =>
        {
            first.SetResult();
            await second.Task;
            return Done.Instance;
        });
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "second", async () =>
        {
            second.SetResult();
            await first.Task;
            _order.Enqueue("both");
            return Done.Instance;
        });

        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance);

        Assert.Equal(["both"], _order);
    }

    [Fact]
    public void AddTask_ToAPhaseThatDoesNotExist_Throws() =>
        Assert.ThrowsAny<Exception>(() => Add(CoordinatedShutdown.Get(Sys), "no such phase", "task"));

    [Fact]
    public async Task Terminate_OfTheSystem_RunsThePhases()
    {
        Add(CoordinatedShutdown.Get(Sys), CoordinatedShutdown.PhaseServiceStop, "ran");

        await Sys.Terminate();

        Assert.Equal(["ran"], _order);
        Assert.Same(CoordinatedShutdown.ActorSystemTerminateReason.Instance, CoordinatedShutdown.Get(Sys).ShutdownReason);
    }

    [Fact]
    public async Task Run_WithTerminateActorSystemOff_LeavesTheSystemRunning()
    {
        var config = ConfigurationFactory.ParseString(
            "akka.coordinated-shutdown { terminate-actor-system = off, run-by-actor-system-terminate = off }");
        var system = ActorSystem.Create("running", config);

        await CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.UnknownReason.Instance);

        Assert.False(system.WhenTerminated.IsCompleted);
        await system.Terminate();
    }

    private void Add(CoordinatedShutdown shutdown, string phase, string name) => shutdown.AddTask(phase, name, () =>
    {
        _order.Enqueue(name);
        return Task.FromResult(Done.Instance);
    });
}
