using System.Runtime.CompilerServices;

namespace ActorCompute.EndToEnd.Executor;

/// <summary>Functions over many inputs, as <c>executor.map</c>, <c>imap_unordered</c> and <c>starmap</c> have them.</summary>
[Collection(Lane.Clusters)]
public sealed class MapTests(ProcessEnvironment environment) : IDisposable
{
    private static readonly TimeSpan Bound = RunningProgram.Limit;

    private readonly TestFolder _folder = new();

    [Theory]
    [InlineData(null, 65536)]
    [InlineData(1, 65536)]
    [InlineData(7, 10)]
    [InlineData(1000, 65536)]
    public async Task Map_AnyChunkAndBuffer_GivesTheOrderOfTheInputs(int? chunk, int buffer)
    {
        var cluster = await environment.LocalAsync();
        var results = await All(cluster.Map(Functions.Square, Numbers(5000), new() { ChunkSize = chunk, BufferSize = buffer }));
        Assert.Equal(Numbers(5000).Select(number => number * number), results);
    }

    /// <summary>Enough tiny tasks that most travel in packs; some of those throw, and some tasks are not tiny at all.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(700)]
    public async Task MapWithOutcomes_ManyTinyTasks_EachHasItsOwnOutcomeInOrder(int? chunk)
    {
        const int count = 60_000;
        var cluster = await environment.LocalAsync();
        var last = new Last();
        var next = 0L;
        await foreach (var outcome in cluster.Map(Functions.OddAndSlow, Numbers(count), new() { ChunkSize = chunk, Progress = last }).WithOutcomes())
        {
            Assert.Equal((next, next, next % 2 == 1), (outcome.Number, outcome.Input, outcome.IsSuccess));
            if (outcome.IsSuccess) Assert.Equal(next, outcome.Result);
            else Assert.Equal(("System.InvalidOperationException", $"{next} is even"), (outcome.Failure!.Type, outcome.Failure.Message));
            Assert.NotEqual(0, outcome.Run.ProcessId);
            next++;
        }

        Assert.Equal(count, next);
        Assert.Equal((count, count / 2, 0), (last.Value.Done, last.Value.Failed, last.Value.InFlight));
    }

