using ActorCompute.Client.Journal;

namespace ActorCompute.Client.Tests.Journal;

public class JournalWriterTests
{
    [Fact]
    public async Task Release_AfterRecord_ComesAfterItsSync()
    {
        var run = new Run();
        for (var number = 0; number < 1000; number++) run.Settle(number);
        run.Writer.Finish(null, null);
        Assert.Null(await Waiting.For(run.Ended.Task, "the writer's end"));

        Assert.Equal(Enumerable.Range(0, 1000).Select(number => (long)number), run.Released.Select(release => release.Number));
        // Every one was on the disk when it was given on.
        var content = JournalImage.Read([.. new JournalImage(mark: "the mark").Bytes, .. run.Sink.Written]);
        Assert.Equal(1000, content.Done.Count);
        Assert.All(run.Released, release => Assert.True(run.Sink.SyncedRecords(release.SyncedBytes).Contains(release.Number)));
    }

    [Fact]
    public async Task Record_Many_ShareSyncs()
    {
        var run = new Run();
        for (var number = 0; number < 20_000; number++) run.Settle(number);
        run.Writer.Finish(null, null);
        await Waiting.For(run.Ended.Task, "the writer's end");
        Assert.InRange(run.Sink.Syncs, 1, 2_000);
    }

    [Fact]
    public async Task Release_WithoutRecord_NeedsNoSync()
    {
        var run = new Run();
        for (var number = 0; number < 10; number++) run.Writer.Release(JournalImage.Outcome(number));
        await Waiting.For(run.SeenTen.Task, "ten outcomes");
        Assert.Equal(0, run.Sink.Syncs);
        run.Writer.Finish(null, null);
        await Waiting.For(run.Ended.Task, "the writer's end");
    }

    [Fact]
    public async Task Record_DiskIsFull_NothingMoreIsReleasedAndTheErrorIsTold()
    {
        var run = new Run(room: 10_000);
        for (var number = 0; number < 1000; number++)
        {
            run.Settle(number);
            if (number % 50 == 49) await Waiting.For(Task.WhenAny(run.Ended.Task, run.ReleasedUpTo(number)), "an outcome or the end");
        }

        var error = Assert.IsType<JournalException>(await Waiting.For(run.Ended.Task, "the writer's end"));
        Assert.Equal(JournalFault.Storage, error.Fault);
        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
        Assert.Same(error, run.Failed);
        Assert.True(run.Sink.IsDisposed);
        Assert.InRange(run.Released.Count, 50, 400);
        Assert.All(run.Released, release => Assert.True(run.Sink.SyncedRecords(release.SyncedBytes).Contains(release.Number)));
        // Late calls do no harm.
        run.Settle(5000);
        run.Writer.Finish(null, null);
    }

    [Fact]
    public async Task Finish_Twice_TheFirstCounts()
    {
        var run = new Run();
        var first = new InvalidOperationException("first");
        run.Writer.Finish(first, null);
        run.Writer.Finish(null, null);
        Assert.Same(first, await Waiting.For(run.Ended.Task, "the writer's end"));
    }

    [Fact]
    public async Task Record_LargeResults_AreWrittenWhole()
    {
        var run = new Run();
        var text = new string('x', 3 << 20);
        for (var number = 0; number < 3; number++) run.Writer.Record(JournalImage.Outcome(number, text + number));
        run.Writer.Finish(null, null);
        await Waiting.For(run.Ended.Task, "the writer's end");
        byte[] bytes = [.. new JournalImage(mark: "the mark").Bytes, .. run.Sink.Written];
        Assert.Equal(text + 2, JournalImage.Results(bytes, JournalImage.Read(bytes), 3)[2]);
    }

    private sealed class Run
    {
        private readonly Dictionary<long, TaskCompletionSource> _awaited = [];

        public Run(int room = int.MaxValue)
        {
            Sink = new(room);
            Writer = new(Sink, "the mark"u8.ToArray(), 0, Release, error => Ended.SetResult(error), error => Failed = error);
        }

        public MemorySink Sink { get; }

        public JournalWriter Writer { get; }

        public List<(long Number, int SyncedBytes)> Released { get; } = [];

        public TaskCompletionSource<Exception?> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource SeenTen { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public JournalException? Failed { get; private set; }

        public void Settle(long number)
        {
            var outcome = JournalImage.Outcome(number);
            Writer.Record(outcome);
            Writer.Release(outcome);
        }

        public Task ReleasedUpTo(long number)
        {
            lock (_awaited)
            {
                if (Released.Exists(release => release.Number == number)) return Task.CompletedTask;
                return (_awaited[number] = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
        }

        private void Release(SettledBatch settled)
        {
            lock (_awaited)
            {
                Released.Add((settled.First, Sink.SyncedBytes));
                if (_awaited.Remove(settled.First, out var source)) source.SetResult();
            }

            if (Released.Count == 10) SeenTen.SetResult();
        }
    }

    /// <summary>A disk in memory, with so much room.</summary>
    private sealed class MemorySink(int room) : IJournalSink
    {
        private readonly MemoryStream _stream = new();
        private readonly Dictionary<int, DoneSet> _synced = [];

        public int Syncs { get; private set; }

        public int SyncedBytes { get; private set; }

        public bool IsDisposed { get; private set; }

        public byte[] Written => _stream.ToArray();

        public void Write(ReadOnlySpan<byte> bytes)
        {
            var fits = Math.Min(bytes.Length, room - (int)_stream.Length);
            _stream.Write(bytes[..fits]);
            if (fits < bytes.Length) throw new IOException("No space left on device");
        }

        public void Sync()
        {
            Syncs++;
            SyncedBytes = (int)_stream.Length;
        }

        /// <summary>The results in so many bytes.</summary>
        public DoneSet SyncedRecords(int bytes)
        {
            if (!_synced.TryGetValue(bytes, out var set)) _synced.Add(bytes, set = JournalImage.Read([.. new JournalImage(mark: "the mark").Bytes, .. Written.AsSpan(0, bytes)]).Done);
            return set;
        }

        public void Dispose() => IsDisposed = true;
    }
}
