using ActorCompute.Client.Scatter;

namespace ActorCompute.Client.Tests.Scatter;

public sealed class PlanReaderTests
{
    [Fact]
    public async Task TryTake_WholePlan_GivesNumberedTasksAndThenTheEnd()
    {
        using var reader = new PlanReader(Enumerable.Range(0, 20_000).Select(number => LedgerPayload(number)));

        var tasks = await TakeAll(reader);

        Assert.Equal(20_000, tasks.Count);
        Assert.All(tasks.Index(), pair => Assert.Equal((pair.Index, pair.Index), ((int)pair.Item.First, BitConverter.ToInt32(pair.Item.Payload.Span))));
        Assert.Null(reader.Error);
    }

    [Fact]
    public async Task IsEnded_EmptyPlan_IsTrueOnceRead()
    {
        using var reader = new PlanReader(Array.Empty<ReadOnlyMemory<byte>>());
        await Waiting.For(reader.WaitAsync(), "the end of an empty plan");
        Assert.True(reader.IsEnded);
        Assert.False(reader.TryPeek(out _));
    }

    [Fact]
    public async Task Draw_NobodyTakes_StopsAFullChunkAhead()
    {
        var plan = new EndlessPlan();
        using var reader = new PlanReader(plan.Tasks());

        // One more than fits has been drawn: it is what waits for room.
        await Waiting.For(plan.Drawn(ChunkSizer.MaximumTasks + 1), "the plan to be drawn ahead");
        Assert.Equal(ChunkSizer.MaximumTasks + 1, plan.Count);

        for (var i = 0; i < 10; i++) Assert.True(reader.TryTake(0, out _));
        await Waiting.For(plan.Drawn(ChunkSizer.MaximumTasks + 11), "ten more");
        Assert.Equal(ChunkSizer.MaximumTasks + 11, plan.Count);
    }

    [Fact]
    public async Task Draw_LargeTasks_StopsAfterSomeMegabytes()
    {
        var plan = new EndlessPlan(size: 1 << 20);
        using var reader = new PlanReader(plan.Tasks());

        await Waiting.For(plan.Drawn(9), "eight of a mebibyte, and the one that waits for room");
        for (var i = 0; i < 5; i++) Assert.True(reader.TryTake(0, out _));
        await Waiting.For(plan.Drawn(14), "five more");
        Assert.InRange(plan.Count, 14, 15);
    }

    [Fact]
    public async Task Error_PlanThrows_IsSeenAfterTheTasksBeforeIt()
    {
        using var reader = new PlanReader(Enumerable.Range(0, 5).Select(number => number < 3 ? LedgerPayload(number) : throw new InputException("line 4 is wrong")));

        var tasks = await TakeAll(reader);

        Assert.Equal(3, tasks.Count);
        Assert.Equal("line 4 is wrong", Assert.IsType<InputException>(reader.Error).Message);
    }

    [Fact]
    public async Task Error_PlanIsCancelled_IsNoEndLikeAnyOther()
    {
        using var reader = new PlanReader(Enumerable.Range(0, 5).Select(number => number < 3 ? LedgerPayload(number) : throw new OperationCanceledException()));

        var tasks = await TakeAll(reader);

        Assert.Equal(3, tasks.Count);
        Assert.IsType<OperationCanceledException>(reader.Error, exactMatch: false);
    }

    [Fact]
    public async Task Dispose_PlanBlockedForRoom_LetsGoOfIt()
    {
        var plan = new EndlessPlan();
        var reader = new PlanReader(plan.Tasks());
        await Waiting.For(plan.Drawn(ChunkSizer.MaximumTasks + 1), "the plan to be drawn ahead");

        reader.Dispose();

        await Waiting.For(plan.Disposed, "the plan's enumerator to be disposed");
    }

    [Fact]
    public async Task Dispose_PlanBetweenTasks_DrawsNoMore()
    {
        var (arrived, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var plan = new EndlessPlan
        {
            BeforeEach = number =>
        {
            if (number != 2) return;
            arrived.SetResult();
            goOn.Task.Wait();
        }
        };
        var reader = new PlanReader(plan.Tasks());
        await Waiting.For(arrived.Task, "the plan's third task");

        reader.Dispose();
        goOn.SetResult();

        await Waiting.For(plan.Disposed, "the plan's enumerator to be disposed");
        Assert.Equal(3, plan.Count);
    }

    [Fact]
    public async Task WaitAsync_TaskComesLater_EndsWhenItDoes()
    {
        var release = new TaskCompletionSource();
        var plan = new EndlessPlan { BeforeEach = _ => release.Task.Wait() };
        using var reader = new PlanReader(plan.Tasks());

        var wait = reader.WaitAsync();
        Assert.False(wait.IsCompleted);
        Assert.False(reader.IsEnded);
        release.SetResult();

        await Waiting.For(wait, "the first task");
        Assert.True(reader.TryPeek(out var number));
        Assert.Equal(0, number);
    }

    private static ReadOnlyMemory<byte> LedgerPayload(int number) => BitConverter.GetBytes(number);

    private static async Task<List<TaskBatch>> TakeAll(PlanReader reader)
    {
        var tasks = new List<TaskBatch>();
        while (!reader.IsEnded)
        {
            await Waiting.For(reader.WaitAsync(), "a task or the end");
            while (reader.TryTake(0, out var task)) tasks.Add(task);
        }

        return tasks;
    }

    private sealed class EndlessPlan(int size = 0)
    {
        private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Dictionary<int, TaskCompletionSource> _marks = [];
        private int _count;

        public Action<int> BeforeEach { get; init; } = _ => { };

        public int Count => Volatile.Read(ref _count);

        public Task Disposed => _disposed.Task;

        /// <summary>Ends when so many tasks have been drawn.</summary>
        public Task Drawn(int count)
        {
            lock (_marks)
            {
                if (_count >= count) return Task.CompletedTask;
                if (!_marks.TryGetValue(count, out var mark)) _marks[count] = mark = new(TaskCreationOptions.RunContinuationsAsynchronously);
                return mark.Task;
            }
        }

        public IEnumerable<ReadOnlyMemory<byte>> Tasks()
        {
            try
            {
                while (true)
                {
                    BeforeEach(_count);
                    lock (_marks)
                    {
                        _count++;
                        if (_marks.Remove(_count, out var mark)) mark.SetResult();
                    }

                    yield return new byte[size];
                }
            }
            finally
            {
                _disposed.TrySetResult();
            }
        }
    }
}