    [Fact]
    public async Task MapUnordered_WorkerEndsInAPack_EveryInputHasOneOutcome()
    {
        var cluster = await environment.LocalAsync();
        var file = _folder.PathOf("died");
        var seen = new HashSet<long>();
        await foreach (var outcome in cluster.Map(Functions.DieOnce, Numbers(60_000).Select(number => (file, number))).Unordered().WithOutcomes())
        {
            Assert.True(outcome.IsSuccess && outcome.Result == outcome.Input.number && seen.Add(outcome.Result), $"{outcome.Number}: {outcome.Failure}");
        }

        Assert.Equal(60_000, seen.Count);
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task Map_TuplesAndAsyncFunctions_AreTaken()
    {
        var cluster = await environment.LocalAsync();
        Assert.Equal(["a1", "b2"], await All(cluster.Map(pair => Functions.Join(pair.Item1, pair.Item2), [("a", 1), ("b", 2)])));
        Assert.Equal([6L, 15], await All(cluster.Map(three => Functions.Sum(three.Item1, three.Item2, three.Item3), [(1L, 2L, 3L), (4L, 5L, 6L)])));
        Assert.Equal([1L, 4, 9], await All(cluster.Map(Functions.SquareAsync, [1L, 2, 3])));
        Assert.Empty(await All(cluster.Map(Functions.Square, Array.Empty<long>())));
    }

    [Fact]
    public async Task Map_FunctionThrows_AtItsPlaceAfterTheResultsBefore()
    {
        var cluster = await environment.LocalAsync();
        var seen = new List<long>();
        var error = await Assert.ThrowsAsync<RemoteTaskException>(async () =>
        {
            await foreach (var result in cluster.Map(Functions.Odd, [1L, 3, 5, 6, 7])) seen.Add(result);
        });
        Assert.Equal([1L, 3, 5], seen);
        Assert.Equal("6 is even", error.Failure.Message);
    }

    [Fact]
    public async Task MapWithOutcomes_SomeThrow_EachInItsPlaceWithItsInput()
    {
        var cluster = await environment.LocalAsync();
        var outcomes = await All(cluster.Map(Functions.Odd, Numbers(6)).WithOutcomes());
        Assert.Equal([(0L, 0L, false), (1, 1, true), (2, 2, false), (3, 3, true), (4, 4, false), (5, 5, true)], outcomes.Select(outcome => (outcome.Number, outcome.Input, outcome.IsSuccess)));
        Assert.Equal("4 is even", outcomes[4].Failure!.Message);
        Assert.Throws<RemoteTaskException>(() => outcomes[4].Result);
    }

    [Fact]
    public async Task MapUnordered_SleepsOfThreeLengths_AsTheyCompleteWithTheirInputs()
    {
        var cluster = await environment.LocalAsync();
        var outcomes = await All(cluster.Map(Functions.SleepAsync, [0.9, 0.6, 0.3]).Unordered().WithOutcomes());
        Assert.Equal([(2L, 0.3, 0.3), (1, 0.6, 0.6), (0, 0.9, 0.9)], outcomes.Select(outcome => (outcome.Number, outcome.Input, outcome.Result)));
    }

    [Fact]
    public async Task Map_TimeOutWhileAFunctionRuns_Throws()
    {
        var cluster = await environment.LocalAsync();
        var seen = new List<double>();
        await Assert.ThrowsAsync<TimeoutException>(async () =>
        {
            await foreach (var result in cluster.Map(Functions.SleepAsync, [0.0, 60], new() { Timeout = TimeSpan.FromSeconds(0.5) })) seen.Add(result);
        });
        Assert.Equal([0.0], seen);
    }

    [Fact]
    public async Task Map_TimeOutWhileInputsAreAwaited_Throws()
    {
        var cluster = await environment.LocalAsync();
        var seen = new List<long>();
        await Assert.ThrowsAsync<TimeoutException>(async () =>
        {
            await foreach (var result in cluster.Map(Functions.Square, Then(3, Forever.Wait).AsInputs(), new() { Timeout = TimeSpan.FromSeconds(1) })) seen.Add(result);
        });
        Assert.Equal([0L, 1, 4], seen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Map_TokenSet_ThrowsAndTheInputsAreToldToo(bool atTheEnumeration)
    {
        var cluster = await environment.LocalAsync();
        using var source = new CancellationTokenSource();
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var inputs = Then(2, Forever.Wait, told).AsInputs();
        var results = atTheEnumeration ? ((IAsyncEnumerable<long>)cluster.Map(Functions.Square, inputs)).WithCancellation(source.Token) : ((IAsyncEnumerable<long>)cluster.Map(Functions.Square, inputs, null, source.Token)).ConfigureAwait(true);
        var seen = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in results)
            {
                if (++seen == 2) await source.CancelAsync();
            }
        });
        await told.Task.WaitAsync(Bound);
    }

    [Fact]
    public async Task Map_InputsThrow_ComesThrough()
    {
        var cluster = await environment.LocalAsync();
        await Assert.ThrowsAsync<FormatException>(() => All(cluster.Map(Functions.Square, Then(3, Forever.Throw).AsInputs())));
        await Assert.ThrowsAsync<FormatException>(() => All(cluster.Map(Functions.Square, Numbers(3).Select(number => number < 2 ? number : throw new FormatException("line 3")))));
    }

    [Fact]
    public async Task MapUnordered_InputsWithoutEndAndABreak_TheJobEndsAndWorkersAreIdle()
    {
        var cluster = await environment.LocalAsync();
        var taken = 0;
        await foreach (var outcome in cluster.Map(Functions.Square, Then(int.MaxValue, Forever.Wait).AsInputs()).Unordered().WithOutcomes())
        {
            Assert.Equal(outcome.Input * outcome.Input, outcome.Result);
            if (++taken == 1000) break;
        }

        // Workers tell of themselves every two seconds.
        var startedAt = TimeProvider.System.GetTimestamp();
        ClusterReport report;
        do
        {
            report = await new ClusterAdmin(cluster.Seed, new() { Secret = TestCluster.Secret, Timeout = Bound }).StatusAsync();
            Assert.True(TimeProvider.System.GetElapsedTime(startedAt) < Bound, $"still busy: {string.Join(", ", report.Workers)}");
        }
        while (report.Workers.Any(worker => worker.Busy + worker.BusyIo > 0));

        Assert.Equal(9, await cluster.Submit(Functions.Square, 3L).ResultAsync(Bound));
    }

