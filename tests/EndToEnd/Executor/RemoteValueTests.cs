using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorCompute.EndToEnd.Executor;

/// <summary>Values that many calls use, and results that are arguments of other calls.</summary>
[Collection(Lane.Clusters)]
public sealed class RemoteValueTests(ProcessEnvironment environment)
{
    private static readonly TimeSpan Bound = RunningProgram.Limit;

    [Fact]
    public async Task Share_UsedByManyTasks_EachProcessMakesItOnce()
    {
        var cluster = await environment.LocalAsync();
        using var table = cluster.Share(new Table { Numbers = [.. Enumerable.Range(0, 300_000)] });
        var seen = new List<(int Process, int Made, int Number)>();
        await foreach (var result in cluster.Map(Look, Enumerable.Range(0, 400).Select(index => (index * 700, table)))) seen.Add(result);
        Assert.Equal(Enumerable.Range(0, 400).Select(index => index * 700), seen.Select(result => result.Number));
        Assert.Equal([1], seen.Select(result => result.Made).Distinct());
        Assert.Subset(cluster.Workers.Select(worker => worker.ProcessId).ToHashSet(), seen.Select(result => result.Process).ToHashSet());
    }

    [Fact]
    public async Task Share_AsAnArgument_TheFunctionGetsTheValue()
    {
        var cluster = await environment.LocalAsync();
        using var text = cluster.Share(new string('a', 5_000_000));
        using var small = cluster.Share("b");
        Assert.Equal(5_000_001, await cluster.Submit(Lengths, text, small));
        Assert.Equal(5_000_000, await cluster.Submit(LengthAsync, text));
        Assert.Equal(1, await cluster.Submit(LengthAsync, small));
        Assert.Equal(new string('a', 5_000_000), text.Value);
    }

    [Fact]
    public async Task Share_TakenBack_FailsTheCallAndSaysWhy()
    {
        var cluster = await environment.LocalAsync();
        var text = cluster.Share(new string('c', 100_000));
        text.Dispose();
        var error = await Assert.ThrowsAsync<RemoteTaskException>(async () => await cluster.Submit(LengthAsync, text).ResultAsync(Bound));
        Assert.Contains("taken back", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_FuturesAsArguments_NeedNotBeDone()
    {
        var cluster = await environment.LocalAsync();
        // A tree of sums over 16 leaves, all submitted at once.
        var level = Enumerable.Range(1, 16).Select(number => cluster.Submit(Functions.Square, (long)number)).ToList();
        while (level.Count > 1) level = [.. level.Chunk(2).Select(pair => cluster.Submit(Plus, pair[0], pair[1]))];
        Assert.Equal(1496, await level[0].ResultAsync(Bound));
        Assert.Null(level[0].Input);
        Assert.Equal(10, await cluster.Submit(Sum, cluster.Submit(One), cluster.Submit(One), cluster.Share(3L), cluster.Submit(Functions.Sum, cluster.Share(1L), cluster.Share(2L), cluster.Share(2L))).ResultAsync(Bound));
    }

    [Fact]
    public async Task Submit_LargeResultAsArgument_IsNotSentFromTheCaller()
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(new() { Workers = 1, StartTimeout = Bound });
        var made = cluster.Submit(Make, 500_000);
        // Who wrote it last: the worker, if it was there already; this program, if it came from here.
        Assert.Equal([cluster.Workers[0].ProcessId], await Task.WhenAll(cluster.Submit(WriterOf, made).ResultAsync(Bound)));
        Assert.Equal(500_000, (await made).Text.Length);
    }

    [Fact]
    public async Task Submit_LargeResultFromAWorkerThatIsGone_ComesFromTheCaller()
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(new() { Workers = 1, StartTimeout = Bound });
        var made = cluster.Submit(Make, 500_000);
        await made.ResultAsync(Bound);
        await cluster.RemoveWorkerAsync(cluster.Workers[0]);
        cluster.AddWorkers(1);
        Assert.Equal(Environment.ProcessId, await cluster.Submit(WriterOf, made).ResultAsync(Bound));
    }

    [Fact]
    public async Task Submit_ArgumentFails_FailsWithThatError()
    {
        var cluster = await environment.LocalAsync();
        var failing = cluster.Submit(Functions.Odd, 2L);
        var dependent = cluster.Submit(Plus, failing, cluster.Share(1L));
        Assert.Same(await failing.ExceptionAsync(Bound), await dependent.ExceptionAsync(Bound));
    }

    [Fact]
    public async Task Submit_ArgumentIsCancelled_IsCancelled()
    {
        var cluster = await environment.LocalAsync();
        var waiting = cluster.Submit(Functions.SleepAsync, 60.0);
        var dependent = cluster.Submit(Twice, waiting);
        waiting.Cancel();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dependent.ResultAsync(Bound));
        Assert.Contains("was cancelled", error.Message, StringComparison.Ordinal);
        Assert.True(dependent.IsCancelled);
    }

    [Fact]
    public async Task Submit_CancelledWhileItsArgumentIsNotThere_NeverRuns()
    {
        var cluster = await environment.LocalAsync();
        var waiting = cluster.Submit(Functions.SleepAsync, 0.2);
        var dependent = cluster.Submit(Twice, waiting);
        Assert.True(dependent.Cancel());
        Assert.Equal(0.2, await waiting.ResultAsync(Bound));
        Assert.True(dependent.IsCancelled);
        Assert.Null(dependent.Run);
    }

    [Fact]
    public async Task Share_WhatWouldNotArrive_IsRefusedWhereItIsShared()
    {
        var cluster = await environment.LocalAsync();
        var error = Assert.Throws<ArgumentException>(() => cluster.Share(new MemoryStream()));
        Assert.Contains("MemoryStream", error.Message, StringComparison.Ordinal);
    }

    private static (int Process, int Made, int Number) Look((int Index, SharedValue<Table> Table) input)
    {
        var number = input.Table.Value.Numbers[input.Index];
        return (Environment.ProcessId, Table.Made, number);
    }

    private static int Lengths(string a, string b) => a.Length + b.Length;

    private static async Task<int> LengthAsync(string text)
    {
        await Task.Yield();
        return text.Length;
    }

    private static long One() => 1;

    private static long Plus(long a, long b) => a + b;

    private static double Twice(double number) => 2 * number;

    private static long Sum(long a, long b, long c, long d) => a + b + c + d;

    private static Written Make(int length) => new(new('x', length), 0);

    private static int WriterOf(Written written) => written.Writer;

    /// <summary>Counts how often this process made one.</summary>
    public sealed class Table
    {
        private static int made;

        public Table() => made++;

        public static int Made => made;

        public required IReadOnlyList<int> Numbers { get; init; }
    }

    /// <summary>A text that knows which process wrote it.</summary>
    [JsonConverter(typeof(WrittenConverter))]
    public sealed record Written(string Text, int Writer);

    private sealed class WrittenConverter : JsonConverter<Written>
    {
        public override Written Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var parts = JsonSerializer.Deserialize<string[]>(ref reader)!;
            return new(parts[0], int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
        }

        public override void Write(Utf8JsonWriter writer, Written value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new[] { value.Text, Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture) });
    }
}
