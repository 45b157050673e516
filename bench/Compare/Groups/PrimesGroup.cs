using System.Globalization;
using ActorCompute.Compare.Peers;
using ActorCompute.Compare.Running;
using ActorCompute.Kinds;

namespace ActorCompute.Compare.Groups;

/// <summary>Counts of primes on two warm workers against primesieve with two threads, and the test of single numbers against FLINT.</summary>
internal sealed class PrimesGroup : IComparison
{
    public string Name => "primes";

    public string Summary => "primes count 1 1e10, 1e15+1e9, 1e18+1e9, 2 warm workers; primesieve -t2; primality of 64-bit numbers; FLINT";

    public async Task RunAsync(Arena arena, CancellationToken cancellation)
    {
        await using (var cluster = await WarmCluster.StartAsync(2, cancellation).ConfigureAwait(false))
        {
            await CountAsync(arena, cluster, "1", arena.Options.IsQuick ? "1e8" : "1e10", new(0.6, 2), cancellation).ConfigureAwait(false);
            var length = arena.Options.IsQuick ? "1e7" : "1e9";
            await CountAsync(arena, cluster, "1e15", $"1e15+{length}", new(0.5, 2), cancellation).ConfigureAwait(false);
            await CountAsync(arena, cluster, "1e18", $"1e18+{length}", null, cancellation).ConfigureAwait(false);
        }

        await PrimalityRows.RunAsync(Name, arena, cancellation).ConfigureAwait(false);
    }

    private Task CountAsync(Arena arena, WarmCluster cluster, string from, string to, Goal? goal, CancellationToken cancellation)
    {
        var same = new SameAnswer();
        return arena.RunAsync(
            new(Name, $"primes count {from} {to}", "s", Better.Less,
            [
                new("command, 2 warm workers", async token =>
                {
                    var run = await cluster.RunAsync(["primes", "count", from, to], token).ConfigureAwait(false);
                    same.Check("the command", run.Output.Trim());
                    return run.Seconds;
                })
                { WarmUps = 2 },
                new("job of a program, 2 warm workers", async token =>
                {
                    var run = await cluster.RunAsync(BuiltInKinds.PrimesCount, token, ("from", from), ("to", to)).ConfigureAwait(false);
                    same.Check("the job", Convert.ToString(run.Rows[0][0], CultureInfo.InvariantCulture)!);
                    return run.Seconds;
                }),
                // Its numbers are expressions too.
                CommandPeer.Create("primesieve", "primesieve", [from, to, "-t2", "-q"], (who, output) => same.Check(who, output.Trim())),
            ])
            { Goal = goal },
            cancellation);
    }
}
