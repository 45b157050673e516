using System.Diagnostics;
using System.Globalization;

namespace ActorCompute.EndToEnd.Primes;

/// <summary><c>primes list</c>.</summary>
[Collection(Lane.Faults)]
public class PrimesListTests(ProcessEnvironment environment)
{
    [Fact]
    public async Task List_SeveralPieces_AscendingAndComplete()
    {
        const int last = 3_000_000;
        var result = (await (await environment.ClusterAsync()).RunAsync("primes", "list", "1", last.ToString(CultureInfo.InvariantCulture))).AssertClean();
        Assert.Equal(PrimesUpTo(last), result.Output.Select(line => int.Parse(line, NumberStyles.None, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task List_FarUp_AscendingAndAsManyAsCounted()
    {
        var result = (await (await environment.ClusterAsync()).RunAsync("primes", "list", "1e15", "1e15+1e6")).AssertClean();
        var primes = result.Output.Select(line => ulong.Parse(line, NumberStyles.None, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(28845, primes.Count);
        Assert.Equal(primes.Distinct().Order(), primes);
        Assert.InRange(primes[0], 1_000_000_000_000_000UL, 1_000_000_000_001_000UL);
    }

    /// <summary>As with <c>| head</c>: a list that would take hours ends when nobody reads it any more.</summary>
    [Fact]
    public async Task List_ReaderHasEnough_EndsSoonAndQuietly()
    {
        await using var program = RunningProgram.Start("Cli", "actorcompute", ["primes", "list", "1", "1e12", "--workers", "2"], readsOutput: false);
        foreach (var expected in new[] { "2", "3", "5", "7", "11" }) Assert.Equal(expected, await program.RawOutput.ReadLineAsync().WaitAsync(RunningProgram.Limit));
        var closedAt = Stopwatch.GetTimestamp();
        program.RawOutput.Close();
        var result = await program.WaitAsync("the end after its reader closed the pipe");
        Assert.InRange(Stopwatch.GetElapsedTime(closedAt).TotalSeconds, 0, 60);
        result.AssertClean();
        Assert.Empty(program.Family);
    }

    private static List<int> PrimesUpTo(int last)
    {
        var composite = new bool[last + 1];
        var primes = new List<int>();
        for (var number = 2; number <= last; number++)
        {
            if (composite[number]) continue;
            primes.Add(number);
            for (var multiple = (long)number * number; multiple <= last; multiple += number) composite[multiple] = true;
        }

        return primes;
    }
}
