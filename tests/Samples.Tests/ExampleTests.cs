using System.Globalization;
using System.Text.RegularExpressions;
using ActorCompute.Examples;

namespace ActorCompute.Samples.Tests;

/// <summary>Every example says what its notes say. Sleeps are scaled down; times are not compared.</summary>
[Collection(SampleTests.Name)]
public sealed class ExampleTests(SampleEnvironment environment)
{
    [Fact]
    public Task Square_Of12And0To9_AsInTheNotes() => AssertSays("square", [], "12² = 144, computed by process another", "0 1 4 9 16 25 36 49 64 81");

    [Fact]
    public Task Order_Sleeps321_MapKeepsTheOrderCompletionDoesNot() =>
        AssertSays("order", ["0.25"], "in the order of the inputs: 3 2 1", "as they complete:           1 2 3", "unordered, with inputs:     1→1 2→2 3→3");

    [Fact]
    public async Task Fibonacci_SmallRange_SameByThreadsAndProcesses()
    {
        var lines = await RunAsync("fibonacci", "10", "20");
        Assert.Equal("fib(10) = 55", lines[0]);
        Assert.Equal("fib(20) = 6765", lines[10]);
        Assert.Equal("the same by threads: True", lines[11]);
        Assert.Matches(@"^\d+ threads: \d+\.\d\d s, \d+ processes: \d+\.\d\d s$", lines[12]);
    }

    [Fact]
    public async Task IoAndCpu_ShortWaits_RunAtTheSameTime()
    {
        var lines = await RunAsync("io-cpu", "0.2");
        var seconds = double.Parse(Regex.Match(lines[0], @": (\d+\.\d\d) s instead of 40 s$").Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(seconds, 0.2, 20);
        Assert.EndsWith("all the same: True", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public Task SumOfSquares_BelowAMillion_IsExact() => AssertSays("sum", [], "the sum of n² for n below 1000000 is 333332833333500000");

    [Fact]
    public Task Primes_OfTheNotes_AllButTheLastArePrime() => AssertSays(
        "primes",
        [],
        "112272535095293 is prime: True",
        "112582705942171 is prime: True",
        "112272535095293 is prime: True",
        "115280095190773 is prime: True",
        "115797848077099 is prime: True",
        "1099726899285419 is prime: False");

    [Fact]
    public async Task Urls_OneIsMissing_TheOthersComeAllTheSame()
    {
        var lines = await RunAsync("urls");
        Assert.Equal(["one: 16 bytes", "two: 16 bytes"], lines[..2]);
        Assert.Matches(@"^missing: .*404.* \(2 tries\)$", lines[2]);
        Assert.Equal("three: 18 bytes", lines[3]);
    }

    [Fact]
    public async Task BamByChromosome_SyntheticFile_CountsEveryRead()
    {
        var lines = await RunAsync("bam");
        Assert.Contains(lines, line => Regex.IsMatch(line, @"^chr1: [\d,]+ reads in \d+\.\d\d s, worker \d$"));
        Assert.StartsWith("200000 reads in ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProgressBar_ToTheEnd_IsFull()
    {
        var lines = await RunAsync("progress");
        Assert.EndsWith($"\r[{new string('#', 40)}] 100 %", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"\r[{new string('.', 40)}]   0 %", lines[0], StringComparison.Ordinal);
        Assert.Equal("the sum is 41654167500", lines[1]);
    }

    [Fact]
    public Task Wait_FirstThenAMomentThenAll_AsInTheNotes() =>
        AssertSays("wait", ["0.5"], "first: sleep 1; 2 are not done", "after a moment: 3 in all, some still sleep", "in the end: 3 are done");

    [Fact]
    public Task Futures_ResultExceptionCancel_AsInTheNotes() => AssertSays(
        "futures",
        [],
        "result: 5, exception: False",
        "exception: System.DivideByZeroException, done: True, faulted: True",
        "cancelled: True, again: False",
        "who awaits it gets OperationCanceledException");

    [Fact]
    public Task NeverEnds_ShortTimeOut_TheSlotIsFreeAgain() => AssertSays("never-ends", ["0.2"], "not done in time; done: False", "the worker goes on: 49");

    [Fact]
    public Task ProducerConsumer_TenItems_AllInOrder() => AssertSays("producer", [], "produced 10, consumed 0 1 4 9 16 25 36 49 64 81");

    [Fact]
    public Task SharedCounter_EightThreads_NoneIsLost() => AssertSays("counter", [], "threads: 80000", "and the squares of 1 to 100: 418350");

    [Fact]
    public async Task BoundedUpdates_200By3_NeverMore() => Assert.StartsWith("200 updates, never more than 3 at a time, in ", Assert.Single(await RunAsync("updates", "0.005")), StringComparison.Ordinal);

    [Fact]
    public Task WorkerProcess_StartUseEnd_AsInTheNotes() => AssertSays(
        "process", [], "a process of its own: True, has exited: False, exit code: none", "tasks ran in other processes: True", "has exited: True, exit code: 0");

    [Fact]
    public Task QueueAndPipe_Mailboxes_AsInTheNotes() => AssertSays("queue", [], "taken: 4 and 9", "answered: HELLO");

    [Fact]
    public Task EventAndCondition_AnActorsState_AsInTheNotes() => AssertSays("event", [], "full: False", "full: 100 121 144");

    [Fact]
    public void Examples_All_HaveATestHere()
    {
        var tested = GetType().GetMethods().Select(method => method.Name.Split('_')[0]).ToHashSet();
        Assert.All(Example.All, example => Assert.Contains(example.RunAsync.Method.DeclaringType!.Name, tested));
    }

    private async Task AssertSays(string name, string[] arguments, params string[] lines) => Assert.Equal(lines, (await RunAsync(name, arguments)).Select(line => line.TrimEnd()));

    private async Task<string[]> RunAsync(string name, params string[] arguments)
    {
        var cluster = await environment.ClusterAsync();
        await using var output = new StringWriter { NewLine = "\n" };
        var example = Example.All.Single(example => example.Name == name);
        await example.RunAsync(cluster, output, arguments).WaitAsync(TimeSpan.FromSeconds(90));
        return output.ToString().TrimEnd('\n').Split('\n');
    }
}
