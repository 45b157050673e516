using System.Globalization;
using Xunit.Abstractions;

namespace ActorCompute.Simulation;

/// <summary>
/// Whole clusters, simulated: the cores that the product runs, over a network and clocks that are made up, with faults by chance. A
/// seed that fails is repeated with <c>ACTORCOMPUTE_SIM_SEED</c>.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const string SeedVariable = "ACTORCOMPUTE_SIM_SEED";
    private const string CountVariable = "ACTORCOMPUTE_SIM_COUNT";

    [Fact]
    public void Clusters_FaultsByChance_EachTaskIsReportedOnceAndEveryJobEnds()
    {
        Run(Scenario.Of, 2000);
    }

    [Fact]
    public void Clusters_LongTasksAreSplit_ResultsAreExactAndEveryJobEnds()
    {
        var (splits, count) = Run(Scenario.Splitting, 150);
        Assert.True(splits >= count / 2, $"only {splits} splits in {count} runs");
    }

    [Fact]
    public void Clusters_HundredsOfWorkers_EachTaskIsReportedOnceAndEveryJobEnds()
    {
        Run(Scenario.Large, 2);
    }

    /// <param name="scenarioOf">The run of a seed.</param>
    /// <param name="count">How many seeds, or as many times as many as are asked for instead of 2,000.</param>
    private (int Splits, int Count) Run(Func<ulong, Scenario> scenarioOf, int count)
    {
        if (ulong.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var seed))
        {
            Report.ThrowIfFailed(SimulationRun.Of(scenarioOf(seed), keepsLog: true, checkEvery: 1), scenarioOf(seed));
            return (1, 1);
        }

        if (int.TryParse(Environment.GetEnvironmentVariable(CountVariable), CultureInfo.InvariantCulture, out var asked)) count = (int)Math.Max(1, (long)asked * count / 2000);
        var (steps, splits, startedAt) = (0L, 0, TimeProvider.System.GetTimestamp());
        Parallel.For(1, count + 1, number =>
        {
            var scenario = scenarioOf((ulong)number);
            var run = SimulationRun.Of(scenario);
            Interlocked.Add(ref steps, run.World.Steps);
            Interlocked.Add(ref splits, run.Splits);
            if (run.Failure is not null) Report.ThrowIfFailed(SimulationRun.Of(Shrinker.Shrink(scenario), keepsLog: true, checkEvery: 1), scenario);
        });
        output.WriteLine($"{count} seeds, {steps} steps, {steps / TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds:F0} a second, {splits} splits");
        return (splits, count);
    }

    /// <summary>Seeds that show a fault again when its mend is taken out.</summary>
    [Theory]
    [InlineData(216, "a worker that was replaced as agreed while it opened a job counted as one that died of it")]
    [InlineData(363, "the same, with two clients")]
    [InlineData(10, "a task of another job killed the worker, and an innocent task failed for it")]
    [InlineData(45, "the same, before the innocent task had begun")]
    [InlineData(29, "the same, and a copy of the innocent task was the last straw")]
    [InlineData(4, "a job whose client was not heard any more stayed open on a worker")]
    [InlineData(72, "silence of its workers counted as their death, and an innocent task failed for it")]
    [InlineData(308, "resources of a chunk that is done were not given back, or more were taken than there are")]
    [InlineData(5, "chunks of an incarnation that was replaced were waited for")]
    public void OneSeed_ThatShowedAFault_Passes(ulong seed, string fault)
    {
        output.WriteLine(fault);
        Report.ThrowIfFailed(SimulationRun.Of(Scenario.Of(seed), keepsLog: true), Scenario.Of(seed));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(400)]
    public void OneSeed_Twice_IsTheSameToTheLastStep(ulong seed)
    {
        var (first, second) = (SimulationRun.Of(Scenario.Of(seed)), SimulationRun.Of(Scenario.Of(seed)));
        Assert.Equal((first.World.Steps, first.World.Trace), (second.World.Steps, second.World.Trace));
    }
}
