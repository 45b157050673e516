using System.Diagnostics;
using System.Globalization;

namespace ActorCompute.EndToEnd.Faults;

/// <summary>Functions that end, block or flood their worker: the calls end, and others go on.</summary>
[Collection(Lane.Faults)]
public sealed class HangTests(ProcessEnvironment environment) : IDisposable
{
    private static readonly TimeSpan Bound = RunningProgram.Limit;

    private readonly TestFolder _folder = new();

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(75)]
    public async Task Submit_FunctionEndsItsProcess_IsADeathWhateverTheStatus(int status)
    {
        var cluster = await environment.LocalAsync();
        var error = Assert.IsType<RemoteTaskException>(await cluster.Submit(Hanging.Exit, status).ExceptionAsync(Bound));
        Assert.Equal(FailureCause.WorkerDied, error.Failure.Cause);
        Assert.Contains($"exited with status {status}", error.Message, StringComparison.Ordinal);
        Assert.Equal(8, await cluster.Submit(Hanging.Next, 7).ResultAsync(Bound));
    }

    [Fact]
    public async Task Submit_WorkersEndInTheirInitializer_FailsWithThat()
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(new() { Workers = 2, Initializer = WorkerInitializer.Of(Hanging.ExitInitializer), StartTimeout = Bound });
        var error = Assert.IsType<ClusterUnavailableException>(await cluster.Submit(Hanging.Next, 7).ExceptionAsync(Bound));
        Assert.Contains("died 3 times while it opened the job; the last one exited with status 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Map_InitializerNeverEnds_TheTaskTimeOutEndsTheMap()
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(new() { Workers = 1, Initializer = WorkerInitializer.Of(Hanging.EndlessInitializer), StartTimeout = Bound });
        var error = await Assert.ThrowsAsync<ClusterUnavailableException>(async () =>
        {
            await foreach (var _ in cluster.Map(Hanging.Next, [1], new() { TaskTimeout = TimeSpan.FromSeconds(1), Grace = TimeSpan.FromSeconds(1) }))
            {
            }
        });
        Assert.Contains("the initializer, or the opening of the work, did not end within 1 s", error.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task Submit_ReadsStandardInput_FindsItsEnd()
    {
        var cluster = await environment.LocalAsync();
        Assert.Equal("5: '' ''", await cluster.Submit(Hanging.ReadInput, 5).ResultAsync(Bound));
    }

    [UnixFact]
    public async Task Submit_ChildHoldsThePipesOfADeadWorker_ItIsStartedAgainAtOnceAndDisposeDoesNotWait()
    {
        var file = _folder.PathOf("child");
        var child = 0;
        try
        {
            var cluster = await ComputeCluster.StartLocalAsync(new() { Workers = 1, StartTimeout = Bound });
            Assert.Equal(1, await cluster.Submit(Hanging.LeaveChildAndDie, file).ResultAsync(Bound));
            child = int.Parse(await File.ReadAllTextAsync(file), CultureInfo.InvariantCulture);
            await cluster.DisposeAsync().AsTask().WaitAsync(Bound);
            // It slept all the while: nobody waited for it.
            Assert.True(ProcessTable.IsAlive(child));
        }
        finally
        {
            if (child != 0) Process.GetProcessById(child).Kill();
        }
    }

    [Fact]
    public async Task Submit_FunctionFillsTheThreadPool_TheWorkerStaysAndNothingRunsTwice()
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(new() { Workers = 1, StartTimeout = Bound });
        var before = cluster.Workers[0].ProcessId;
        var future = cluster.Submit(Hanging.FillPool, 4000);
        Assert.Equal(before, await future.ResultAsync(Bound));
        Assert.Equal((before, 1), (cluster.Workers[0].ProcessId, future.Run!.Attempt));
    }

    [Theory]
    [InlineData(0, "(no message)")]
    [InlineData(1, "(its text cannot be read: System.InvalidOperationException)")]
    public async Task Submit_BrokenException_IsAFailureLikeAnyOther(int how, string text)
    {
        var cluster = await environment.LocalAsync();
        var error = Assert.IsType<RemoteTaskException>(await cluster.Submit(Hanging.Broken, how).ExceptionAsync(Bound));
        Assert.Equal((FailureCause.Exception, text), (error.Failure.Cause, error.Failure.Message));
    }

    [Fact]
    public async Task Submit_FunctionThrows_InnerExceptionsAndStackTracesComeAlong()
    {
        var cluster = await environment.LocalAsync();
        var error = Assert.IsType<RemoteTaskException>(await cluster.Submit(Hanging.Wrapped, 3).ExceptionAsync(Bound));
        Assert.Equal("no ratio for 3", error.Failure.Message);
        Assert.Contains("---> System.DivideByZeroException", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Faults.Hanging.Wrapped(Int32 number)", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnOutput_TaskWritesToTheConsole_EachLineComes()
    {
        var lines = new System.Collections.Concurrent.ConcurrentQueue<(string Worker, string Line)>();
        await using var cluster = await ComputeCluster.StartLocalAsync(new() { Workers = 1, StartTimeout = Bound, OnOutput = (worker, line) => lines.Enqueue((worker, line)) });
        Assert.Equal(3, await cluster.Submit(Hanging.Say, 3).ResultAsync(Bound));
        await Poll.UntilAsync("both lines", Bound, () => lines.Count == 2);
        Assert.Equal([("1", "one of 3"), ("1", "two of 3")], lines);
    }

    [Fact]
    public async Task Callbacks_Throw_IsLoggedAndNothingElseChanges()
    {
        var log = new LogLines();
        await using var cluster = await ComputeCluster.StartLocalAsync(new()
        {
            Workers = 1,
            StartTimeout = Bound,
            Logger = log,
            OnOutput = (_, _) => throw new InvalidOperationException("output"),
        });
        var sum = 0;
        await foreach (var result in cluster.Map(Hanging.Next, Enumerable.Range(0, 100), new() { Progress = new ThrowingProgress() })) sum += result;
        Assert.Equal(5050, sum);

        var future = cluster.Submit(Hanging.Next, 1);
        future.OnCompleted(_ => throw new InvalidOperationException("completed"));
        Assert.Equal(2, await future.ResultAsync(Bound));
        await cluster.Submit(Hanging.Say, 3).ResultAsync(Bound);
        Assert.Equal(3, await cluster.Submit(Hanging.Next, 2).ResultAsync(Bound));

        await Poll.UntilAsync("all three were logged", Bound, () => new[] { "Progress", "OnCompleted", "OnOutput" }.All(name => log.Lines.Any(line => line.Contains($"The caller's {name} threw", StringComparison.Ordinal))));
    }

    public void Dispose() => _folder.Dispose();

    private sealed class ThrowingProgress : IProgress<JobProgress>
    {
        public void Report(JobProgress value) => throw new InvalidOperationException("progress");
    }
}
