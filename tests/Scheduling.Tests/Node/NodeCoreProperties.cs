using FsCheck;
using FsCheck.Fluent;

namespace ActorCompute.Scheduling.Tests.Node;

/// <summary>The node's core under random events.</summary>
public sealed class NodeCoreProperties
{
    private static readonly Config Thorough = PropertyRuns.Of(200).WithStartSize(30).WithEndSize(150);

    private static readonly Gen<NodeMove> Moves = Gen.Frequency(
        (6, Gen.Constant(NodeMove.AskToOpen)),
        (6, Gen.Constant(NodeMove.OpeningEnds)),
        (1, Gen.Constant(NodeMove.OpeningFails)),
        (12, Gen.Constant(NodeMove.SendChunk)),
        (1, Gen.Constant(NodeMove.RepeatChunk)),
        (8, Gen.Constant(NodeMove.ChunkIsDone)),
        (3, Gen.Constant(NodeMove.SlotIsLent)),
        (2, Gen.Constant(NodeMove.SlotIsTakenBack)),
        (2, Gen.Constant(NodeMove.RecallChunk)),
        (1, Gen.Constant(NodeMove.CancelTasks)),
        (3, Gen.Constant(NodeMove.RenewLease)),
        (2, Gen.Constant(NodeMove.CloseJob)),
        (1, Gen.Constant(NodeMove.Disconnect)),
        (3, Gen.Constant(NodeMove.TimePasses)),
        (1, Gen.Constant(NodeMove.StandStill)),
        (3, Gen.Constant(NodeMove.Watch)));

    // What ends the node, once in a while: else little would happen before.
    private static readonly Gen<NodeMove> Ends = Gen.Elements(NodeMove.ChunkIsDoneAndBudgetSpent, NodeMove.FindStuckTask, NodeMove.RunOutOfMemory, NodeMove.Leave);

    private static readonly Arbitrary<NodeStep[]> Sequences = Arb.Array(Arb.From(
        from move in Gen.Frequency((80, Moves), (1, Ends))
        from which in Gen.Choose(0, 11)
        select new NodeStep(move, which),
        step => step.Which > 0 ? [step with { Which = 0 }] : Array.Empty<NodeStep>()));

    [Fact]
    public void AnySequence_ThenAllEnds_NothingIsLeftAndTheNodeCanEnd() =>
        Prop.ForAll(Sequences, steps =>
        {
            var world = new NodeWorld();
            foreach (var step in steps) world.Take(step);
            world.RunToTheEnd();
        }).Check(Thorough);
}
