using System.Runtime.CompilerServices;
using ActorCompute.Client.Scatter;
using ActorCompute.Client.Scatter.Inputs;

namespace ActorCompute.Client.Tests.Scatter.Inputs;

public sealed class InputSourceTests
{
    [Fact]
    public async Task TryTake_SomeTasks_GivesAllThenTheEnd()
    {
        using var reader = New(Count(3));
        var numbers = new List<long>();
        while (!reader.IsEnded)
        {
            await Waiting.For(reader.WaitAsync(), "a task");
            while (reader.TryTake(0, out var task)) numbers.Add(task.First);
        }

        Assert.Equal([0L, 1L, 2L], numbers);
        Assert.Null(reader.Error);
    }

    [Fact]
    public async Task TryTake_InputsWithoutEnd_AreDrawnAheadByNoMoreThanAChunk()
    {
        var drawn = 0L;
        using var reader = New(Count(long.MaxValue, number => Volatile.Write(ref drawn, number)));
        for (var taken = 0; taken < 100_000;)
        {
            await Waiting.For(reader.WaitAsync(), "a task");
            while (reader.TryTake(0, out _)) taken++;
            Assert.InRange(Volatile.Read(ref drawn), 0, taken + (2 * ChunkSizer.MaximumTasks));
        }
    }

    [Fact]
    public async Task Dispose_WhileInputsAreAwaited_TellsThemByTheirToken()
    {
        var stopped = new TaskCompletionSource();
        var reader = New(Never(stopped));

        reader.Dispose();

        await Waiting.For(stopped.Task, "the token");
    }

    [Fact]
    public async Task Error_InputsThrow_IsThat()
    {
        using var reader = New(Throw());
        await Waiting.For(reader.WaitAsync(), "the end");
        Assert.True(reader.IsEnded);
        Assert.Equal("no more", Assert.IsType<InvalidOperationException>(reader.Error).Message);
    }

    private static async IAsyncEnumerable<long> Count(long end, Action<long>? drawn = null)
    {
        for (var number = 0L; number < end; number++)
        {
            drawn?.Invoke(number);
            yield return number;
            if (number % 1000 == 0) await Task.Yield();
        }
    }

    private static async IAsyncEnumerable<long> Never(TaskCompletionSource stopped, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var never = new TaskCompletionSource();
        using var registration = cancellation.Register(() =>
        {
            stopped.TrySetResult();
            never.TrySetCanceled(CancellationToken.None);
        });
        await never.Task;
        yield return default;
    }

    private static async IAsyncEnumerable<long> Throw([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.Yield();
        if (!cancellation.IsCancellationRequested) throw new InvalidOperationException("no more");
        yield return default;
    }

    private static InputSource<long> New(IAsyncEnumerable<long> inputs) => InputSource<long>.Of(inputs, ValueCodec<long>.Instance);
}
