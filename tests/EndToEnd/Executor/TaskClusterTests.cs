using System.Globalization;
using ActorCompute.Kinds;

namespace ActorCompute.EndToEnd.Executor;

/// <summary>Functions that run more functions on the cluster they run on.</summary>
[Collection(Lane.Clusters)]
public sealed class TaskClusterTests : IDisposable
{
    private static readonly TimeSpan Bound = RunningProgram.Limit;

    private readonly TestFolder _folder = new();

    [Fact]
    public async Task MapAsync_InATaskOfAWorkerWithOneSlot_RunsInTheSlotThatWaits()
    {
        await using var cluster = await StartAsync(workers: 1);
        var primes = ((IJobKind)BuiltInKinds.PrimesCount).Prepare(new ParameterValues().Add("from", "1").Add("to", "1e5"));
        await foreach (var outcome in cluster.Start(primes).ReadOutcomesAsync()) Assert.Null(outcome.Failure);
        Assert.False(await cluster.Submit(TaskFunctions.HasClient).ResultAsync(Bound), "the worker has loaded the client before any task asked for it");
        Assert.Equal(328_350, await cluster.Submit(TaskFunctions.SumOfSquares, 100).ResultAsync(Bound));
        Assert.Equal(328_350, await cluster.Submit(TaskFunctions.SumOfSquaresAsync, 100).ResultAsync(Bound));
        Assert.True(await cluster.Submit(TaskFunctions.HasClient).ResultAsync(Bound));
    }

    [Fact]
    public async Task SubmitAsync_FunctionThatCallsItself_EndsAndFreesAllSlots()
    {
        await using var cluster = await StartAsync(workers: 1);
        Assert.Equal(144, await cluster.Submit(TaskFunctions.Fibonacci, 12).ResultAsync(Bound));
        await Poll.UntilAsync("all slots are free", Bound, async () => (await new ClusterAdmin(cluster.Seed, new() { Secret = TestCluster.Secret }).StatusAsync()).Workers is [{ Busy: 0 }]);
    }

    [Fact]
    public async Task MapAsync_TwoLevelsManyTasks_AllEnd()
    {
        await using var cluster = await StartAsync(workers: 2);
        var sums = new List<long>();
        await foreach (var sum in cluster.Map(TaskFunctions.SumOfSums, [3, 20, 3, 20])) sums.Add(sum);
        Assert.Equal([1L, 10_830, 1, 10_830], sums);
    }

