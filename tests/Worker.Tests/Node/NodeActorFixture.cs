using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Remoting;
using ActorCompute.Worker.Compute;
using ActorCompute.Worker.Node;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;

namespace ActorCompute.Worker.Tests.Node;

/// <summary>A node actor in a real system with remoting, with probes as registry and clients.</summary>
public abstract class NodeActorFixture : TestKit
{
    internal const int Slots = 2;
    internal static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    protected NodeActorFixture() : base(SystemConfig.Peer(HostEndpoint.Loopback, ClusterSecret.Create()), SystemConfig.SystemName)
    {
        Registry = CreateTestProbe("registry-probe");
        Sys.ActorOf(Props.Create(() => new Forwarder(Registry.Ref)), "registry");
        var identity = new NodeIdentity(Life, new() { Name = "name", Slots = Slots, Resources = Resources.Of(("gpu", 2)) }, [SystemConfig.EndpointOf(Sys)]);
        var kinds = new KindRegistry([
            new TestKind("echo", () => Work),
            new TestKind("splitting", () => Splitting),
            new TestKind("broken", () => throw new InvalidOperationException("cannot open")),
            new TestKind("blocking", () =>
            {
                Blocking();
                return Work;
            }),
            new TestKind("refusing", () => throw new InputException("no such file")),
        ]);
        Node = Sys.ActorOf(Props.Create(() => new NodeActor(identity, Secret, kinds, Lost, Time)), "node");
    }

    internal static WorkerLife Life { get; } = new(new("w"), 3);

    internal ClusterSecret Secret { get; } = ClusterSecret.Create();

    internal FakeTimeProvider Time { get; } = new();

    internal TaskCompletionSource<NodeEnd> Lost { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal TestProbe Registry { get; }

    internal IActorRef Node { get; }

    /// <summary>What the kind "echo" opens.</summary>
    internal TestWork Work { get; set; } = new();

    /// <summary>What the kind "splitting" opens.</summary>
    internal SplitWork Splitting { get; } = new();

    /// <summary>What the kind "blocking" does before it is open.</summary>
    internal Action Blocking { get; set; } = () => { };

    internal TestProbe OpenedBy(string job)
    {
        var client = CreateTestProbe();
        Node.Tell(Opening(job, "echo"), client.Ref);
        client.ExpectMsg<JobOpened>(Bound);
        return client;
    }

    internal OpenJob Opening(string job, string kind, ClusterSecret? secret = null) => new()
    {
        Job = job,
        Kind = kind,
        KindVersion = KindVersion.Of(new TestKind("any", () => Work)),
        Proof = ByteString.CopyFrom((secret ?? Secret).Prove(ProofPurpose.OpenJob, job)),
    };

    internal static Chunk NewChunk(string job, long sequence, params IEnumerable<long> numbers)
    {
        var chunk = new Chunk { Job = job, Sequence = sequence };
        chunk.Batches.AddRange(numbers.Select(number => new Batch { First = number, Count = 1, Attempt = 1, Payload = ByteString.CopyFromUtf8($"{number}") }));
        return chunk;
    }

    internal static ChunkReplies NextReplies(TestProbe client) => client.FishForMessage<ChunkReplies>(_ => true, Bound, "replies");

    internal static WorkReport NextReport(TestProbe client, Predicate<WorkReport> which) => client.FishForMessage(which, Bound, "a report");

    private sealed class Forwarder : ReceiveActor
    {
        public Forwarder(IActorRef to) => ReceiveAny(to.Forward);
    }
}
