namespace ActorCompute.Scale.World;

internal enum HappeningKind
{
    OpenCame,
    ChunkCame,
    AnswersDue,
    ReportDue,
    RenewalCame,
    RecallCame,
    ClientHears,
    ClientTicks,
    ClientIsFree,
}

/// <summary>Something that will happen. A struct of all fields that any of them needs: a run has tens of millions.</summary>
/// <param name="Kind">What.</param>
/// <param name="Client">Whose job it is about.</param>
/// <param name="Worker">Where; null for what concerns a client alone.</param>
/// <param name="What">The chunk that came or runs, or what a client hears.</param>
/// <param name="Number">The number of the chunk recalled, or of the first task in the chunk that is not answered yet.</param>
internal readonly record struct Happening(HappeningKind Kind, SimulatedClient Client, SimulatedWorker? Worker = null, object? What = null, long Number = 0);
