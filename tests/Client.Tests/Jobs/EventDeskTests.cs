using System.Threading.Channels;
using ActorCompute.Client.Jobs;

namespace ActorCompute.Client.Tests.Jobs;

/// <summary>A job's events reach its caller's channel, and a slow or broken one holds up nothing.</summary>
public sealed class EventDeskTests : JobActorFixture
{
    [Fact]
    public async Task Events_OfAJob_AreToldToItsEnd()
    {
        var events = Channel.CreateUnbounded<SchedulingEvent>();
        var run = TestKind.Run(3, new() { Events = events.Writer });
        var job = Start(run);
        var node = NewNode("a");
        var outcomes = All(run);
        Open(job, 1, 2, node);
        for (var i = 0; i < 3; i++) node.Succeed(job, node.NextChunk());

        Assert.Equal(3, (await outcomes).Count);
        var told = await ReadAll(events.Reader);
        Assert.Equal([0L, 1, 2], told.Where(what => what.Kind == SchedulingEventKind.Succeeded).Select(what => what.Number));
        Assert.Equal(3, told.Count(what => what.Kind == SchedulingEventKind.Sent));
        Assert.Single(told, what => what.Kind == SchedulingEventKind.WorkerJoined);
    }

    [Fact]
    public async Task Take_ChannelIsFull_TellsHowManyWereMissed()
    {
        var events = Channel.CreateBounded<SchedulingEvent>(2);
        var writer = new CountingWriter(events.Writer);
        var desk = new EventDesk(writer);
        var log = new SchedulingLog();
        Add(log, 5);
        desk.Take(log);
        await Waiting.For(writer.SawFive.Task, "five events");
        Assert.Equal(0, (await events.Reader.ReadAsync()).Number);
        Assert.Equal(1, (await events.Reader.ReadAsync()).Number);
        Add(log, 1);
        desk.Take(log);
        desk.End();

        var told = await ReadAll(events.Reader);
        Assert.Equal([(SchedulingEventKind.Missed, 3), (SchedulingEventKind.Sent, 1)], told.Select(what => (what.Kind, what.Count)));
    }

    [Fact]
    public async Task Take_MoreThanTheLogKeeps_TellsHowManyWereMissed()
    {
        var events = Channel.CreateUnbounded<SchedulingEvent>();
        var desk = new EventDesk(events.Writer);
        var log = new SchedulingLog();
        Add(log, SchedulingLog.Most + 7);
        desk.Take(log);
        desk.End();
        var told = await ReadAll(events.Reader);
        Assert.Equal((SchedulingEventKind.Missed, 7), (told[0].Kind, told[0].Count));
        Assert.Equal(SchedulingLog.Most + 1, told.Count);
    }

    [Fact]
    public async Task End_ChannelOfTheCallersMakingThrows_TheJobEndsAllTheSame()
    {
        var run = TestKind.Run(1, new() { Events = new BrokenWriter() });
        var job = Start(run);
        var node = NewNode("a");
        var outcomes = All(run);
        Open(job, 1, 2, node);
        node.Succeed(job, node.NextChunk());
        Assert.Single(await outcomes);
    }

    private static void Add(SchedulingLog log, int events)
    {
        for (var i = 0; i < events; i++) log.Add(SchedulingEventKind.Sent, new TaskBatch(i, default), attempt: 1);
    }

    private static Task<List<SchedulingEvent>> ReadAll(ChannelReader<SchedulingEvent> reader) => Waiting.For(reader.ReadAllAsync().ToListAsync().AsTask(), "the end of the events");

    private sealed class CountingWriter(ChannelWriter<SchedulingEvent> to) : ChannelWriter<SchedulingEvent>
    {
        private int _calls;

        public TaskCompletionSource SawFive { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool TryWrite(SchedulingEvent item)
        {
            var isTaken = to.TryWrite(item);
            if (++_calls == 5) SawFive.SetResult();
            return isTaken;
        }

        public override bool TryComplete(Exception? error = null) => to.TryComplete(error);

        public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) => to.WaitToWriteAsync(cancellationToken);
    }

    private sealed class BrokenWriter : ChannelWriter<SchedulingEvent>
    {
        public override bool TryWrite(SchedulingEvent item) => throw new InvalidOperationException("broken");

        public override bool TryComplete(Exception? error = null) => throw new InvalidOperationException("broken too");

        public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) => new(true);
    }
}