    [Fact]
    public async Task SubmitAsync_NestedFunctionThrows_TheTaskSaysWhatAndWhere()
    {
        await using var cluster = await StartAsync(workers: 1);
        var error = Assert.IsType<RemoteTaskException>(await cluster.Submit(TaskFunctions.CallOdd, 4L).ExceptionAsync(Bound));
        Assert.Equal(typeof(RemoteTaskException).FullName, error.RemoteType);
        Assert.Contains("System.InvalidOperationException: 4 is even", error.Message, StringComparison.Ordinal);
        Assert.Equal("4 is even", (await cluster.Submit(TaskFunctions.CatchOdd, 4L).ResultAsync(Bound)).Split(": ")[1].Split(" (")[0]);
        Assert.Contains("captures 'number'", await cluster.Submit(TaskFunctions.CallClosure, 4L).ResultAsync(Bound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Initializer_OfTheProgram_RunsBeforeWhatATaskStartsToo()
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(new() { Workers = 2, Initializer = WorkerInitializer.Of(Functions.Initialize, (_folder.PathOf(""), "ready")), StartTimeout = Bound });
        Assert.Equal(["ready"], (await cluster.Submit(TaskFunctions.Words, 200).ResultAsync(Bound)).Select(word => word.Split(' ')[0]).Distinct());
        Assert.All(Directory.GetFiles(_folder.PathOf("")), file => Assert.EndsWith("-1", file, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ContextCluster_OfAFunctionThatIsAClass_RunsItsTasks()
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(new() { Workers = 1, StartTimeout = Bound });
        Assert.Equal(15, await cluster.Submit(new SumOfPrimeGaps().Invoke, 17L).ResultAsync(Bound));
    }

    [Fact]
    public async Task Cancel_OfTheOuterCall_EndsWhatItWaitsFor()
    {
        await using var cluster = await StartAsync(workers: 1);
        var future = cluster.Submit(TaskFunctions.CallUntilCancelled, _folder.PathOf("inner"));
        await Poll.UntilAsync("the inner one runs", Bound, () => File.Exists(_folder.PathOf("inner.begun")));
        Assert.True(future.Cancel());
        await Poll.UntilAsync("the inner one is cancelled", Bound, () => File.Exists(_folder.PathOf("inner.cancelled")));
        Assert.Equal(49, await cluster.Submit(Functions.Square, 7L).ResultAsync(Bound));
    }

    [Fact]
    public async Task Return_WhileACallIsPending_CancelsItAndItsSlotIsThere()
    {
        await using var cluster = await StartAsync(workers: 1);
        Assert.Equal(1, await cluster.Submit(TaskFunctions.LeaveBehind, _folder.PathOf("left")).ResultAsync(Bound));
        await Poll.UntilAsync("what was left behind is cancelled", Bound, () => File.Exists(_folder.PathOf("left.cancelled")));
        Assert.Equal(49, await cluster.Submit(Functions.Square, 7L).ResultAsync(Bound));
    }

    [Fact]
    public async Task WorkerDies_WhileItsTaskWaits_TheTaskRunsAgainAndIsRight()
    {
        await using var cluster = await StartAsync(workers: 2);
        var future = cluster.Submit(TaskFunctions.SquareTheSlowWay, (_folder.PathOf("outer"), 7L));
        await Poll.UntilAsync("the inner one runs", Bound, () => File.Exists(_folder.PathOf("outer.inner")));
        RunningProgram.KillById(int.Parse(await File.ReadAllTextAsync(_folder.PathOf("outer")), CultureInfo.InvariantCulture));
        await File.WriteAllTextAsync(_folder.PathOf("outer.go"), "");
        Assert.Equal(49, await future.ResultAsync(Bound));
        Assert.Equal(2, future.Run!.Attempt);
    }

    [Fact]
    public async Task MaxTasks_TaskThatWaits_HasItsOwnTasksRun()
    {
        await using var cluster = await StartAsync(workers: 1, maxTasks: 1);
        Assert.Equal(285, await cluster.Submit(TaskFunctions.SumOfSquares, 10).ResultAsync(Bound));
        Assert.Equal(285, await cluster.Submit(TaskFunctions.SumOfSquares, 10).ResultAsync(Bound));
    }

    [Fact]
    public async Task Current_InPacksAndAlone_NumbersEachTask()
    {
        await using var cluster = await StartAsync(workers: 1);
        var numbers = new List<long>();
        await foreach (var number in cluster.Map(TaskFunctions.Number, Enumerable.Range(0, 5000))) numbers.Add(number);
        Assert.Equal(Enumerable.Range(0, 5000).Select(number => (long)number), numbers);
        Assert.Equal("no task runs here", Assert.Throws<InvalidOperationException>(() => TaskFunctions.Number(1)).Message.Split("and ")[1].Split(';')[0]);
    }

    [Fact]
    public async Task MapAsync_OnAStandingClusterWithASecret_UsesItsOtherWorkersToo()
    {
        await using var standing = await TestCluster.StartAsync(workers: 2, slots: 1, "--plugins", AppContext.BaseDirectory);
        await using var cluster = await standing.ConnectAsync(Bound);
        await cluster.WaitForWorkersAsync(2, Bound);
        Assert.Equal(2, await cluster.Submit(TaskFunctions.CountWorkers, 2).ResultAsync(Bound));
    }

    public void Dispose() => _folder.Dispose();

    private static Task<ComputeCluster> StartAsync(int workers, int? maxTasks = null) =>
        ComputeCluster.StartLocalAsync(new() { Workers = workers, Slots = 1, MaxTasksPerWorker = maxTasks, Secret = TestCluster.Secret, StartTimeout = Bound });
}

/// <summary>A function that needs nothing but the contract.</summary>
public sealed class SumOfPrimeGaps : ComputeFunction<long, long>
{
    public override string Name => "sum-of-prime-gaps";

    public override string Summary => "Adds the gaps between the primes up to a number; used by tests.";

    protected override long Compute(long input, TaskContext context)
    {
        var primes = Enumerable.Range(2, (int)input - 1).Select(number => (long)number);
        var (sum, last) = (0L, 2L);
        foreach (var (prime, isPrime) in context.Cluster.MapAsync(Look, primes).ToBlockingEnumerable().Where(looked => looked.IsPrime)) (sum, last) = (sum + prime - last, prime);
        return sum;
    }

    private static (long Number, bool IsPrime) Look(long number) => (number, Enumerable.Range(2, (int)number).First(divisor => number % divisor == 0) == number);
}

/// <summary>What these tests call on workers.</summary>
internal static class TaskFunctions
{
    public static bool HasClient() => AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name == "ActorCompute.Client");

    public static long SumOfSquares(int count) =>
        TaskContext.Current.Cluster.MapAsync(Functions.Square, Longs(count)).ToBlockingEnumerable().Sum();

    public static async Task<long> SumOfSquaresAsync(int count)
    {
        await Task.Yield();
        var sum = 0L;
        await foreach (var square in TaskContext.Current.Cluster.MapAsync(Functions.SquareAsync, Longs(count))) sum += square;
        return sum;
    }

    public static long SumOfSums(int count) =>
        TaskContext.Current.Cluster.MapAsync(SumOfSquares, Enumerable.Range(0, count)).ToBlockingEnumerable().Sum();

    public static long Fibonacci(int n)
    {
        if (n < 2) return n;
        var cluster = TaskContext.Current.Cluster;
        var smaller = cluster.SubmitAsync(Fibonacci, n - 2);
        return cluster.SubmitAsync(Fibonacci, n - 1).Result + smaller.Result;
    }

    public static long CallOdd(long number) => TaskContext.Current.Cluster.SubmitAsync(Functions.Odd, number).GetAwaiter().GetResult();

    public static string CatchOdd(long number)
    {
        try
        {
            return $"{CallOdd(number)}";
        }
        catch (Exception e)
        {
            return e.Message;
        }
    }

    public static string CallClosure(long number)
    {
        try
        {
            return $"{TaskContext.Current.Cluster.SubmitAsync(other => other + number, number).GetAwaiter().GetResult()}";
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }

    public static int CallUntilCancelled(string file) => TaskContext.Current.Cluster.SubmitAsync(UntilCancelled, file).GetAwaiter().GetResult();

    public static int LeaveBehind(string file)
    {
        _ = TaskContext.Current.Cluster.SubmitAsync(UntilCancelled, file);
        Wait("the call to begin", () => File.Exists(file + ".begun"));
        return 1;
    }

    public static long SquareTheSlowWay((string File, long Number) input)
    {
        File.WriteAllText(input.File, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return TaskContext.Current.Cluster.SubmitAsync(SquareWhenTold, input).Result;
    }

    public static string[] Words(int count) => [.. TaskContext.Current.Cluster.MapAsync(Functions.Word, Enumerable.Range(0, count)).ToBlockingEnumerable()];

    public static long Number(int ignored) => TaskContext.Current.Number + (0 * ignored);

    /// <summary>Ends when so many workers have run tasks of its own. On a busy machine one may do all before the other has opened the job.</summary>
    public static int CountWorkers(int least)
    {
        var processes = new HashSet<int>();
        Wait($"{least} workers", () =>
        {
            processes.UnionWith(TaskContext.Current.Cluster.MapAsync(Functions.Busy, Enumerable.Repeat(2, 100)).ToBlockingEnumerable());
            return processes.Count >= least;
        });
        return processes.Count;
    }

    private static long SquareWhenTold((string File, long Number) input)
    {
        File.WriteAllText(input.File + ".inner", "");
        Wait("the word to go on", () => File.Exists(input.File + ".go"));
        return input.Number * input.Number;
    }

    private static int UntilCancelled(string file)
    {
        File.WriteAllText(file + ".begun", "");
        Assert.True(TaskContext.Current.Cancellation.WaitHandle.WaitOne(RunningProgram.Limit), "it was not cancelled");
        File.WriteAllText(file + ".cancelled", "");
        return 0;
    }

    private static void Wait(string what, Func<bool> condition) => Poll.UntilAsync(what, RunningProgram.Limit, condition).GetAwaiter().GetResult();

    private static IEnumerable<long> Longs(int count) => Enumerable.Range(0, count).Select(number => (long)number);
}
