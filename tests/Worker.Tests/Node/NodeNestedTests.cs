using ActorCompute.Messages;
using Akka.Actor;
using Akka.TestKit;

namespace ActorCompute.Worker.Tests.Node;

/// <summary>The node while tasks wait for tasks of their own.</summary>
public sealed class NodeNestedTests : NodeActorFixture
{
    [Fact]
    public void Chunk_OfADeeperJob_RunsWhileEverySlotIsLent()
    {
        using var go = new ManualResetEventSlim();
        using var waiting = new CountdownEvent(Slots);
        Work = new TestWork((task, context) =>
        {
            // A call that stays pending: the first registration with the registry never comes.
            _ = context.Cluster.SubmitAsync(Answer, 1);
            waiting.Signal();
            Assert.True(go.Wait(Bound));
            return task;
        });
        var outer = OpenedBy("job-1");
        for (var i = 1; i <= Slots + 1; i++) Node.Tell(NewChunk("job-1", i, i), outer.Ref);
        Assert.True(waiting.Wait(Bound), "the slots are not all taken");

        // Job by job deeper: what runs there ends at once, in threads beside those that wait.
        Work = new TestWork();
        var inner = CreateTestProbe();
        var opening = Opening("job-2", "echo");
        opening.Depth = 1;
        Node.Tell(opening, inner.Ref);
        inner.FishForMessage<JobOpened>(_ => true, Bound);
        for (var i = 1; i <= 2 * Slots; i++) Node.Tell(NewChunk("job-2", i, i), inner.Ref);
        for (var i = 1; i <= 2 * Slots; i++) Assert.True(NextReplies(inner).Complete);

        go.Set();
        waiting.Reset(1);
        for (var i = 1; i <= Slots + 1; i++) Assert.Null(Assert.Single(NextReplies(outer).Replies).Error);
    }

    private static int Answer(int number) => number;
}
