using ActorCompute.Client.Attach;
using ActorCompute.Client.Executor;
using ActorCompute.Client.Jobs;
using ActorCompute.Messages;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;

namespace ActorCompute.Client.Tests.Jobs;

/// <summary>A job's actor among probes that stand for the attach actor and the nodes.</summary>
public abstract class JobActorFixture : TestKit
{
    internal ClusterSecret Secret { get; } = ClusterSecret.Create();

    internal FakeTimeProvider Time { get; } = new();

    internal LogLines LogLines { get; } = new();

    internal ClientLife Life { get; } = new();

    internal WorkerLoads Loads { get; } = new();

    internal IActorRef Start(RunningJob run)
    {
        var attach = CreateTestProbe();
        var stream = run.Stream;
        var actor = Sys.ActorOf(JobActor.PropsFor(stream, Secret, attach.Ref, Time, LogLines, Life, Loads));
        run.Stream.Started(actor);
        attach.ExpectMsg<SubscribeWorkers>(Waiting.Bound);
        return actor;
    }

    /// <summary>A job of single calls that some nodes have open; it has taken in all of that.</summary>
    internal (SubmitSession Session, IActorRef Job) StartSession(uint slots, uint window, Node[] nodes, JobOptions? options = null)
    {
        var session = new SubmitSession(new("test-kind", "7", default), options ?? new());
        var job = Sys.ActorOf(JobActor.PropsFor(session, Secret, CreateTestProbe().Ref, Time, LogLines, Life, Loads));
        session.Started(job);
        Open(job, slots, window, nodes);
        job.Ask<ActorIdentity>(new Identify(1), Waiting.Bound).GetAwaiter().GetResult();
        return (session, job);
    }

    internal (SubmitSession Session, IActorRef Job, Node Node) StartSession(uint slots, uint window, JobOptions? options = null)
    {
        var node = NewNode("a");
        var (session, job) = StartSession(slots, window, [node], options);
        return (session, job, node);
    }

    internal static ComputeFuture<T> Submit<T>(SubmitSession session) => session.Submit(ValueCodec<long>.Instance, ValueCodec<T>.Instance, 3, 3L, null)!;

    /// <summary>Lets time pass as the job sees it: second by second.</summary>
    internal void Pass(IActorRef job, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(1))
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            job.Tell(JobEvent.Tick.Instance);
            job.Ask<ActorIdentity>(new Identify(1), Waiting.Bound).GetAwaiter().GetResult();
        }
    }

    internal Node NewNode(string name, long incarnation = 1) => new(CreateTestProbe($"{name}-{incarnation}"), name, incarnation);

    internal static void Show(IActorRef job, params IEnumerable<Node> nodes) => job.Tell(new WorkersChanged([.. nodes.Select(node => node.Worker)]));

    /// <summary>Shows nodes to the job and lets each open it.</summary>
    internal static void Open(IActorRef job, uint slots, uint window, params Node[] nodes)
    {
        Show(job, nodes);
        foreach (var node in nodes) node.Open(job, slots, window);
    }

    internal static async Task<List<TaskOutcome>> ReadAll(RunningJob run)
    {
        var outcomes = new List<TaskOutcome>();
        await foreach (var outcome in run.ReadOutcomesAsync()) outcomes.Add(outcome);
        return outcomes;
    }

    internal static Task<List<TaskOutcome>> All(RunningJob run) => Waiting.For(ReadAll(run), "the end of the job");

    /// <summary>The next chunk, wherever it is sent.</summary>
    internal static (Node Node, Chunk Chunk) Next(params Node[] nodes)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(startedAt) < Waiting.Bound)
        {
            foreach (var node in nodes)
            {
                if (node.Probe.ReceiveOne(TimeSpan.FromMilliseconds(10)) is Chunk chunk) return (node, chunk);
            }
        }

        throw new TimeoutException("no chunk came to any worker");
    }

    internal sealed class Node(TestProbe probe, string name, long incarnation)
    {
        public TestProbe Probe { get; } = probe;

        internal AttachedWorker Worker { get; init; } = new(new(new(name), incarnation), $"name-{name}", 1, $"host-{name}", 100, "1.0", probe.Ref, incarnation > 1 ? "exited with status 139" : "");

        /// <summary>The same, with something beside slots.</summary>
        public Node With(Resources has) => new(Probe, name, incarnation) { Worker = Worker with { Has = has } };

        public OpenJob AskedToOpen() => (OpenJob)Probe.FishForMessage(message => message is OpenJob, Waiting.Bound, "an opening");

        public Chunk NextChunk() => (Chunk)Probe.FishForMessage(message => message is Chunk, Waiting.Bound, "a chunk");

        public List<Chunk> NextChunks(int count) => [.. Enumerable.Range(0, count).Select(_ => NextChunk())];

        public CloseJob Closed() => (CloseJob)Probe.FishForMessage(message => message is CloseJob, Waiting.Bound, "the closing");

        /// <summary>No chunk comes, though openings may be asked for again.</summary>
        public void ExpectNoChunk() => Assert.DoesNotContain(ReceiveUntilQuiet(TimeSpan.FromMilliseconds(200)), message => message is Chunk);

        /// <summary>What comes until nothing has come for so long.</summary>
        public List<object> ReceiveUntilQuiet(TimeSpan quiet)
        {
            var messages = new List<object>();
            while (Probe.ReceiveOne(quiet) is { } message) messages.Add(message);
            return messages;
        }

        public void Open(IActorRef job, uint slots, uint window) => job.Tell(new JobOpened { Job = AskedToOpen().Job, Slots = slots, Usable = slots, Window = window }, Probe.Ref);

        public void Refuse(IActorRef job, string reason) => job.Tell(new JobRefused { Job = AskedToOpen().Job, Reason = reason }, Probe.Ref);

        public void Succeed(IActorRef job, Chunk chunk, long elapsedTicks = TimeSpan.TicksPerSecond) => job.Tell(Replies(chunk, elapsedTicks), Probe.Ref);

        /// <summary>Answers all of a chunk with one result, as it travels.</summary>
        public void Answer(IActorRef job, Chunk chunk, string result)
        {
            var replies = Replies(chunk);
            foreach (var reply in replies.Replies) reply.Result = ByteString.CopyFromUtf8(result);
            job.Tell(replies, Probe.Ref);
        }

        public static ChunkReplies Replies(Chunk chunk, long elapsedTicks = TimeSpan.TicksPerSecond)
        {
            var replies = new ChunkReplies { Job = chunk.Job, Sequence = chunk.Sequence, Complete = true };
            foreach (var task in chunk.Batches)
            {
                replies.Replies.Add(new BatchReply { First = task.First, Count = 1, Answered = 1, Attempt = task.Attempt, ElapsedTicks = elapsedTicks, Result = ByteString.CopyFromUtf8($"r{task.First}") });
            }

            return replies;
        }
    }
}
