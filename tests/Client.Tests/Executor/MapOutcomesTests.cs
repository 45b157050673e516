using System.Text;
using ActorCompute.Client.Executor;
using ActorCompute.Client.Scatter.Inputs;
using ActorCompute.Messages;
using ActorCompute.Messages.Packing;
using Google.Protobuf;

namespace ActorCompute.Client.Tests.Executor;

public sealed class MapOutcomesTests
{
    private static readonly TaskRun Run = new("w", "h", 1, 1, TimeSpan.FromSeconds(6));

    private bool _isDisposed;

    [Fact]
    public async Task MoveNextAsync_PackAndSingle_EachOutcomeWithItsInput()
    {
        var outcomes = await All(Outcomes(Pack([10, 20, 30], "100", null, "900"), new(new(3, default, 40L), "1600"u8.ToArray(), null, Run), new(new(4, default, 50L), default, new(FailureCause.WorkerDied, "", "gone"), Run)));

        Assert.Equal([(0L, 10L, true), (1, 20, false), (2, 30, true), (3, 40, true), (4, 50, false)], outcomes.Select(outcome => (outcome.Number, outcome.Input, outcome.IsSuccess)));
        Assert.Equal([100L, 900, 1600], outcomes.Where(outcome => outcome.IsSuccess).Select(outcome => outcome.Result));
        Assert.Equal((FailureCause.Exception, "no 20"), (outcomes[1].Failure!.Cause, outcomes[1].Failure!.Message));
        Assert.Equal("gone", Assert.Throws<RemoteTaskException>(() => outcomes[4].Result).Failure.Message);
        Assert.Equal([2.0, 2, 2, 6, 6], outcomes.Select(outcome => outcome.Run.Elapsed.TotalSeconds));
        Assert.True(_isDisposed);
    }

    [Theory]
    [InlineData("x", "900")]
    [InlineData("100", "x")]
    public async Task MoveNextAsync_ResultCannotBeRead_ThrowsOnceAndHasEnded(string first, string second)
    {
        await using var outcomes = Outcomes(Pack([10, 20, 30], first, second, "1600"));
        if (second == "x") Assert.True(await outcomes.MoveNextAsync());

        await Assert.ThrowsAsync<FormatException>(async () => await outcomes.MoveNextAsync());

        Assert.True(_isDisposed);
        Assert.False(await outcomes.MoveNextAsync());
    }

    [Theory]
    [InlineData(null, "400")]
    [InlineData("100", null)]
    public async Task MapResults_OneFails_ThrowsThereAndHasEnded(string? first, string? second)
    {
        await using var results = new MapResults<long, long>((_, _) => Outcomes(Pack([10, 20, 30], first, second, "900"))).GetAsyncEnumerator();
        if (first is not null)
        {
            Assert.True(await results.MoveNextAsync());
            Assert.Equal(100, results.Current);
        }

        await Assert.ThrowsAsync<RemoteTaskException>(async () => await results.MoveNextAsync());

        Assert.True(_isDisposed);
    }

    [Fact]
    public async Task MapResults_EachView_GivesTheSameInItsForm()
    {
        Assert.Equal([100L, 400], await Taken(Results()));
        Assert.Equal([(10L, 100L), (20, 400)], await Taken(Results().WithInputs()));
        Assert.Equal([(10L, 100L), (20, 400)], (await Taken(Results().Unordered().WithOutcomes())).Select(outcome => (outcome.Input, outcome.Result)));

        MapResults<long, long> Results() => new((_, _) => Outcomes(Pack([10, 20], "100", "400")));
    }

    [Fact]
    public async Task MapResults_Views_AskForTheirOrder()
    {
        var asked = new List<bool>();
        var results = new MapResults<long, long>((ordered, _) =>
        {
            asked.Add(ordered);
            return Outcomes();
        });
        await Taken(results);
        await Taken(results.Unordered());
        await Taken(results.Unordered().WithInputs());
        await Taken(results.WithOutcomes());
        Assert.Equal([true, false, false, true], asked);
    }

    private static async Task<List<T>> Taken<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items) list.Add(item);
        return list;
    }

    private MapOutcomes<long, long> Outcomes(params SettledBatch[] settled) => new(Source(settled).GetAsyncEnumerator(), ValueCodec<long>.Instance, "Numbers.Square");

    private async IAsyncEnumerable<SettledBatch> Source(SettledBatch[] settled)
    {
        try
        {
            foreach (var one in settled)
            {
                await Task.Yield();
                yield return one;
            }
        }
        finally
        {
            _isDisposed = true;
        }
    }

    private static async Task<List<MapOutcome<long, long>>> All(IAsyncEnumerator<MapOutcome<long, long>> outcomes)
    {
        var list = new List<MapOutcome<long, long>>();
        while (await outcomes.MoveNextAsync()) list.Add(outcomes.Current);
        await outcomes.DisposeAsync();
        return list;
    }

    /// <param name="inputs">The inputs.</param>
    /// <param name="results">A result for each, as it was encoded; null for one that failed.</param>
    private static SettledBatch Pack(long[] inputs, params string?[] results)
    {
        var queue = new InputQueue<long>(ValueCodec<long>.Instance);
        foreach (var input in inputs) queue.Add(input);
        Assert.True(queue.TryTake(inputs.Length, out var pack));
        var writer = new PackWriter();
        for (var i = 0; i < results.Length; i++)
        {
            writer.Begin();
            var bytes = results[i] is { } result ? Encoding.UTF8.GetBytes(result) : new TaskError { Message = $"no {inputs[i]}" }.ToByteArray();
            System.Buffers.BuffersExtensions.Write(writer, bytes);
            writer.End(results[i] is null);
        }

        return new(pack, writer.Written.ToArray(), null, Run, pack.Count);
    }
}
