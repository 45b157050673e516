using System.Text;
using ActorCompute.Client.Jobs;
using ActorCompute.Client.Scatter;
using ActorCompute.Client.Scatter.Inputs;
using ActorCompute.Messages.Packing;

namespace ActorCompute.Client.Tests.Scatter.Inputs;

public sealed class InputQueueTests
{
    /// <summary>Lengths that fit a segment, fill it, and outgrow it, with packs of every size across their ends.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1024)]
    public void TryTake_AnyInputsAndPacks_GivesEachOnceInOrder(int most)
    {
        var random = new Random(most);
        var queue = new InputQueue<string>(ValueCodec<string>.Instance);
        var inputs = Enumerable.Range(0, 6000).Select(i => new string((char)('a' + (i % 26)), i % 500 == 7 ? random.Next(200_000) : random.Next(80))).ToList();
        foreach (var input in inputs) queue.Add(input);
        queue.Complete(null);

        var taken = new List<string>();
        while (queue.TryTake(most, out var task))
        {
            Assert.Equal(taken.Count, task.First);
            Assert.True(task.Count <= Math.Max(1, most));
            taken.AddRange(!task.IsPack ? [Single(task)] : Packed(task));
        }

        Assert.Equal(inputs, taken);
        Assert.True(queue.IsEnded);
    }

    [Fact]
    public void TryTake_EncodedTasks_AreAsTheyWereWithoutAState()
    {
        var queue = new InputQueue<ReadOnlyMemory<byte>>(EncodedCodec.Instance, keepsInputs: false);
        for (var i = 0; i < 300; i++) queue.Add(Encoding.ASCII.GetBytes($"task {i}"));
        Assert.True(queue.TryTake(1, out var first));
        Assert.Equal(("task 0", null), (Encoding.ASCII.GetString(first.Payload.Span), first.State));
        Assert.True(queue.TryTake(5, out var pack));
        var outcomes = PackedOutcomes.Of(new(pack, default, new(FailureCause.Cancelled, "", "enough"), new("w", "h", 1, 1, TimeSpan.FromSeconds(5)), pack.Count)).ToList();
        Assert.Equal(["task 1", "task 2", "task 3", "task 4", "task 5"], outcomes.Select(outcome => Encoding.ASCII.GetString(outcome.Task.Span)));
        Assert.All(outcomes, outcome => Assert.Equal((FailureCause.Cancelled, TimeSpan.FromSeconds(1)), (outcome.Failure!.Cause, outcome.Run.Elapsed)));
        Assert.Equal("task 3", Encoding.ASCII.GetString(((PackedTasks)pack.State!).Unpack(2).First().Payload.Span));
    }

    [Fact]
    public void Unpack_FromTheMiddle_GivesTheRestAsTasksOfTheirOwn()
    {
        var queue = new InputQueue<string>(ValueCodec<string>.Instance);
        foreach (var input in (string[])["a", "b", "c", "d"]) queue.Add(input);
        queue.TryTake(1, out _);
        Assert.True(queue.TryTake(8, out var pack));

        var rest = ((PackedTasks)pack.State!).Unpack(1).ToList();

        Assert.Equal([(2L, "c"), (3, "d")], rest.Select(task => (task.First, Single(task))));
    }

    [Fact]
    public void Add_TooLarge_SaysSo()
    {
        var queue = new InputQueue<string>(ValueCodec<string>.Instance);
        var error = Assert.Throws<InputException>(() => queue.Add(new('x', ChunkSizer.LargestPayload)));
        Assert.Contains("at most 8388608 travel", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HasRoom_LargeInputs_IsBoundedInBytesAndComesBack()
    {
        var queue = new InputQueue<string>(ValueCodec<string>.Instance);
        var large = new string('x', InputQueue<string>.AheadBytes / 4);
        var added = 0;
        for (; queue.HasRoom; added++) queue.Add(large);
        Assert.Equal(4, added);
        var room = queue.WaitForRoomAsync(CancellationToken.None).AsTask();
        Assert.False(room.IsCompleted);
        Assert.True(queue.TryTake(0, out _));
        await Waiting.For(room, "room");
        Assert.True(queue.HasRoom);
    }

    /// <summary>Writer and reader wait for each other all the time; whoever is not woken ends the test by its limit.</summary>
    [Fact]
    public async Task TryTake_WhileOthersAdd_NothingIsLostAndNobodyWaitsForEver()
    {
        const long Count = 300_000;
        var queue = new InputQueue<long>(ValueCodec<long>.Instance);
        var writer = Task.Run(async () =>
        {
            for (var i = 0L; i < Count; i++)
            {
                if (!queue.HasRoom) await queue.WaitForRoomAsync(CancellationToken.None);
                queue.Add(i);
                if (i % 10_007 == 0) await Task.Yield();
            }

            queue.Complete(null);
        });
        var (next, random) = (0L, new Random(1));
        while (!queue.IsEnded)
        {
            await Waiting.For(queue.WaitAsync(), "an input");
            while (queue.TryTake(random.Next(2000), out var task))
            {
                Assert.Equal(next, task.First);
                next += task.Count;
                if (random.Next(50) == 0) break;
            }
        }

        await Waiting.For(writer, "the writer");
        Assert.Equal(Count, next);
    }

    private static string Single(TaskBatch task)
    {
        Assert.Equal((string)task.State!, Value(task.Payload.Span));
        return Value(task.Payload.Span);
    }

    private static IEnumerable<string> Packed(TaskBatch pack)
    {
        var inputs = (PackedInputs<string>)pack.State!;
        var offset = 0;
        for (var i = 0; i < pack.Count; i++)
        {
            var value = Value(PackFormat.Read(pack.Payload.Span, ref offset, out _));
            Assert.Equal(inputs[i], value);
            yield return value;
        }

        Assert.Equal(pack.Payload.Length, offset);
    }

    private static string Value(ReadOnlySpan<byte> json) => Encoding.UTF8.GetString(json).Trim('"');
}
