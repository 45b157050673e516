using System.Diagnostics;
using System.Security.Cryptography;

namespace ActorCompute.EndToEnd.Executor;

/// <summary>Results that no message takes.</summary>
[Collection(Lane.Clusters)]
public sealed class LargeResultTests(ProcessEnvironment environment) : IDisposable
{
    private const int Message = 8 << 20;

    private static readonly TimeSpan Bound = RunningProgram.Limit;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Message - 2)]
    [InlineData(Message - 1)]
    [InlineData(60 << 20)]
    public async Task Submit_ResultAboveAMessage_ArrivesWhole(int length)
    {
        var cluster = await environment.LocalAsync();
        var text = await cluster.Submit(Text, length).ResultAsync(Bound);
        // Compared by hash: a difference would be printed otherwise.
        Assert.Equal(Hash(Text(length)), Hash(text));
    }

    [Fact]
    public async Task Submit_ResultAboveAMessageOfWorkThatWaits_ArrivesWhole()
    {
        var cluster = await environment.LocalAsync();
        var texts = await Task.WhenAll(Enumerable.Range(1, 4).Select(number => cluster.Submit(TextAsync, Message + number).ResultAsync(Bound)));
        Assert.Equal(Enumerable.Range(1, 4).Select(number => Hash(Text(Message + number))), texts.Select(Hash));
    }

    [Fact]
    public async Task Map_LargeResults_ComeInOrderAndAfterAWorkerWasKilled()
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(new() { Workers = 2, StartTimeout = Bound });
        var lengths = Enumerable.Range(1, 12).Select(number => Message + number).ToList();
        var hashes = new List<string>();
        await foreach (var text in cluster.Map(Text, lengths))
        {
            hashes.Add(Hash(text));
            if (hashes.Count == 2) Process.GetProcessById(cluster.Workers[0].ProcessId).Kill();
        }

        Assert.Equal(lengths.Select(length => Hash(Text(length))), hashes);
    }

    [Fact]
    public async Task Submit_ResultAboveTheLimit_FailsAndNamesIt()
    {
        var cluster = await environment.LocalAsync();
        var error = Assert.IsType<RemoteTaskException>(await cluster.Submit(Text, Message, new() { LargestResult = Message }).ExceptionAsync(Bound));
        Assert.Contains($"the result has {Message + 2} bytes; at most {Message} travel (LargestResult)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_LimitOutOfRange_IsRefused()
    {
        var cluster = await environment.LocalAsync();
        Assert.Throws<InputException>(() => cluster.Submit(Text, 1, new() { LargestResult = Message - 1 }));
    }

    [Fact]
    public async Task Submit_LargeResultAsArgument_IsTaken()
    {
        var cluster = await environment.LocalAsync();
        Assert.Equal(Message + 5, await cluster.Submit(Length, cluster.Submit(Text, Message + 5)).ResultAsync(Bound));
    }

    [Fact]
    public async Task Submit_TaskThatStartsTasksWithLargeResults_GetsThem()
    {
        var cluster = await environment.LocalAsync();
        Assert.Equal(Message + 7, await cluster.Submit(NestedLengthAsync, Message + 7).ResultAsync(Bound));
    }

    private static string Text(int length) => string.Create(length, length, static (span, seed) =>
    {
        var state = (uint)seed;
        for (var i = 0; i < span.Length; i++) span[i] = (char)('a' + ((state = (state * 1664525) + 1013904223) >> 24) % 26);
    });

    private static int Length(string text) => text.Length;

    private static async Task<string> TextAsync(int length)
    {
        await Task.Yield();
        return Text(length);
    }

    private static async Task<int> NestedLengthAsync(int length) => (await TaskContext.Current.Cluster.SubmitAsync(Text, length)).Length;

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(text.AsSpan())));
}