    [Fact]
    public async Task MapUnordered_AMillionInputs_AreDrawnNoFurtherThanTheBuffer()
    {
        const int buffer = 1000;
        // What is drawn ahead of the job itself: a full chunk, one that waits for room there, and the one that the reader holds.
        const int ahead = 8192 + 2;
        var cluster = await environment.LocalAsync();
        var drawn = 0L;
        var (taken, sum, most) = (0L, 0L, 0L);
        await foreach (var outcome in cluster.Map(Functions.Square, Counted(1_000_000, number => Volatile.Write(ref drawn, number + 1)).AsInputs(), new() { BufferSize = buffer }).Unordered().WithOutcomes())
        {
            most = Math.Max(most, Volatile.Read(ref drawn) - taken);
            taken++;
            sum += outcome.Input;
        }

        Assert.Equal((1_000_000L, 999_999L * 500_000), (taken, sum));
        Assert.InRange(most, 1, buffer + ahead);
    }

    [Fact]
    public async Task Map_RetryPolicy_ThirdTimeGood()
    {
        var cluster = await environment.LocalAsync();
        var retry = new RetryPolicy { MaxRetries = 2, Delay = TimeSpan.FromMilliseconds(10) };
        var good = Assert.Single(await All(cluster.Map(Functions.ThirdTimeGood, [Memory("good")], new() { Retry = retry }).WithOutcomes()));
        Assert.Equal((3, 3), (good.Result, good.Run.Attempt));
        var bad = Assert.Single(await All(cluster.Map(Functions.ThirdTimeGood, [Memory("bad")], new() { Retry = retry with { MaxRetries = 1 } }).WithOutcomes()));
        Assert.Equal(("System.IO.IOException", "try 2 failed"), (bad.Failure!.Type, bad.Failure.Message));
        var never = retry with { ShouldRetry = failure => failure.Type != "System.IO.IOException" };
        Assert.Equal("try 1 failed", Assert.Single(await All(cluster.Map(Functions.ThirdTimeGood, [Memory("never")], new() { Retry = never }).WithOutcomes())).Failure!.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task MapUnordered_MaxInFlight_NoMoreRunAtATime(int limit)
    {
        var cluster = await environment.LocalAsync();
        var folder = Memory("now");
        var outcomes = await All(cluster.Map(Functions.AtATimeAsync, Enumerable.Range(0, 100).Select(number => (folder, number)), new() { MaxInFlight = limit, ChunkSize = 1 }).Unordered().WithOutcomes());
        Assert.Equal(100, outcomes.Count);
        Assert.Equal(limit, outcomes.Max(outcome => outcome.Result));
    }

    [Fact]
    public async Task MapUnordered_Progress_EndsAtTheTotal()
    {
        var cluster = await environment.LocalAsync();
        var last = new Last();
        await All(cluster.Map(Functions.Odd, Numbers(500).ToList(), new() { Progress = last }).Unordered().WithOutcomes());
        Assert.Equal((500L, 250L, 0, 500L), (last.Value.Done, last.Value.Failed, last.Value.InFlight, last.Value.Total));
    }

    public void Dispose() => _folder.Dispose();

    private enum Forever
    {
        Wait,
        Throw,
    }

    private static IEnumerable<long> Numbers(int count) => Enumerable.Range(0, count).Select(number => (long)number);

    private static async Task<List<T>> All<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items.WithCancellation(CancellationToken.None)) list.Add(item);
        return list;
    }

    private string Memory(string name) => Directory.CreateDirectory(_folder.PathOf(name)).FullName;

    private static async IAsyncEnumerable<long> Then(int count, Forever then, TaskCompletionSource? told = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (var number = 0L; number < count; number++)
        {
            yield return number;
            if (number % 100 == 0) await Task.Yield();
        }

        if (then == Forever.Throw) throw new FormatException("line 4");
        var never = new TaskCompletionSource();
        await using var registration = cancellation.Register(() =>
        {
            told?.TrySetResult();
            never.TrySetCanceled(CancellationToken.None);
        });
        await never.Task;
    }

    private static async IAsyncEnumerable<long> Counted(int count, Action<long> drawn)
    {
        for (var number = 0L; number < count; number++)
        {
            drawn(number);
            yield return number;
            if (number % 1000 == 0) await Task.Yield();
        }
    }

    private sealed class Last : IProgress<JobProgress>
    {
        public JobProgress Value { get; private set; }

        public void Report(JobProgress value) => Value = value;
    }
}
