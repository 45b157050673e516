using ActorCompute.Chaos.Support;
using ActorCompute.Kinds;
using Xunit.Abstractions;

namespace ActorCompute.Chaos;

/// <summary>A local cluster of four workers counts primes while two of them are killed.</summary>
[Collection(ProcessTests.Name)]
public sealed class PrimesUnderChaosTests(ITestOutputHelper output)
{
    // π(10^10) and π(3·10^11).
    private static readonly (string To, ulong Exact) Range = ChaosForm.IsFull ? ("3e11", 11_818_439_135UL) : ("1e10", 455_052_511UL);

    [Fact]
    public async Task PrimesCount_TwoOfFourWorkersKilled_CountIsExact()
    {
        var random = new Random(ChaosForm.Seed);
        await using var cluster = await ComputeCluster.StartLocalAsync(workers: 4);
        var job = ((IJobKind)BuiltInKinds.PrimesCount).Prepare(new ParameterValues().Add("from", "1").Add("to", Range.To));
        var (count, pieces, twice, killed) = (0UL, 0, 0, 0);
        var running = cluster.Start(job);
        await foreach (var outcome in running.ReadOutcomesAsync())
        {
            Assert.True(outcome.Failure is null, $"piece {outcome.Number} failed: {outcome.Failure?.Message} ({ChaosForm.Sown})");
            count += UInt64Codec.Instance.Read(outcome.Result.Span);
            if (outcome.Run.Attempt > 1) twice++;
            // Each after a few more pieces, while others run.
            if (++pieces is not (4 or 12)) continue;
            RunningProgram.KillById(cluster.Workers[(random.Next(2) * 2) + killed++].ProcessId);
        }

        Assert.Equal(2, killed);
        Assert.Equal(Range.Exact, count);
        output.WriteLine($"primes to {Range.To}: {pieces} pieces, two workers killed, {twice} pieces by a later attempt ({ChaosForm.Sown})");
    }
}
