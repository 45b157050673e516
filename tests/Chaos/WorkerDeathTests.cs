using System.Diagnostics;
using ActorCompute.Chaos.Support;
using Xunit.Abstractions;

namespace ActorCompute.Chaos;

/// <summary>Workers that die all the time.</summary>
[Collection(ProcessTests.Name)]
public sealed class WorkerDeathTests(ITestOutputHelper output)
{
    private const int Workers = 4;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // From the kill: the keeper's pause of up to 5 s, the start of a process on a machine that is busy, two registrations.
    private static readonly TimeSpan BackLimit = TimeSpan.FromSeconds(30);

    // From the start of a node to its registration, while all the others want the processor too.
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(15);

    private readonly long _startedAt = Stopwatch.GetTimestamp();

    private TimeSpan Now => Stopwatch.GetElapsedTime(_startedAt);

    [Fact]
    public async Task Workers_KilledAtRandom_EachComesBackAndWorksAndCountsAreExact()
    {
        var random = new Random(ChaosForm.Seed);
        var sown = $"ACTORCOMPUTE_CHAOS_SEED={ChaosForm.Seed}";
        await using var cluster = await TestCluster.StartAsync(Workers);
        await using var client = await cluster.ConnectAsync(RunningProgram.Limit);
        await using var registry = new RegistryWatch(cluster.Address, () => Now);
        await Poll.UntilAsync("all workers registered", RunningProgram.Limit, () => registry.Count == Workers);
        var counts = new PrimeCounts(client, () => Now);
        var running = counts.RunAsync();

        var kills = new List<Kill>();
        var end = Now + ChaosForm.Killing;
        for (var next = Now; next < end; next += Interval)
        {
            await Poll.UntilAsync("the next kill", RunningProgram.Limit, () => running.IsCompleted || Now >= next);
            if (running.IsCompleted) break;
            kills.Add(await KillOneAsync(cluster, random, kills));
        }

        var last = kills.Where(kill => !kill.IsKilledAgain).ToList();
        await Poll.UntilAsync(
            $"every worker registers again and takes work ({sown})", BackLimit,
            () => running.IsCompleted || last.TrueForAll(kill => Successor(registry, kill) is { } back && registry.IsRegistered(back.ProcessId) && counts.FirstAnswerOf(back.ProcessId) is not null),
            () => $"Kills: {string.Join("; ", kills)}. Registered: {string.Join("; ", registry.All)}. Keepers: {string.Join(" | ", cluster.Workers.SelectMany(worker => worker.Error.Lines))}");
        counts.End();
        await running.WaitAsync(RunningProgram.Limit);

        Assert.True(ProcessTable.IsAlive(cluster.Seed.Id), $"the seed has died ({sown})");
        Assert.Equal(Workers, registry.Count);
        var back = kills.Select(kill => (Kill: kill, Registered: Successor(registry, kill))).Where(pair => pair.Registered is not null).ToList();
        // Only an early death explains a successor that never registered.
        Assert.All(kills.Except(back.Select(pair => pair.Kill)), kill => Assert.True(kill.NextAt - kill.At - kill.Pause < StartLimit, $"not registered: {kill} ({sown})"));
        var times = back.Select(pair => (pair.Registered!.At - pair.Kill.At - pair.Kill.Pause).TotalSeconds).Order().ToList();
        var work = back.Select(pair => counts.FirstAnswerOf(pair.Registered!.ProcessId) - pair.Registered.At).OfType<TimeSpan>().Select(time => time.TotalSeconds).Order().ToList();
        output.WriteLine($"{kills.Count} kills, {back.Count} successors registered, {work.Count} of them answered; {counts.Finished} jobs, all exact ({sown})");
        output.WriteLine($"from start (the keeper's pause has passed) to registered: median {times[times.Count / 2]:F2} s, max {times[^1]:F2} s");
        output.WriteLine($"from registered to the first answer: median {work[work.Count / 2]:F2} s, max {work[^1]:F2} s");
    }

    /// <summary>Kills the node of a random worker that has one, and waits for its keeper's word.</summary>
    private async Task<Kill> KillOneAsync(TestCluster cluster, Random random, List<Kill> kills)
    {
        while (true)
        {
            var worker = random.Next(cluster.Workers.Count);
            var keeper = cluster.Workers[worker];
            var deaths = Announcements(keeper).Count;
            if (keeper.Family.Where(id => id != keeper.Id).ToList() is not [var node])
            {
                await Poll.UntilAsync($"some worker has a node", BackLimit, () => cluster.Workers.Any(candidate => candidate.Family.Count == 2));
                continue;
            }

            var at = Now;
            RunningProgram.KillById(node);
            await Poll.UntilAsync($"the keeper's word on its killed node {node}", BackLimit, () => Announcements(keeper).Count > deaths, () => string.Join('\n', keeper.Error.Lines));
            foreach (var earlier in kills.Where(kill => kill.Worker == worker)) earlier.NextAt ??= at;
            return new(worker, $"w{worker + 1}", node, at, Announcements(keeper)[deaths]);
        }
    }

    /// <summary>The pauses that a keeper has announced.</summary>
    private static List<TimeSpan> Announcements(RunningProgram keeper)
    {
        const string before = "it is started again in ";
        return [.. from line in keeper.Error.Lines
                   let at = line.IndexOf(before, StringComparison.Ordinal)
                   where at >= 0
                   select TimeSpan.FromSeconds(double.Parse(line[(at + before.Length)..].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture))];
    }

    private static Registration? Successor(RegistryWatch registry, Kill kill) =>
        registry.All.FirstOrDefault(seen => seen.Worker == kill.Name && seen.At > kill.At && !(seen.At > kill.NextAt) && seen.ProcessId != kill.ProcessId);

    private sealed record Kill(int Worker, string Name, int ProcessId, TimeSpan At, TimeSpan Pause)
    {
        /// <summary>The next kill of this worker, perhaps before its next node could register.</summary>
        public TimeSpan? NextAt { get; set; }

        public bool IsKilledAgain => NextAt is not null;
    }
}
