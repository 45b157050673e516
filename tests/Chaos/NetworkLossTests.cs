using ActorCompute.Chaos.History;
using ActorCompute.Chaos.Jobs;
using ActorCompute.Chaos.Network;
using ActorCompute.Chaos.Support;
using Xunit.Abstractions;

namespace ActorCompute.Chaos;

/// <summary>For some seconds nothing gets through between the client and some of its workers; nobody's connection is closed.</summary>
[Collection(ProcessTests.Name)]
public sealed class NetworkLossTests(ITestOutputHelper output)
{
    // Alone, the worker that can be reached has work for longer than the network is cut.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly ChaosJob Job = new((int)((ChaosForm.Silence + TimeSpan.FromSeconds(2.5)) / Pause), Pause);

    // A lease of 5 s, and looking twice a second on a busy machine.
    private static readonly TimeSpan LeaseLimit = TimeSpan.FromSeconds(8);

    /// <summary>Where the seed is.</summary>
    public enum Place
    {
        /// <summary>Between: both sides reach it always.</summary>
        Middle,

        /// <summary>With the client: the far worker loses both.</summary>
        Near,

        /// <summary>With the far worker: the client and the worker beside it lose both.</summary>
        Far,
    }

    public static TheoryData<Place> Places => ChaosForm.IsFull ? [Place.Middle, Place.Near, Place.Far] : [Place.Middle];

    [CutNetworkTheory]
    [MemberData(nameof(Places))]
    public async Task Job_PacketsAreDropped_TasksRunElsewhereAndTheFarWorkerComesBack(Place seed)
    {
        using var network = CutNetwork.Create();
        await using var run = ChaosRun.On(await StartAsync(network, seed));
        await run.BeginAsync(Job);
        await Poll.UntilAsync("both workers to be busy", RunningProgram.Limit, () => run.HasEnded || run.Recorder.ReadWorkers().Select(Process).Distinct().Count() == 2);
        var cutAt = run.Strikes(1, run.NodeOf(1)!.Value);
        network.Cut();
        await Poll.UntilAsync("the time without a network", ChaosForm.Silence * 2, () => HistoryRecorder.Now > cutAt + ChaosForm.Silence);
        network.Mend();
        var mendedAt = HistoryRecorder.Now;
        Assert.False(run.HasEnded, "the job has ended before the network was there again");

        await run.UntilEndedAsync();
        await run.UntilAllWorkAsync();
        var (client, worker) = (seed == Place.Near ? " and seed" : "", seed == Place.Far ? " and seed" : "");
        var figures = new ScenarioFigures($"packets dropped between client{client} and worker{worker}", output) { WholeAgain = HistoryRecorder.Now - mendedAt };
        var findings = await run.FinishAsync(figures, HistoryExpectation.Squares(Job.Tasks));
        Assert.True(findings.Detected.Single() < LeaseLimit, $"noticed after {findings.Detected[0].TotalSeconds:F1} s");
    }

    /// <summary>w1 beside this test, w2 behind the router.</summary>
    private static async Task<TestCluster> StartAsync(CutNetwork network, Place place)
    {
        var seed = place switch
        {
            Place.Middle => RunningProgram.StartIn(network.Middle, "Seed", "actorcompute-seed", "--host", CutNetwork.MiddleAddress, "--port", "0"),
            Place.Far => RunningProgram.StartIn(network.Far, "Seed", "actorcompute-seed", "--host", CutNetwork.FarAddress, "--port", "0"),
            _ => RunningProgram.Start("Seed", "actorcompute-seed", ["--host", CutNetwork.NearAddress, "--port", "0"]),
        };
        var address = await TestCluster.AddressOfAsync(seed);
        IReadOnlyList<string> Arguments(string name, string host) => ["--seed", address, "--name", name, "--slots", "1", "--host", host, .. ChaosJob.WorkerArguments];
        return TestCluster.Of(
            seed, address,
            RunningProgram.Start("Worker", "actorcompute-worker", Arguments("w1", CutNetwork.NearAddress)),
            RunningProgram.StartIn(network.Far, "Worker", "actorcompute-worker", Arguments("w2", CutNetwork.FarAddress)));
    }

    private static int Process(HistoryEvent what) => what switch
    {
        HistoryEvent.Started begin => begin.ProcessId,
        HistoryEvent.Finished end => end.ProcessId,
        _ => 0,
    };
}
