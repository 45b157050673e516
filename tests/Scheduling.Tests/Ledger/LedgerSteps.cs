using FsCheck;
using FsCheck.Fluent;

namespace ActorCompute.Scheduling.Tests.Ledger;

/// <summary>What can happen in a <see cref="LedgerWorld"/>.</summary>
internal enum Move
{
    AddTasks,
    AddPack,
    OpenJob,
    SendChunk,
    ChunkArrives,
    ChunkIsLost,
    Work,
    AnswerArrives,
    AnswerIsLost,
    AnswerArrivesTwice,
    ReportArrives,
    WorkerDies,
    WorkerLeaves,
    ChunkIsRecalled,
    TaskIsCopied,
    SplitIsAsked,
    PiecesAreMerged,
    CancelTask,
    TimePasses,
}

/// <summary>A move of one worker. Each means something in every state, so a sequence stays one when steps are left out.</summary>
internal readonly record struct Step(Move Move, int Worker, int Size)
{
    private static readonly Gen<Move> Moves = Gen.Frequency(
        (6, Gen.Constant(Move.SendChunk)),
        (6, Gen.Constant(Move.ChunkArrives)),
        (6, Gen.Constant(Move.Work)),
        (6, Gen.Constant(Move.AnswerArrives)),
        (4, Gen.Constant(Move.AddTasks)),
        (2, Gen.Constant(Move.AddPack)),
        (3, Gen.Constant(Move.OpenJob)),
        (3, Gen.Constant(Move.ReportArrives)),
        (2, Gen.Constant(Move.TimePasses)),
        (1, Gen.Constant(Move.ChunkIsLost)),
        (1, Gen.Constant(Move.AnswerIsLost)),
        (1, Gen.Constant(Move.AnswerArrivesTwice)),
        (1, Gen.Constant(Move.WorkerLeaves)),
        (3, Gen.Constant(Move.ChunkIsRecalled)),
        (3, Gen.Constant(Move.TaskIsCopied)),
        (3, Gen.Constant(Move.SplitIsAsked)),
        (2, Gen.Constant(Move.PiecesAreMerged)),
        (1, Gen.Constant(Move.CancelTask)),
        (1, Gen.Constant(Move.WorkerDies)));

    /// <summary>Sequences; a failing one is cut down to the steps that matter.</summary>
    public static Arbitrary<Step[]> Sequences { get; } = Arb.Array(Arb.From(
        from move in Moves
        from worker in Gen.Choose(0, LedgerWorld.WorkerCount - 1)
        from size in Gen.Choose(1, 6)
        select new Step(move, worker, size),
        step => step switch
        {
            { Worker: > 0 } => [step with { Worker = 0 }],
            { Size: > 1 } => [step with { Size = 1 }],
            _ => Array.Empty<Step>(),
        }));
}
