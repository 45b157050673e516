using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Remoting;
using ActorCompute.Worker.Node;
using Akka.Actor;
using Akka.Event;
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
        Assert.Equal(Environment.ProcessId, first.Worker.ProcessId);
        Assert.Equal(first.Worker, second.Worker);
    }

    /// <summary>Who has the seed's port may not be the seed: only before the first proven answer is its refusal a person's mistake.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SeedError_Refusal_EndsOnlyANodeThatWasNeverRegistered(bool isRegistered)
    {
        Answer(NextRegistration(), isRegistered ? Secret : ClusterSecret.Create());
        Node.Tell(new SeedError(SystemConfig.EndpointOf(Sys), "the cluster secret is another one", IsRefusal: true));
        await Node.Ask<ActorIdentity>(new Identify(1), Bound);

        Assert.Equal(isRegistered, !Lost.Task.IsCompleted);
        if (!isRegistered) Assert.Equal(ExitCodes.BadInput, (await Lost.Task).ExitCode);
    }

    [Fact]
    public async Task SeedError_Unreachable_TheNodeGoesOn()
    {
        NextRegistration();
        Node.Tell(new SeedError(SystemConfig.EndpointOf(Sys), "it cannot be reached", IsRefusal: false));
        await NotLost();
    }

    /// <summary>A seed that is away comes back; a worker that gave up would not.</summary>
    [Fact]
    public async Task NoAnswer_ForMinutes_IsSaidAndTheNodeGoesOn()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Warning));
        NextRegistration();
        Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Contains("no answer from the seed", FishForMessage<Warning>(_ => true, Bound).ToString(), StringComparison.Ordinal);
        NextRegistration();
        await NotLost();
    }

    [Fact]
    public async Task StopNode_NothingRuns_TheNodeUnregisters()
    {
        var registration = NextRegistration();

        Node.Tell(new StopNode("enough"));

        await Lost.Task.WaitAsync(Bound);
        var unregister = Registry.FishForMessage<UnregisterWorker>(_ => true, Bound);
        Assert.Equal(("w", 3L), (unregister.Id, unregister.Incarnation));
        Assert.True(Secret.Verify(ProofPurpose.UnregisterWorker, "w", registration.Nonce.Span, unregister.Proof.Span));
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
