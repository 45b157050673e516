using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Remoting;
using Akka.Actor;
using Akka.Remote;
using Akka.Serialization;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;

namespace ActorCompute.Registry.Tests;

/// <summary>The registry in a real system with remoting, with probes as nodes and clients.</summary>
public sealed class RegistryActorTests : TestKit
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly ClusterSecret _secret = ClusterSecret.Create();
    private readonly FakeTimeProvider _time = new();
    private readonly IActorRef _registry;
    private readonly TaskCompletionSource<string> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RegistryActorTests() : base(SystemConfig.Peer(HostEndpoint.Loopback, ClusterSecret.Create()), SystemConfig.SystemName)
    {
        Action<string> stop = reason => _stopped.TrySetResult(reason);
        Action<string> ended = _ => { };
        _registry = Sys.ActorOf(Props.Create(() => new RegistryActor(_secret, _time, stop, ended)), "registry");
    }

    [Fact]
    public void RegisterWorker_RightSecret_IsAnsweredWithAProofOfTheSame()
    {
        var node = CreateTestProbe();
        var message = Registration("a", 1, _secret);

        _registry.Tell(message, node.Ref);

        var answer = node.ExpectMsg<WorkerRegistered>(Bound);
        Assert.True(_secret.Verify(ProofPurpose.WorkerRegistered, "a", message.Nonce.Span, answer.Proof.Span));
    }

    [Fact]
    public void RegisterWorker_WrongSecret_IsRefusedAndShownToNobody()
    {
        var (node, client) = (CreateTestProbe(), AttachedClient());

        _registry.Tell(Registration("a", 1, ClusterSecret.Create()), node.Ref);

        Assert.Contains("secret", node.ExpectMsg<Refused>(Bound).Reason, StringComparison.Ordinal);
        Assert.Empty(ViewOf(client).Workers);
    }

    [Fact]
    public void RegisterWorker_ProofOfSomethingElse_IsRefused()
    {
        var node = CreateTestProbe();
        var forgeries = new Action<RegisterWorker>[]
        {
            message => message.Proof = ByteString.CopyFrom(_secret.Prove(ProofPurpose.AttachClient, "a", message.Nonce.Span)),
            message => message.Worker.Id = "b",
            message => message.Nonce = ByteString.CopyFrom(ClusterSecret.CreateNonce()),
            message => message.Proof = ByteString.Empty,
            message => message.Worker = null,
        };
        foreach (var forge in forgeries)
        {
            var message = Registration("a", 1, _secret);
            forge(message);
            _registry.Tell(message, node.Ref);
            node.ExpectMsg<Refused>(Bound);
        }
    }

    [Fact]
    public void RegisterWorker_EarlierIncarnation_IsRefused()
    {
        var (later, earlier) = (Registered("a", 2), CreateTestProbe());

        _registry.Tell(Registration("a", 1, _secret), earlier.Ref);

        Assert.Contains("later incarnation", earlier.ExpectMsg<Refused>(Bound).Reason, StringComparison.Ordinal);
        Assert.Equal(Serialization.SerializedActorPath(later.Ref), Assert.Single(ViewOf(AttachedClient()).Workers).Node);
    }

    [Fact]
    public void AttachClient_RightSecret_GetsTheWorkersAndAProof()
    {
        var (node, client) = (Registered("a", 3), CreateTestProbe());
        var attach = Attachment("c", _secret);

        _registry.Tell(attach, client.Ref);

        var view = client.ExpectMsg<ClusterView>(Bound);
        Assert.True(_secret.Verify(ProofPurpose.ClusterView, "c", attach.Nonce.Span, view.Proof.Span));
        var worker = Assert.Single(view.Workers);
        Assert.Equal(("a", 3L, "name-a", 4u), (worker.Id, worker.Incarnation, worker.Name, worker.Slots));
        // A full path with host, port and uid: others reach the node by it.
        Assert.Equal(Serialization.SerializedActorPath(node.Ref), worker.Node);
        Assert.StartsWith("akka.tcp://actorcompute@127.0.0.1:", worker.Node, StringComparison.Ordinal);
    }

    [Fact]
    public void AttachClient_WrongSecret_IsRefusedAndToldNothing()
    {
        var client = CreateTestProbe();

        _registry.Tell(Attachment("c", ClusterSecret.Create()), client.Ref);

        client.ExpectMsg<Refused>(Bound);
        Registered("a", 1);
        client.ExpectNoMsg(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public void RegisterWorker_NewOrReplaced_ClientsAreToldAtOnce()
    {
        var client = AttachedClient();
        Registered("a", 1);
        Assert.Equal(1, Assert.Single(client.ExpectMsg<ClusterView>(Bound).Workers).Incarnation);
        Registered("a", 2);
        Assert.Equal(2, Assert.Single(client.ExpectMsg<ClusterView>(Bound).Workers).Incarnation);
    }

    [Fact]
    public void RegisterWorker_Repeated_ClientsAreNotToldAgain()
    {
        var node = Registered("a", 1);
        var client = AttachedClient();

        _registry.Tell(Registration("a", 1, _secret), node.Ref);

        node.ExpectMsg<WorkerRegistered>(Bound);
        client.ExpectNoMsg(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public void WorkerEnded_ByItsKeepersWord_IsTakenOut()
    {
        var client = AttachedClient();
        Registered("a", 1);
        client.ExpectMsg<ClusterView>(Bound);

        _registry.Tell(new WorkerEnded(new(new("a"), 1), "exited with status 1"), ActorRefs.NoSender);

        Assert.Empty(client.ExpectMsg<ClusterView>(Bound).Workers);
    }

    [Fact]
    public void DisassociatedEvent_WorkerThere_IsDroppedSoonUnlessItIsHeard()
    {
        var node = Registered("a", 1);
        var client = AttachedClient();
        Sys.EventStream.Publish(new DisassociatedEvent(node.Ref.Path.Address, node.Ref.Path.Address, inbound: false));

        Pass(TimeSpan.FromSeconds(2));
        Assert.Single(ViewOf(client).Workers);
        _registry.Tell(Registration("a", 1, _secret), node.Ref);
        Pass(TimeSpan.FromSeconds(4));
        Assert.Single(ViewOf(client).Workers);

        Sys.EventStream.Publish(new DisassociatedEvent(node.Ref.Path.Address, node.Ref.Path.Address, inbound: false));
        Pass(TimeSpan.FromSeconds(4));
        Assert.Empty(ViewWith(client, 0).Workers);
    }

    [Fact]
    public void UnregisterWorker_RightProof_IsTakenOut()
    {
        var nonce = ClusterSecret.CreateNonce();
        Registered("a", 2);
        var unregister = new UnregisterWorker { Id = "a", Incarnation = 2, Nonce = ByteString.CopyFrom(nonce), Proof = Proof(ProofPurpose.UnregisterWorker, "a", nonce, ClusterSecret.Create()) };
        _registry.Tell(unregister, ActorRefs.NoSender);
        Assert.Single(ViewOf(AttachedClient()).Workers);
        unregister.Proof = Proof(ProofPurpose.UnregisterWorker, "a", nonce, _secret);
        unregister.Incarnation = 1;
        _registry.Tell(unregister, ActorRefs.NoSender);
        Assert.Single(ViewOf(AttachedClient()).Workers);

        unregister.Incarnation = 2;
        _registry.Tell(unregister, ActorRefs.NoSender);

        Assert.Empty(ViewOf(AttachedClient()).Workers);
    }

    [Fact]
    public void DetachClient_NoMoreViews()
    {
        var client = AttachedClient("c");
        _registry.Tell(new DetachClient { Id = "c" }, client.Ref);
        Registered("a", 1);
        client.ExpectNoMsg(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public void Sweep_ClientSilentBeyondItsLease_GetsNoMoreViews()
    {
        var silent = AttachedClient("silent");
        _time.Advance(TimeSpan.FromSeconds(11));
        var lively = AttachedClient("lively");

        // The next sweep takes it off the list; until then it is told of each registration, as the other is.
        var startedAt = TimeProvider.System.GetTimestamp();
        for (var incarnation = 1L; ; incarnation++)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(startedAt) < Bound, $"the silent client was still told of registration {incarnation}");
            Registered("a", incarnation);
            lively.ExpectMsg<ClusterView>(Bound);
            if (silent.ReceiveOne(TimeSpan.FromMilliseconds(100)) is null) break;
        }
    }

    [Fact]
    public void Sweep_WorkerSilentBeyondItsLease_IsDroppedAndMayComeBack()
    {
        var node = Registered("a", 1);
        Pass(TimeSpan.FromSeconds(7));
        var client = AttachedClient();

        Assert.Empty(ViewWith(client, 0).Workers);
        _registry.Tell(Registration("a", 1, _secret), node.Ref);

        node.ExpectMsg<WorkerRegistered>(Bound);
        Assert.Single(ViewWith(client, 1).Workers);
    }

    [Fact]
    public void Sweep_SeedStoodStill_NobodyIsDropped()
    {
        Registered("a", 1);
        _time.Advance(TimeSpan.FromSeconds(30));
        _registry.Tell(RegistryActor.Sweep.Instance);

        Assert.Single(ViewOf(AttachedClient()).Workers);
    }

    [Fact]
    public void StatusRequest_RightSecret_TellsOfWorkersClientsAndTheirJobs()
    {
        Registered("a", 1);
        _time.Advance(TimeSpan.FromSeconds(3));
        var client = CreateTestProbe();
        var attachment = Attachment("c", _secret);
        (attachment.Host, attachment.ProcessId) = ("host-c", 77);
        attachment.Jobs.Add(new JobInfo { Id = "j", Kind = "scan", Done = 3, Failed = 1, InFlight = 2, Total = 9, AgeTicks = 5 });
        _registry.Tell(attachment, client.Ref);
        client.ExpectMsg<ClusterView>(Bound);
        var (asker, nonce) = (CreateTestProbe(), ClusterSecret.CreateNonce());

        _registry.Tell(new StatusRequest { Id = "s", Nonce = ByteString.CopyFrom(nonce), Proof = Proof(ProofPurpose.StatusRequest, "s", nonce, _secret) }, asker.Ref);

        var status = asker.ExpectMsg<ClusterStatus>(Bound);
        Assert.True(_secret.Verify(ProofPurpose.ClusterStatus, "s", nonce, status.Proof.Span));
        Assert.Equal((SystemConfig.EndpointOf(Sys).ToString(), TimeSpan.FromSeconds(3).Ticks), (status.Seed, status.AgeTicks));
        var worker = Assert.Single(status.Workers);
        Assert.Equal(("a", TimeSpan.FromSeconds(3).Ticks), (worker.Worker.Id, worker.SilentTicks));
        var shown = Assert.Single(status.Clients);
        Assert.Equal(("c", "host-c", 77, attachment.Jobs[0]), (shown.Id, shown.Host, shown.ProcessId, Assert.Single(shown.Jobs)));
    }

    [Fact]
    public async Task StopCluster_RightSecret_IsAnsweredAndTheSeedStops()
    {
        var (asker, nonce) = (CreateTestProbe(), ClusterSecret.CreateNonce());

        _registry.Tell(new StopCluster { Id = "s", Nonce = ByteString.CopyFrom(nonce), Proof = Proof(ProofPurpose.StopCluster, "s", nonce, _secret) }, asker.Ref);

        Assert.True(_secret.Verify(ProofPurpose.ClusterStopping, "s", nonce, asker.ExpectMsg<ClusterStopping>(Bound).Proof.Span));
        Assert.Equal("asked to by a client", await _stopped.Task.WaitAsync(Bound));
    }

    [Fact]
    public void StatusRequestAndStopCluster_WrongSecretOrProofOfSomethingElse_AreRefused()
    {
        var (asker, nonce) = (CreateTestProbe(), ClusterSecret.CreateNonce());
        var text = ByteString.CopyFrom(nonce);
        object[] messages =
        [
            new StatusRequest { Id = "s", Nonce = text, Proof = Proof(ProofPurpose.StatusRequest, "s", nonce, ClusterSecret.Create()) },
            new StatusRequest { Id = "s", Nonce = text, Proof = Proof(ProofPurpose.AttachClient, "s", nonce, _secret) },
            new StatusRequest(),
            new StopCluster { Id = "s", Nonce = text, Proof = Proof(ProofPurpose.StopCluster, "s", nonce, ClusterSecret.Create()) },
            new StopCluster { Id = "s", Nonce = text, Proof = Proof(ProofPurpose.StatusRequest, "s", nonce, _secret) },
            new StopCluster { Id = "other", Nonce = text, Proof = Proof(ProofPurpose.StopCluster, "s", nonce, _secret) },
            new StopCluster(),
        ];
        foreach (var message in messages)
        {
            _registry.Tell(message, asker.Ref);
            Assert.Contains("secret", asker.ExpectMsg<Refused>(Bound).Reason, StringComparison.Ordinal);
        }

        Assert.False(_stopped.Task.IsCompleted);
    }

    /// <summary>Lets time pass as the registry sees it: second by second.</summary>
    private void Pass(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(1))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _registry.Tell(RegistryActor.Sweep.Instance);
            // Answered after the sweep.
            _registry.Ask<ActorIdentity>(new Identify(1), Bound).GetAwaiter().GetResult();
        }
    }

    private static ByteString Proof(ProofPurpose purpose, string id, byte[] nonce, ClusterSecret secret) => ByteString.CopyFrom(secret.Prove(purpose, id, nonce));

    private TestProbe Registered(string id, long incarnation)
    {
        var node = CreateTestProbe();
        _registry.Tell(Registration(id, incarnation, _secret), node.Ref);
        node.ExpectMsg<WorkerRegistered>(Bound);
        return node;
    }

    private TestProbe AttachedClient(string id = "client")
    {
        var client = CreateTestProbe();
        _registry.Tell(Attachment(id, _secret), client.Ref);
        client.ExpectMsg<ClusterView>(Bound);
        return client;
    }

    /// <summary>What a client is shown now.</summary>
    private ClusterView ViewOf(TestProbe client)
    {
        _registry.Tell(Attachment("client", _secret), client.Ref);
        return client.ExpectMsg<ClusterView>(Bound);
    }

    /// <summary>The next view with so many workers.</summary>
    private ClusterView ViewWith(TestProbe client, int workers)
    {
        var view = ViewOf(client);
        return view.Workers.Count == workers ? view : client.FishForMessage<ClusterView>(next => next.Workers.Count == workers, Bound, $"a view with {workers} workers");
    }

    private static RegisterWorker Registration(string id, long incarnation, ClusterSecret secret)
    {
        var nonce = ClusterSecret.CreateNonce();
        return new()
        {
            Worker = new() { Id = id, Name = $"name-{id}", Incarnation = incarnation, Slots = 4, Host = "host", Node = "claimed by the worker" },
            Nonce = ByteString.CopyFrom(nonce),
            Proof = ByteString.CopyFrom(secret.Prove(ProofPurpose.RegisterWorker, id, nonce)),
        };
    }

    private static AttachClient Attachment(string id, ClusterSecret secret)
    {
        var nonce = ClusterSecret.CreateNonce();
        return new() { Id = id, Nonce = ByteString.CopyFrom(nonce), Proof = ByteString.CopyFrom(secret.Prove(ProofPurpose.AttachClient, id, nonce)) };
    }
}
