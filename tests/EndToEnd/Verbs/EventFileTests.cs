using System.Text.Json;

namespace ActorCompute.EndToEnd.Verbs;

/// <summary><c>--events</c>: what the scheduler of a job does, a JSON object a line.</summary>
[Collection(Lane.Commands)]
public sealed class EventFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Events_OfAJobWithARetryAndAFailure_TellTheWayOfEachTask()
    {
        var file = _folder.PathOf("events.jsonl");
        var run = await CommandLineProgram.RunAsync("run", "fib", "--item", "10", "--item", "-1", "--workers", "1", "--events", file);
        Assert.Equal(1, run.ExitCode);

        var told = File.ReadLines(file).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["worker_joined"], told.Where(what => Kind(what).StartsWith("worker", StringComparison.Ordinal)).Select(Kind));
        Assert.Equal(["sent", "succeeded"], Of(told, 0).Select(Kind));
        Assert.Equal(["sent", "failed"], Of(told, 1).Select(Kind));
        Assert.Contains("-1", Of(told, 1).Last().GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("1", Of(told, 0).First().GetProperty("worker").GetString());
        Assert.True(told.Zip(told.Skip(1)).All(pair => pair.First.GetProperty("seconds").GetDouble() <= pair.Second.GetProperty("seconds").GetDouble()));
    }

    [FullDiskFact]
    public async Task Events_DiskIsFull_TheJobGoesOnAndSaysSo()
    {
        var run = await CommandLineProgram.RunAsync("primes", "test", "7", "--workers", "1", "--events", "/dev/full");
        Assert.Equal((0, true), (run.ExitCode, run.Error.Any(line => line.Contains("--events", StringComparison.Ordinal))));
        Assert.Contains("7\ttrue", run.Output);
    }

    private static string Kind(JsonElement what) => what.GetProperty("event").GetString()!;

    private static IEnumerable<JsonElement> Of(IEnumerable<JsonElement> told, long task) => told.Where(what => what.TryGetProperty("task", out var number) && number.GetInt64() == task);
}
