using System.Buffers;
using ActorCompute.Messages;
using ActorCompute.Worker.Compute;
using ActorCompute.Worker.Node;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;

namespace ActorCompute.Worker.Tests.Compute;

/// <summary>The slots for work that waits.</summary>
public sealed class IoActorTests : TestKit
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly TestProbe _client;
    private readonly TestProbe _node;
    private readonly IActorRef _actor;

    public IoActorTests()
    {
        (_client, _node) = (CreateTestProbe(), CreateTestProbe());
        var time = new FakeTimeProvider();
        _actor = Sys.ActorOf(Props.Create(() => new IoActor(time)));
    }

    [Fact]
    public void ComputeChunk_Several_AreUnderWayAtATime()
    {
        using var all = new CountdownEvent(20);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var job = NewJob(new Work(async (_, _) =>
        {
            all.Signal();
            await go.Task;
        }));

        for (var sequence = 1; sequence <= 20; sequence++) Begin(job, sequence);

        Assert.True(all.Wait(Bound), $"{all.CurrentCount} of 20 have not begun");
        _client.ExpectNoMsg(TimeSpan.FromMilliseconds(20));
        go.SetResult();
        for (var i = 0; i < 20; i++) Assert.True(_client.ExpectMsg<ChunkReplies>(Bound).Complete);
        for (var i = 0; i < 20; i++) _node.ExpectMsg<ChunkDone>(Bound);
    }

    [Fact]
    public void ComputeChunk_TaskThrows_IsAnErrorAndTheRestGoesOn()
    {
        Begin(NewJob(new Work((number, _) => number == 0 ? throw new InvalidOperationException("broken") : Task.CompletedTask)), 1, 2);
        var replies = _client.ExpectMsg<ChunkReplies>(Bound);
        Assert.Equal("broken", replies.Replies[0].Error.Message);
        Assert.Equal("r1", replies.Replies[1].Result.ToStringUtf8());
    }

    [Fact]
    public void ComputeChunk_JobClosed_EndsWithoutAnswers()
    {
        var job = NewJob(new Work(async (_, token) =>
        {
            var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = token.Register(() => never.TrySetCanceled(token));
            await never.Task;
        }));
        Begin(job, 1, 3);

        job.Close();

        var replies = _client.ExpectMsg<ChunkReplies>(Bound);
        Assert.Equal((0, true), (replies.Replies.Count, replies.Complete));
        Assert.Equal(0, _node.ExpectMsg<ChunkDone>(Bound).Tasks);
    }

    private OpenedJob NewJob(IOpenedWork work) => TestJobs.Open(work, _client.Ref);

    private void Begin(OpenedJob job, long sequence, int tasks = 1)
    {
        var chunk = new Chunk { Job = "job-1", Sequence = sequence };
        for (var i = 0; i < tasks; i++) chunk.Batches.Add(new Batch { First = i, Count = 1, Attempt = 1, Payload = ByteString.Empty });
        job.Received(chunk);
        _actor.Tell(new ComputeChunk(job.Start(sequence), _node.Ref));
    }

    private sealed class Work(Func<long, CancellationToken, Task> run) : IOpenedIoWork
    {
        public async ValueTask ExecuteAsync(ReadOnlyMemory<byte> task, IBufferWriter<byte> result, TaskContext context)
        {
            await run(context.Number, context.Cancellation);
            result.Write("r"u8);
            result.Write([(byte)('0' + context.Number)]);
        }

        public void Dispose()
        {
        }
    }
}
