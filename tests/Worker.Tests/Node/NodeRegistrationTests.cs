using ActorCompute.Hosting;
using ActorCompute.Messages;
using Akka.Actor;
using Akka.Cluster;
using Google.Protobuf;

namespace ActorCompute.Worker.Tests.Node;

/// <summary>The node towards the registry.</summary>
public sealed class NodeRegistrationTests : NodeActorFixture
{
    [Fact]
    public void Start_RegistersWithAProofUntilAnswered()
    {
        var first = NextRegistration();
        var second = NextRegistration();

        Assert.True(Secret.Verify(ProofPurpose.RegisterWorker, "w", first.Nonce.Span, first.Proof.Span));
        Assert.Equal(("w", 3L, "name", (uint)Slots), (first.Worker.Id, first.Worker.Incarnation, first.Worker.Name, first.Worker.Slots));
        Assert.Equal(Cluster.Get(Sys).SelfUniqueAddress.Uid, first.Worker.MemberUid);
        Assert.Equal(Environment.ProcessId, first.Worker.ProcessId);
        Assert.Equal(first.Worker, second.Worker);
    }

    [Fact]
    public async Task WorkerRegistered_RightProof_KeepsTheNode()
    {
        Time.Advance(TimeSpan.FromSeconds(9));
        Answer(NextRegistration(), Secret);
        await NotLost();
        Time.Advance(TimeSpan.FromSeconds(9));

        // It goes on registering, so its silence was broken by the answer.
        Answer(NextRegistration(), Secret);

        await NotLost();
    }

    [Fact]
    public async Task WorkerRegistered_WrongProof_CountsForNothing()
    {
        Answer(NextRegistration(), ClusterSecret.Create());
        Time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(ExitCodes.NoCluster, (await Lost.Task.WaitAsync(Bound)).ExitCode);
    }

    [Fact]
    public async Task NoAnswer_FromTheStart_IsWaitedForHalfAMinute()
    {
        NextRegistration();
        Time.Advance(TimeSpan.FromSeconds(29));
        NextRegistration();
        NextRegistration();
        await NotLost();

        Time.Advance(TimeSpan.FromSeconds(2));

        await Ended("30 s");
    }

    [Fact]
    public async Task NoAnswer_TenSecondsAfterTheLast_TheNodeEndsToBeStartedAgain()
    {
        Answer(NextRegistration(), Secret);
        await NotLost();
        Time.Advance(TimeSpan.FromSeconds(11));

        await Ended("10 s");
    }

    /// <summary>The client of an open job talks to this node directly, and without the seed could not find the next one.</summary>
    [Fact]
    public async Task NoAnswer_WhileAJobIsOpen_KeepsTheNodeUntilTheJobIsClosed()
    {
        Answer(NextRegistration(), Secret);
        var client = OpenedBy("job");
        Time.Advance(TimeSpan.FromMinutes(1));

        NextRegistration();
        NextRegistration();
        await NotLost();
        Node.Tell(new CloseJob { Job = "job" }, client.Ref);

        Assert.Equal(ExitCodes.NoCluster, (await Lost.Task.WaitAsync(Bound)).ExitCode);
    }

    [Fact]
    public async Task Refused_TheNodeEndsForGood()
    {
        NextRegistration();
        Node.Tell(new Refused { Reason = "wrong secret" }, Registry.Ref);

        var end = await Lost.Task.WaitAsync(Bound);

        Assert.Equal(ExitCodes.BadInput, end.ExitCode);
        Assert.Contains("wrong secret", end.Reason, StringComparison.Ordinal);
    }

    private async Task Ended(string says)
    {
        var end = await Lost.Task.WaitAsync(Bound);
        Assert.Equal(ExitCodes.NoCluster, end.ExitCode);
        Assert.Contains(says, end.Reason, StringComparison.Ordinal);
    }

    private RegisterWorker NextRegistration() => Registry.ExpectMsg<RegisterWorker>(Bound);

    private void Answer(RegisterWorker registration, ClusterSecret secret) => Node.Tell(
        new WorkerRegistered { Proof = ByteString.CopyFrom(secret.Prove(ProofPurpose.WorkerRegistered, "w", registration.Nonce.Span)) },
        Registry.Ref);

    // Answered by the same actor after all before it, so its end would have been seen.
    private async Task NotLost()
    {
        await Node.Ask<ActorIdentity>(new Identify(1), Bound);
        Assert.False(Lost.Task.IsCompleted);
    }
}
